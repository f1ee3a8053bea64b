//! The rules of the grammar in words.

use crate::grammar::Rule;

/// What a node that says "missing here" or "belongs nowhere" had in its place.
///
/// The match is exhaustive, so that a new rule cannot be left unnamed.
pub(super) fn expected(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::need_name => "a name",
        Rule::need_open => "`{`",
        Rule::need_close => "`}`",
        Rule::need_paren_close => "`,` or `)`",
        Rule::need_angle_close => "`>`",
        Rule::need_state => "`state`",
        Rule::need_colon => "`:`",
        Rule::need_comma => "`,`",
        Rule::need_arrow => "`->`",
        Rule::need_source => "a source state or `*`",
        Rule::need_target => "a state",
        Rule::need_type => "a type",
        Rule::need_value => "a value",
        Rule::need_variable => "a variable of the source",
        Rule::need_action => "an action",
        Rule::need_guard => "a guard",
        Rule::need_transition => "a transition",
        Rule::need_error => "`error`",
        Rule::need_quote => "`\"`",
        Rule::need_in => "`in`",
        Rule::need_place => "a state or `*`",
        Rule::need_exception => "a state, or `during` and a transition",
        Rule::need_count => "a number",
        Rule::need_duration => "a duration",
        Rule::need_policy => "`rerun`, `fail`, `ask` or `probe`",
        Rule::need_code => "the code of a warning",
        Rule::junk_file => "`workflow`",
        Rule::junk_item => "a state, an action, a guard, a transition, an activity or `}`",
        Rule::junk_close => "the next item",
        Rule::junk_header => "`{`, or the next item",
        Rule::junk_allow | Rule::junk_clause => "a clause or `}`",
        Rule::junk_entry => "a name",
        Rule::junk_after => "`,`",
        Rule::junk_target => "a clause or `}`",
        Rule::EOI
        | Rule::file
        | Rule::workflow
        | Rule::item
        | Rule::allow
        | Rule::code
        | Rule::state
        | Rule::kind
        | Rule::misspelt
        | Rule::variables
        | Rule::was
        | Rule::default
        | Rule::action
        | Rule::guard
        | Rule::activity
        | Rule::places
        | Rule::place
        | Rule::exceptions
        | Rule::exception
        | Rule::during
        | Rule::retired_state
        | Rule::retired_transition
        | Rule::parameters
        | Rule::transition
        | Rule::header
        | Rule::broken_header
        | Rule::sources
        | Rule::source
        | Rule::target
        | Rule::body
        | Rule::clause
        | Rule::automatic
        | Rule::alias
        | Rule::when
        | Rule::run
        | Rule::retry
        | Rule::backoff
        | Rule::timeout
        | Rule::after
        | Rule::on_interrupt
        | Rule::on_error
        | Rule::fire
        | Rule::inline_error
        | Rule::error_target
        | Rule::entry
        | Rule::field
        | Rule::separator
        | Rule::r#type
        | Rule::generic
        | Rule::arguments
        | Rule::argument
        | Rule::value
        | Rule::reference
        | Rule::name
        | Rule::item_start
        | Rule::clause_start
        | Rule::retired_start
        | Rule::item_letters
        | Rule::clause_letters
        | Rule::called
        | Rule::junk_item_end
        | Rule::junk_entry_end
        | Rule::junk_value
        | Rule::junk_clause_end
        | Rule::quoted
        | Rule::braced
        | Rule::open
        | Rule::close
        | Rule::paren
        | Rule::paren_close
        | Rule::angle
        | Rule::angle_close
        | Rule::colon
        | Rule::comma
        | Rule::pipe
        | Rule::dot
        | Rule::star
        | Rule::question
        | Rule::arrow
        | Rule::range
        | Rule::equals
        | Rule::kw_workflow
        | Rule::kw_state
        | Rule::kw_action
        | Rule::kw_guard
        | Rule::kw_transition
        | Rule::kw_automatic
        | Rule::kw_alias
        | Rule::kw_when
        | Rule::kw_not
        | Rule::kw_do
        | Rule::kw_on
        | Rule::kw_error
        | Rule::kw_fire
        | Rule::kw_activity
        | Rule::kw_in
        | Rule::kw_except
        | Rule::kw_during
        | Rule::kw_retry
        | Rule::kw_backoff
        | Rule::kw_timeout
        | Rule::kw_after
        | Rule::kw_rerun
        | Rule::kw_fail
        | Rule::kw_ask
        | Rule::kw_probe
        | Rule::kw_retired
        | Rule::kw_allow
        | Rule::kw_interrupt
        | Rule::kw_was
        | Rule::token
        | Rule::hash
        | Rule::other
        | Rule::word
        | Rule::ident_char
        | Rule::number
        | Rule::minus
        | Rule::digits
        | Rule::string
        | Rule::text
        | Rule::quote
        | Rule::doc
        | Rule::inner_doc
        | Rule::COMMENT
        | Rule::WHITESPACE => return None,
    })
}
