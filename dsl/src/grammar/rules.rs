// Made from `grammar.pest`. After an edit there:
// UPDATE_PARSER=1 cargo test -p inflight-dsl --test parser_is_fresh

use super::Kind::{self, Atomic, Compound, Normal, Silent};
use super::Part::{self, Ahead, All, By, End, First, Letters, Many, Maybe, Not, Text, Until};
use super::builtin::*;
use Rule::*;

/// The name of a rule.
#[allow(non_camel_case_types, clippy::upper_case_acronyms)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    EOI,
    file,
    workflow,
    item,
    allow,
    code,
    state,
    misspelt,
    kind,
    variables,
    was,
    action,
    guard,
    parameters,
    transition,
    header,
    broken_header,
    sources,
    source,
    target,
    activity,
    places,
    place,
    exceptions,
    exception,
    during,
    retired_state,
    retired_transition,
    body,
    clause,
    automatic,
    alias,
    when,
    run,
    retry,
    backoff,
    timeout,
    after,
    on_interrupt,
    on_error,
    fire,
    inline_error,
    error_target,
    entry,
    field,
    default,
    separator,
    r#type,
    generic,
    arguments,
    argument,
    value,
    reference,
    name,
    called,
    item_start,
    retired_start,
    clause_start,
    item_letters,
    clause_letters,
    junk_file,
    junk_item,
    junk_item_end,
    junk_close,
    junk_header,
    junk_allow,
    junk_clause,
    junk_clause_end,
    junk_target,
    junk_entry,
    junk_after,
    junk_entry_end,
    junk_value,
    quoted,
    braced,
    need_name,
    need_open,
    need_close,
    need_paren_close,
    need_angle_close,
    need_state,
    need_colon,
    need_comma,
    need_arrow,
    need_source,
    need_target,
    need_type,
    need_value,
    need_variable,
    need_action,
    need_guard,
    need_transition,
    need_error,
    need_quote,
    need_in,
    need_place,
    need_exception,
    need_count,
    need_duration,
    need_policy,
    need_code,
    open,
    close,
    paren,
    paren_close,
    angle,
    angle_close,
    colon,
    comma,
    pipe,
    dot,
    star,
    question,
    arrow,
    range,
    equals,
    kw_workflow,
    kw_state,
    kw_action,
    kw_guard,
    kw_transition,
    kw_automatic,
    kw_alias,
    kw_when,
    kw_not,
    kw_do,
    kw_on,
    kw_error,
    kw_fire,
    kw_activity,
    kw_in,
    kw_except,
    kw_during,
    kw_retry,
    kw_backoff,
    kw_timeout,
    kw_after,
    kw_rerun,
    kw_fail,
    kw_ask,
    kw_probe,
    kw_retired,
    kw_allow,
    kw_interrupt,
    kw_was,
    token,
    hash,
    other,
    word,
    ident_char,
    number,
    minus,
    digits,
    string,
    text,
    quote,
    doc,
    inner_doc,
    COMMENT,
    WHITESPACE,
}

/// The rules, in the order of their names.
pub(super) static RULES: [(Kind, Part); 160] = [
    (Normal, End), // EOI
    (Normal, All(&[SOI, Maybe(&Text("\u{feff}")), Many(&First(&[By(inner_doc), By(doc), By(allow), By(workflow), By(junk_file)])), By(EOI)])), // file
    (Normal, All(&[By(kw_workflow), First(&[By(name), By(need_name)]), First(&[By(open), By(need_open)]), Many(&By(item)), Many(&All(&[By(junk_close), By(item), Many(&By(item))])), First(&[By(close), By(need_close)])])), // workflow
    (Silent, First(&[By(transition), By(state), By(doc), By(action), By(guard), By(activity), By(retired_state), By(retired_transition), By(allow), By(inner_doc), By(junk_item)])), // item
    (Normal, All(&[By(kw_allow), First(&[By(code), By(need_code)]), Many(&All(&[By(comma), First(&[By(code), By(need_code)])]))])), // allow
    (Silent, All(&[Not(&By(item_start)), By(word)])), // code
    (Normal, All(&[First(&[All(&[All(&[By(kind), Many(&By(kind))]), First(&[By(kw_state), All(&[By(need_state), Maybe(&By(misspelt))])])]), By(kw_state)]), First(&[By(name), By(need_name)]), Maybe(&By(was)), Maybe(&By(variables))])), // state
    (Normal, All(&[By(word), Ahead(&By(name))])), // misspelt
    (Atomic, All(&[First(&[Text("initial"), Text("error"), Text("final")]), Not(&By(ident_char))])), // kind
    (Normal, All(&[By(open), Many(&By(entry)), First(&[By(close), By(need_close)])])), // variables
    (Normal, All(&[By(kw_was), First(&[By(name), By(need_name)]), Many(&All(&[By(pipe), First(&[By(name), By(need_name)])]))])), // was
    (Normal, All(&[By(kw_action), First(&[By(name), By(need_name)]), Maybe(&By(parameters)), Maybe(&All(&[By(arrow), First(&[By(name), By(need_target)])]))])), // action
    (Normal, All(&[By(kw_guard), First(&[By(name), By(need_name)]), Maybe(&By(parameters))])), // guard
    (Normal, All(&[By(paren), Many(&By(entry)), First(&[By(paren_close), By(need_paren_close)])])), // parameters
    (Normal, All(&[By(kw_transition), First(&[By(name), By(need_name)]), Maybe(&By(was)), Maybe(&By(parameters)), By(header), Maybe(&By(body))])), // transition
    (Silent, First(&[All(&[By(colon), By(sources), By(arrow), By(target)]), By(broken_header)])), // header
    (Silent, All(&[First(&[By(colon), By(need_colon)]), By(sources), First(&[By(arrow), By(need_arrow)]), First(&[By(target), By(need_target)]), Maybe(&By(junk_header))])), // broken_header
    (Normal, All(&[By(source), Many(&All(&[By(pipe), By(source)]))])), // sources
    (Silent, First(&[By(star), By(name), By(need_source)])), // source
    (Normal, All(&[By(name), Maybe(&By(arguments))])), // target
    (Normal, All(&[By(kw_activity), First(&[By(name), By(need_name)]), First(&[By(kw_in), All(&[By(need_in), Maybe(&By(kw_during))])]), By(places), Maybe(&By(exceptions))])), // activity
    (Normal, All(&[By(place), Many(&All(&[By(comma), By(place)]))])), // places
    (Silent, First(&[By(star), By(name), By(need_place)])), // place
    (Normal, All(&[By(kw_except), By(exception), Many(&All(&[By(comma), By(exception)]))])), // exceptions
    (Silent, First(&[By(during), By(name), By(need_exception)])), // exception
    (Normal, All(&[By(kw_during), By(name)])), // during
    (Normal, All(&[By(kw_retired), By(kw_state), First(&[By(name), By(need_name)]), Maybe(&By(variables)), First(&[By(arrow), By(need_arrow)]), First(&[By(target), By(need_target)])])), // retired_state
    (Normal, All(&[By(kw_retired), By(kw_transition), First(&[By(name), By(need_name)])])), // retired_transition
    (Normal, All(&[By(open), Many(&By(clause)), First(&[By(close), By(need_close)])])), // body
    (Silent, First(&[By(run), By(when), By(automatic), By(alias), By(retry), By(backoff), By(timeout), By(after), By(on_interrupt), By(on_error), By(doc), By(inner_doc), By(junk_allow), By(junk_clause)])), // clause
    (Normal, By(kw_automatic)), // automatic
    (Normal, All(&[By(kw_alias), First(&[By(called), By(need_name)])])), // alias
    (Normal, All(&[By(kw_when), Maybe(&By(kw_not)), First(&[By(called), By(need_guard)]), Maybe(&By(arguments))])), // when
    (Normal, All(&[By(kw_do), First(&[By(called), By(need_action)]), Maybe(&By(arguments))])), // run
    (Normal, All(&[By(kw_retry), Not(&By(colon)), First(&[By(number), By(need_count)]), Maybe(&By(backoff))])), // retry
    (Normal, All(&[By(kw_backoff), Not(&By(colon)), First(&[By(number), By(need_duration)]), Maybe(&All(&[By(range), First(&[By(number), By(need_duration)])]))])), // backoff
    (Normal, All(&[By(kw_timeout), Not(&By(colon)), First(&[By(number), By(need_duration)])])), // timeout
    (Normal, All(&[By(kw_after), Not(&By(colon)), First(&[By(number), By(need_duration)])])), // after
    (Normal, All(&[By(kw_on), By(kw_interrupt), First(&[All(&[By(kw_rerun), First(&[By(number), By(need_count)])]), By(kw_fail), By(kw_ask), By(kw_probe), All(&[By(need_policy), Maybe(&All(&[Not(&By(clause_start)), By(word), Maybe(&By(number))]))])])])), // on_interrupt
    (Normal, All(&[By(kw_on), First(&[By(kw_error), By(need_error)]), First(&[By(fire), By(inline_error)])])), // on_error
    (Normal, All(&[By(kw_fire), Not(&By(arrow)), First(&[By(word), By(need_transition)]), Maybe(&By(arguments)), Maybe(&By(junk_target))])), // fire
    (Normal, First(&[All(&[First(&[By(word), By(need_name)]), Maybe(&By(was)), First(&[By(arrow), All(&[By(need_arrow), Not(&By(clause_start))])]), First(&[By(error_target), By(need_target)]), Maybe(&By(body))]), All(&[By(word), By(need_arrow)])])), // inline_error
    (Normal, All(&[By(word), Maybe(&By(arguments))])), // error_target
    (Silent, First(&[All(&[By(field), Maybe(&First(&[By(separator), By(junk_after)]))]), By(doc), By(inner_doc), By(junk_entry)])), // entry
    (Normal, All(&[First(&[All(&[By(word), Maybe(&By(was)), By(colon)]), All(&[Not(&By(item_start)), Not(&By(clause_start)), By(word), Maybe(&By(was)), By(need_colon)])]), First(&[By(r#type), By(need_type)]), Maybe(&By(default))])), // field
    (Normal, All(&[By(equals), First(&[By(value), All(&[By(need_value), Maybe(&By(junk_value))])])])), // default
    (Silent, First(&[By(comma), All(&[Ahead(&All(&[Many(&By(doc)), By(word), Maybe(&By(was)), By(colon)])), By(need_comma)])])), // separator
    (Normal, All(&[First(&[By(string), By(generic), By(word)]), Many(&By(question))])), // type
    (Normal, All(&[By(word), By(angle), First(&[By(r#type), By(need_type)]), Many(&All(&[By(comma), By(r#type)])), First(&[By(angle_close), By(need_angle_close)])])), // generic
    (Normal, All(&[By(paren), Many(&First(&[All(&[By(argument), Maybe(&First(&[By(separator), By(junk_after)]))]), By(doc), By(inner_doc), By(junk_entry)])), First(&[By(paren_close), By(need_paren_close)])])), // arguments
    (Normal, All(&[First(&[All(&[By(word), By(colon)]), All(&[Not(&By(item_start)), Not(&By(clause_start)), By(word), By(need_colon)])]), First(&[By(value), All(&[By(need_value), Maybe(&By(junk_value))])])])), // argument
    (Normal, First(&[By(string), By(number), By(reference)])), // value
    (Normal, All(&[By(word), Many(&All(&[By(dot), First(&[By(word), By(need_variable)])]))])), // reference
    (Normal, First(&[All(&[Not(&By(item_start)), By(word)]), All(&[Not(&By(retired_start)), By(word), Ahead(&By(item_start))])])), // name
    (Silent, First(&[All(&[Not(&By(clause_start)), By(word)]), All(&[By(word), Ahead(&First(&[By(clause_start), By(paren), By(close)]))])])), // called
    (Silent, All(&[Ahead(&By(item_letters)), First(&[All(&[By(kw_workflow), By(word), By(open)]), All(&[By(kind), By(kw_state)]), All(&[By(kw_state), By(word)]), All(&[By(kw_action), By(word)]), All(&[By(kw_guard), By(word)]), All(&[By(kw_transition), By(word)]), All(&[By(kw_activity), By(word), By(kw_in)]), By(retired_start), All(&[By(kw_allow), By(word)])])])), // item_start
    (Silent, All(&[By(kw_retired), First(&[All(&[By(kw_state), By(word), Maybe(&By(variables)), By(arrow)]), All(&[By(kw_transition), By(word), Not(&First(&[By(colon), By(paren), By(kw_was)]))])])])), // retired_start
    (Silent, All(&[Ahead(&By(clause_letters)), First(&[All(&[By(kw_automatic), Not(&By(colon))]), All(&[First(&[By(kw_alias), By(kw_when), By(kw_do)]), By(word)]), All(&[By(kw_on), First(&[By(kw_error), By(kw_interrupt)])]), All(&[First(&[By(kw_retry), By(kw_backoff), By(kw_timeout), By(kw_after)]), By(number)])])])), // clause_start
    (Silent, First(&[Text("st"), Text("tr"), Text("ac"), Text("gu"), Text("in"), Text("er"), Text("fi"), Text("wo"), Text("re"), Text("al")])), // item_letters
    (Silent, First(&[Text("au"), Text("al"), Text("wh"), Text("do"), Text("on"), Text("re"), Text("ba"), Text("ti"), Text("af")])), // clause_letters
    (Normal, All(&[First(&[By(braced), All(&[Not(&First(&[By(kw_workflow), By(doc), By(inner_doc)])), By(token)])]), Many(&First(&[By(braced), All(&[Not(&First(&[By(kw_workflow), By(doc), By(inner_doc)])), By(token)])]))])), // junk_file
    (Normal, All(&[First(&[By(braced), All(&[Not(&By(junk_item_end)), By(token)])]), Many(&First(&[By(braced), All(&[Not(&First(&[By(junk_item_end), All(&[By(word), By(kw_state), By(word)])])), By(token)])]))])), // junk_item
    (Silent, First(&[By(close), By(item_start), All(&[By(kw_transition), First(&[By(colon), By(paren)])]), By(doc), By(inner_doc)])), // junk_item_end
    (Normal, All(&[By(close), Ahead(&All(&[Many(&By(doc)), Not(&By(kw_workflow)), By(item_start)]))])), // junk_close
    (Normal, All(&[All(&[Not(&First(&[By(open), By(junk_item_end)])), By(token)]), Many(&All(&[Not(&First(&[By(open), By(junk_item_end)])), By(token)]))])), // junk_header
    (Normal, All(&[By(kw_allow), By(word), Many(&All(&[By(comma), By(word)])), Ahead(&First(&[By(clause_start), By(close)]))])), // junk_allow
    (Normal, All(&[First(&[By(braced), All(&[Not(&By(junk_clause_end)), By(token)])]), Many(&First(&[By(braced), All(&[Not(&By(junk_clause_end)), By(token)])]))])), // junk_clause
    (Silent, First(&[By(clause_start), By(junk_item_end)])), // junk_clause_end
    (Normal, All(&[By(arrow), Maybe(&By(error_target)), Maybe(&By(body))])), // junk_target
    (Normal, First(&[By(comma), All(&[All(&[All(&[Not(&By(junk_entry_end)), By(token)]), Many(&All(&[Not(&By(junk_entry_end)), By(token)]))]), Maybe(&By(comma))])])), // junk_entry
    (Normal, All(&[All(&[All(&[Not(&By(junk_entry_end)), By(token)]), Many(&All(&[Not(&By(junk_entry_end)), By(token)]))]), Maybe(&By(comma))])), // junk_after
    (Silent, First(&[By(comma), By(paren_close), By(open), By(clause_start), By(junk_item_end), All(&[By(colon), First(&[By(star), By(word)]), First(&[By(pipe), By(arrow)])])])), // junk_entry_end
    (Normal, First(&[By(braced), By(quoted), All(&[Text("["), Many(&All(&[Not(&First(&[Text("]"), By(close), By(item_start)])), By(token)])), Text("]")])])), // junk_value
    (Atomic, All(&[Text("'"), Many(&All(&[Not(&First(&[Text("'"), NEWLINE])), ANY])), Text("'")])), // quoted
    (Silent, All(&[By(open), Many(&First(&[By(braced), All(&[Not(&First(&[By(close), By(item_start)])), By(token)])])), Maybe(&By(close))])), // braced
    (Normal, Text("")), // need_name
    (Normal, Text("")), // need_open
    (Normal, Text("")), // need_close
    (Normal, Text("")), // need_paren_close
    (Normal, Text("")), // need_angle_close
    (Normal, Text("")), // need_state
    (Normal, Text("")), // need_colon
    (Normal, Text("")), // need_comma
    (Normal, Text("")), // need_arrow
    (Normal, Text("")), // need_source
    (Normal, Text("")), // need_target
    (Normal, Text("")), // need_type
    (Normal, Text("")), // need_value
    (Normal, Text("")), // need_variable
    (Normal, Text("")), // need_action
    (Normal, Text("")), // need_guard
    (Normal, Text("")), // need_transition
    (Normal, Text("")), // need_error
    (Normal, Text("")), // need_quote
    (Normal, Text("")), // need_in
    (Normal, Text("")), // need_place
    (Normal, Text("")), // need_exception
    (Normal, Text("")), // need_count
    (Normal, Text("")), // need_duration
    (Normal, Text("")), // need_policy
    (Normal, Text("")), // need_code
    (Normal, Text("{")), // open
    (Normal, Text("}")), // close
    (Normal, Text("(")), // paren
    (Normal, Text(")")), // paren_close
    (Normal, Text("<")), // angle
    (Normal, Text(">")), // angle_close
    (Normal, Text(":")), // colon
    (Normal, Text(",")), // comma
    (Normal, Text("|")), // pipe
    (Normal, Text(".")), // dot
    (Normal, Text("*")), // star
    (Normal, Text("?")), // question
    (Normal, Text("->")), // arrow
    (Normal, Text("..")), // range
    (Normal, Text("=")), // equals
    (Atomic, All(&[Text("workflow"), Not(&By(ident_char))])), // kw_workflow
    (Atomic, All(&[Text("state"), Not(&By(ident_char))])), // kw_state
    (Atomic, All(&[Text("action"), Not(&By(ident_char))])), // kw_action
    (Atomic, All(&[Text("guard"), Not(&By(ident_char))])), // kw_guard
    (Atomic, All(&[Text("transition"), Not(&By(ident_char))])), // kw_transition
    (Atomic, All(&[Text("automatic"), Not(&By(ident_char))])), // kw_automatic
    (Atomic, All(&[Text("alias"), Not(&By(ident_char))])), // kw_alias
    (Atomic, All(&[Text("when"), Not(&By(ident_char))])), // kw_when
    (Atomic, All(&[Text("not"), Not(&By(ident_char))])), // kw_not
    (Atomic, All(&[Text("do"), Not(&By(ident_char))])), // kw_do
    (Atomic, All(&[Text("on"), Not(&By(ident_char))])), // kw_on
    (Atomic, All(&[Text("error"), Not(&By(ident_char))])), // kw_error
    (Atomic, All(&[Text("fire"), Not(&By(ident_char))])), // kw_fire
    (Atomic, All(&[Text("activity"), Not(&By(ident_char))])), // kw_activity
    (Atomic, All(&[Text("in"), Not(&By(ident_char))])), // kw_in
    (Atomic, All(&[Text("except"), Not(&By(ident_char))])), // kw_except
    (Atomic, All(&[Text("during"), Not(&By(ident_char))])), // kw_during
    (Atomic, All(&[Text("retry"), Not(&By(ident_char))])), // kw_retry
    (Atomic, All(&[Text("backoff"), Not(&By(ident_char))])), // kw_backoff
    (Atomic, All(&[Text("timeout"), Not(&By(ident_char))])), // kw_timeout
    (Atomic, All(&[Text("after"), Not(&By(ident_char))])), // kw_after
    (Atomic, All(&[Text("rerun"), Not(&By(ident_char))])), // kw_rerun
    (Atomic, All(&[Text("fail"), Not(&By(ident_char))])), // kw_fail
    (Atomic, All(&[Text("ask"), Not(&By(ident_char))])), // kw_ask
    (Atomic, All(&[Text("probe"), Not(&By(ident_char))])), // kw_probe
    (Atomic, All(&[Text("retired"), Not(&By(ident_char))])), // kw_retired
    (Atomic, All(&[Text("allow"), Not(&By(ident_char))])), // kw_allow
    (Atomic, All(&[Text("interrupt"), Not(&By(ident_char))])), // kw_interrupt
    (Atomic, All(&[Text("was"), Not(&By(ident_char))])), // kw_was
    (Silent, First(&[By(string), By(number), By(word), By(arrow), By(hash), By(other)])), // token
    (Atomic, All(&[Text("#"), Until(&["\n", "\r"])])), // hash
    (Atomic, ANY), // other
    (Atomic, All(&[First(&[ASCII_ALPHA, Text("_"), ALPHABETIC]), Many(&By(ident_char))])), // word
    (Silent, First(&[ASCII_ALPHANUMERIC, Text("_"), ALPHABETIC])), // ident_char
    (Normal, All(&[Maybe(&By(minus)), By(digits)])), // number
    (Normal, Text("-")), // minus
    (Atomic, All(&[ASCII_DIGIT, Many(&First(&[All(&[Letters("e"), First(&[Text("+"), Text("-")]), Ahead(&ASCII_DIGIT)]), By(ident_char), All(&[Text("."), Ahead(&ASCII_DIGIT)])]))])), // digits
    (Compound, All(&[Text("\""), By(text), First(&[By(quote), By(need_quote)])])), // string
    (Atomic, Many(&First(&[All(&[Text("\\"), Not(&NEWLINE), ANY]), All(&[Not(&First(&[Text("\""), NEWLINE])), ANY])]))), // text
    (Normal, Text("\"")), // quote
    (Atomic, All(&[Text("///"), Not(&Text("/")), Until(&["\n", "\r"])])), // doc
    (Atomic, All(&[Text("//!"), Until(&["\n", "\r"])])), // inner_doc
    (Silent, All(&[Text("//"), Not(&First(&[Text("!"), All(&[Text("/"), Not(&Text("/"))])])), Many(&All(&[Not(&First(&[Text("\n"), Text("\r")])), ANY]))])), // COMMENT
    (Silent, All(&[First(&[Text(" "), Text("\n"), Text("\t"), Text("\r")]), Many(&First(&[Text(" "), Text("\n"), Text("\t"), Text("\r")]))])), // WHITESPACE
];
