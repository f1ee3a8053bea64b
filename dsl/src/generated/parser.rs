// Made from `grammar.pest`. After an edit there:
// UPDATE_PARSER=1 cargo test -p inflight-dsl --test parser_is_fresh

pub(crate) struct Grammar;
#[allow(dead_code, non_camel_case_types, clippy::upper_case_acronyms)]
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) enum Rule {
    ///End-of-input
    EOI,
    r#file,
    r#workflow,
    r#item,
    r#allow,
    r#code,
    r#state,
    r#misspelt,
    r#kind,
    r#variables,
    r#was,
    r#action,
    r#guard,
    r#parameters,
    r#transition,
    r#header,
    r#broken_header,
    r#sources,
    r#source,
    r#target,
    r#activity,
    r#places,
    r#place,
    r#exceptions,
    r#exception,
    r#during,
    r#retired_state,
    r#retired_transition,
    r#body,
    r#clause,
    r#automatic,
    r#alias,
    r#when,
    r#run,
    r#retry,
    r#backoff,
    r#timeout,
    r#after,
    r#on_interrupt,
    r#on_error,
    r#fire,
    r#inline_error,
    r#error_target,
    r#entry,
    r#field,
    r#default,
    r#separator,
    r#type,
    r#generic,
    r#arguments,
    r#argument,
    r#value,
    r#reference,
    r#name,
    r#called,
    r#item_start,
    r#retired_start,
    r#clause_start,
    r#item_letters,
    r#clause_letters,
    r#junk_file,
    r#junk_item,
    r#junk_item_end,
    r#junk_close,
    r#junk_header,
    r#junk_allow,
    r#junk_clause,
    r#junk_clause_end,
    r#junk_target,
    r#junk_entry,
    r#junk_after,
    r#junk_entry_end,
    r#junk_value,
    r#quoted,
    r#braced,
    r#need_name,
    r#need_open,
    r#need_close,
    r#need_paren_close,
    r#need_angle_close,
    r#need_state,
    r#need_colon,
    r#need_comma,
    r#need_arrow,
    r#need_source,
    r#need_target,
    r#need_type,
    r#need_value,
    r#need_variable,
    r#need_action,
    r#need_guard,
    r#need_transition,
    r#need_error,
    r#need_quote,
    r#need_in,
    r#need_place,
    r#need_exception,
    r#need_count,
    r#need_duration,
    r#need_policy,
    r#need_code,
    r#open,
    r#close,
    r#paren,
    r#paren_close,
    r#angle,
    r#angle_close,
    r#colon,
    r#comma,
    r#pipe,
    r#dot,
    r#star,
    r#question,
    r#arrow,
    r#range,
    r#equals,
    r#kw_workflow,
    r#kw_state,
    r#kw_action,
    r#kw_guard,
    r#kw_transition,
    r#kw_automatic,
    r#kw_alias,
    r#kw_when,
    r#kw_not,
    r#kw_do,
    r#kw_on,
    r#kw_error,
    r#kw_fire,
    r#kw_activity,
    r#kw_in,
    r#kw_except,
    r#kw_during,
    r#kw_retry,
    r#kw_backoff,
    r#kw_timeout,
    r#kw_after,
    r#kw_rerun,
    r#kw_fail,
    r#kw_ask,
    r#kw_probe,
    r#kw_retired,
    r#kw_allow,
    r#kw_interrupt,
    r#kw_was,
    r#token,
    r#hash,
    r#other,
    r#word,
    r#ident_char,
    r#number,
    r#minus,
    r#digits,
    r#string,
    r#text,
    r#quote,
    r#doc,
    r#inner_doc,
    r#COMMENT,
    r#WHITESPACE,
}
impl Rule {
    pub fn all_rules() -> &'static [Rule] {
        &[
            Rule::r#file,
            Rule::r#workflow,
            Rule::r#item,
            Rule::r#allow,
            Rule::r#code,
            Rule::r#state,
            Rule::r#misspelt,
            Rule::r#kind,
            Rule::r#variables,
            Rule::r#was,
            Rule::r#action,
            Rule::r#guard,
            Rule::r#parameters,
            Rule::r#transition,
            Rule::r#header,
            Rule::r#broken_header,
            Rule::r#sources,
            Rule::r#source,
            Rule::r#target,
            Rule::r#activity,
            Rule::r#places,
            Rule::r#place,
            Rule::r#exceptions,
            Rule::r#exception,
            Rule::r#during,
            Rule::r#retired_state,
            Rule::r#retired_transition,
            Rule::r#body,
            Rule::r#clause,
            Rule::r#automatic,
            Rule::r#alias,
            Rule::r#when,
            Rule::r#run,
            Rule::r#retry,
            Rule::r#backoff,
            Rule::r#timeout,
            Rule::r#after,
            Rule::r#on_interrupt,
            Rule::r#on_error,
            Rule::r#fire,
            Rule::r#inline_error,
            Rule::r#error_target,
            Rule::r#entry,
            Rule::r#field,
            Rule::r#default,
            Rule::r#separator,
            Rule::r#type,
            Rule::r#generic,
            Rule::r#arguments,
            Rule::r#argument,
            Rule::r#value,
            Rule::r#reference,
            Rule::r#name,
            Rule::r#called,
            Rule::r#item_start,
            Rule::r#retired_start,
            Rule::r#clause_start,
            Rule::r#item_letters,
            Rule::r#clause_letters,
            Rule::r#junk_file,
            Rule::r#junk_item,
            Rule::r#junk_item_end,
            Rule::r#junk_close,
            Rule::r#junk_header,
            Rule::r#junk_allow,
            Rule::r#junk_clause,
            Rule::r#junk_clause_end,
            Rule::r#junk_target,
            Rule::r#junk_entry,
            Rule::r#junk_after,
            Rule::r#junk_entry_end,
            Rule::r#junk_value,
            Rule::r#quoted,
            Rule::r#braced,
            Rule::r#need_name,
            Rule::r#need_open,
            Rule::r#need_close,
            Rule::r#need_paren_close,
            Rule::r#need_angle_close,
            Rule::r#need_state,
            Rule::r#need_colon,
            Rule::r#need_comma,
            Rule::r#need_arrow,
            Rule::r#need_source,
            Rule::r#need_target,
            Rule::r#need_type,
            Rule::r#need_value,
            Rule::r#need_variable,
            Rule::r#need_action,
            Rule::r#need_guard,
            Rule::r#need_transition,
            Rule::r#need_error,
            Rule::r#need_quote,
            Rule::r#need_in,
            Rule::r#need_place,
            Rule::r#need_exception,
            Rule::r#need_count,
            Rule::r#need_duration,
            Rule::r#need_policy,
            Rule::r#need_code,
            Rule::r#open,
            Rule::r#close,
            Rule::r#paren,
            Rule::r#paren_close,
            Rule::r#angle,
            Rule::r#angle_close,
            Rule::r#colon,
            Rule::r#comma,
            Rule::r#pipe,
            Rule::r#dot,
            Rule::r#star,
            Rule::r#question,
            Rule::r#arrow,
            Rule::r#range,
            Rule::r#equals,
            Rule::r#kw_workflow,
            Rule::r#kw_state,
            Rule::r#kw_action,
            Rule::r#kw_guard,
            Rule::r#kw_transition,
            Rule::r#kw_automatic,
            Rule::r#kw_alias,
            Rule::r#kw_when,
            Rule::r#kw_not,
            Rule::r#kw_do,
            Rule::r#kw_on,
            Rule::r#kw_error,
            Rule::r#kw_fire,
            Rule::r#kw_activity,
            Rule::r#kw_in,
            Rule::r#kw_except,
            Rule::r#kw_during,
            Rule::r#kw_retry,
            Rule::r#kw_backoff,
            Rule::r#kw_timeout,
            Rule::r#kw_after,
            Rule::r#kw_rerun,
            Rule::r#kw_fail,
            Rule::r#kw_ask,
            Rule::r#kw_probe,
            Rule::r#kw_retired,
            Rule::r#kw_allow,
            Rule::r#kw_interrupt,
            Rule::r#kw_was,
            Rule::r#token,
            Rule::r#hash,
            Rule::r#other,
            Rule::r#word,
            Rule::r#ident_char,
            Rule::r#number,
            Rule::r#minus,
            Rule::r#digits,
            Rule::r#string,
            Rule::r#text,
            Rule::r#quote,
            Rule::r#doc,
            Rule::r#inner_doc,
            Rule::r#COMMENT,
            Rule::r#WHITESPACE,
        ]
    }
}
#[allow(clippy::all)]
impl ::pest::Parser<Rule> for Grammar {
    fn parse<'i>(
        rule: Rule,
        input: &'i str,
    ) -> ::std::result::Result<
        ::pest::iterators::Pairs<'i, Rule>,
        ::pest::error::Error<Rule>,
    > {
        mod rules {
            #![allow(clippy::upper_case_acronyms)]
            pub mod hidden {
                use super::super::Rule;
                #[inline]
                #[allow(dead_code, non_snake_case, unused_variables)]
                pub fn skip(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    if state.atomicity() == ::pest::Atomicity::NonAtomic {
                        state
                            .sequence(
                                crate::generated::step(|state| {
                                    state
                                        .repeat(
                                            crate::generated::step(|state| super::visible::WHITESPACE(
                                                state,
                                            )),
                                        )
                                        .and_then(
                                            crate::generated::step(|state| {
                                                state
                                                    .repeat(
                                                        crate::generated::step(|state| {
                                                            state
                                                                .sequence(
                                                                    crate::generated::step(|state| {
                                                                        super::visible::COMMENT(state)
                                                                            .and_then(
                                                                                crate::generated::step(|state| {
                                                                                    state
                                                                                        .repeat(
                                                                                            crate::generated::step(|state| super::visible::WHITESPACE(
                                                                                                state,
                                                                                            )),
                                                                                        )
                                                                                }),
                                                                            )
                                                                    }),
                                                                )
                                                        }),
                                                    )
                                            }),
                                        )
                                }),
                            )
                    } else {
                        Ok(state)
                    }
                }
            }
            pub mod visible {
                use super::super::Rule;
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#file(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#file,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#SOI(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .optional(
                                                                crate::generated::step(|state| {
                                                                    state.match_string("\u{feff}")
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .optional(
                                                                            crate::generated::step(|state| {
                                                                                self::r#inner_doc(state)
                                                                                    .or_else(self::r#doc)
                                                                                    .or_else(self::r#allow)
                                                                                    .or_else(self::r#workflow)
                                                                                    .or_else(self::r#junk_file)
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .repeat(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    super::hidden::skip(state)
                                                                                                                        .and_then(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                self::r#inner_doc(state)
                                                                                                                                    .or_else(self::r#doc)
                                                                                                                                    .or_else(self::r#allow)
                                                                                                                                    .or_else(self::r#workflow)
                                                                                                                                    .or_else(self::r#junk_file)
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(self::r#EOI)
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#workflow(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#workflow,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_workflow(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#name(state).or_else(self::r#need_name)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#open(state).or_else(self::r#need_open)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .optional(
                                                                            crate::generated::step(|state| {
                                                                                self::r#item(state)
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .repeat(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    super::hidden::skip(state).and_then(self::r#item)
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .optional(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .sequence(
                                                                                        crate::generated::step(|state| {
                                                                                            self::r#junk_close(state)
                                                                                                .and_then(super::hidden::skip)
                                                                                                .and_then(self::r#item)
                                                                                                .and_then(super::hidden::skip)
                                                                                                .and_then(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    state
                                                                                                                        .optional(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                self::r#item(state)
                                                                                                                                    .and_then(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            state
                                                                                                                                                .repeat(
                                                                                                                                                    crate::generated::step(|state| {
                                                                                                                                                        state
                                                                                                                                                            .sequence(
                                                                                                                                                                crate::generated::step(|state| {
                                                                                                                                                                    super::hidden::skip(state).and_then(self::r#item)
                                                                                                                                                                }),
                                                                                                                                                            )
                                                                                                                                                    }),
                                                                                                                                                )
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .repeat(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    super::hidden::skip(state)
                                                                                                                        .and_then(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                state
                                                                                                                                    .sequence(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            self::r#junk_close(state)
                                                                                                                                                .and_then(super::hidden::skip)
                                                                                                                                                .and_then(self::r#item)
                                                                                                                                                .and_then(super::hidden::skip)
                                                                                                                                                .and_then(
                                                                                                                                                    crate::generated::step(|state| {
                                                                                                                                                        state
                                                                                                                                                            .sequence(
                                                                                                                                                                crate::generated::step(|state| {
                                                                                                                                                                    state
                                                                                                                                                                        .optional(
                                                                                                                                                                            crate::generated::step(|state| {
                                                                                                                                                                                self::r#item(state)
                                                                                                                                                                                    .and_then(
                                                                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                                                                            state
                                                                                                                                                                                                .repeat(
                                                                                                                                                                                                    crate::generated::step(|state| {
                                                                                                                                                                                                        state
                                                                                                                                                                                                            .sequence(
                                                                                                                                                                                                                crate::generated::step(|state| {
                                                                                                                                                                                                                    super::hidden::skip(state).and_then(self::r#item)
                                                                                                                                                                                                                }),
                                                                                                                                                                                                            )
                                                                                                                                                                                                    }),
                                                                                                                                                                                                )
                                                                                                                                                                                        }),
                                                                                                                                                                                    )
                                                                                                                                                                            }),
                                                                                                                                                                        )
                                                                                                                                                                }),
                                                                                                                                                            )
                                                                                                                                                    }),
                                                                                                                                                )
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#close(state).or_else(self::r#need_close)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#item(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    let state = state.check_stack_limit()?;
                    self::r#transition(state)
                        .or_else(self::r#state)
                        .or_else(self::r#doc)
                        .or_else(self::r#action)
                        .or_else(self::r#guard)
                        .or_else(self::r#activity)
                        .or_else(self::r#retired_state)
                        .or_else(self::r#retired_transition)
                        .or_else(self::r#allow)
                        .or_else(self::r#inner_doc)
                        .or_else(self::r#junk_item)
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#allow(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#allow,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_allow(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#code(state).or_else(self::r#need_code)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .optional(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .sequence(
                                                                                        crate::generated::step(|state| {
                                                                                            self::r#comma(state)
                                                                                                .and_then(super::hidden::skip)
                                                                                                .and_then(
                                                                                                    crate::generated::step(|state| {
                                                                                                        self::r#code(state).or_else(self::r#need_code)
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .repeat(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    super::hidden::skip(state)
                                                                                                                        .and_then(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                state
                                                                                                                                    .sequence(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            self::r#comma(state)
                                                                                                                                                .and_then(super::hidden::skip)
                                                                                                                                                .and_then(
                                                                                                                                                    crate::generated::step(|state| {
                                                                                                                                                        self::r#code(state).or_else(self::r#need_code)
                                                                                                                                                    }),
                                                                                                                                                )
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#code(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .sequence(
                            crate::generated::step(|state| {
                                state
                                    .lookahead(false, self::r#item_start)
                                    .and_then(super::hidden::skip)
                                    .and_then(self::r#word)
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#state(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#state,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            state
                                                .sequence(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    self::r#kind(state)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .sequence(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .optional(
                                                                                                    crate::generated::step(|state| {
                                                                                                        self::r#kind(state)
                                                                                                            .and_then(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    state
                                                                                                                        .repeat(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                state
                                                                                                                                    .sequence(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            super::hidden::skip(state).and_then(self::r#kind)
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                            .and_then(super::hidden::skip)
                                                            .and_then(
                                                                crate::generated::step(|state| {
                                                                    self::r#kw_state(state)
                                                                        .or_else(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .sequence(
                                                                                        crate::generated::step(|state| {
                                                                                            self::r#need_state(state)
                                                                                                .and_then(super::hidden::skip)
                                                                                                .and_then(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state.optional(self::r#misspelt)
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .or_else(self::r#kw_state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#name(state).or_else(self::r#need_name)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#was)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#variables)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#misspelt(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#misspelt,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#word(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.lookahead(true, self::r#name)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kind(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#kind,
                            crate::generated::step(|state| {
                                state
                                    .atomic(
                                        ::pest::Atomicity::Atomic,
                                        crate::generated::step(|state| {
                                            state
                                                .sequence(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .match_string("initial")
                                                            .or_else(
                                                                crate::generated::step(|state| {
                                                                    state.match_string("error")
                                                                }),
                                                            )
                                                            .or_else(
                                                                crate::generated::step(|state| {
                                                                    state.match_string("final")
                                                                }),
                                                            )
                                                            .and_then(
                                                                crate::generated::step(|state| {
                                                                    state.lookahead(false, self::r#ident_char)
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#variables(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#variables,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#open(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .optional(
                                                                            crate::generated::step(|state| {
                                                                                self::r#entry(state)
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .repeat(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    super::hidden::skip(state).and_then(self::r#entry)
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#close(state).or_else(self::r#need_close)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#was(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#was,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_was(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#name(state).or_else(self::r#need_name)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .optional(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .sequence(
                                                                                        crate::generated::step(|state| {
                                                                                            self::r#pipe(state)
                                                                                                .and_then(super::hidden::skip)
                                                                                                .and_then(
                                                                                                    crate::generated::step(|state| {
                                                                                                        self::r#name(state).or_else(self::r#need_name)
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .repeat(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    super::hidden::skip(state)
                                                                                                                        .and_then(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                state
                                                                                                                                    .sequence(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            self::r#pipe(state)
                                                                                                                                                .and_then(super::hidden::skip)
                                                                                                                                                .and_then(
                                                                                                                                                    crate::generated::step(|state| {
                                                                                                                                                        self::r#name(state).or_else(self::r#need_name)
                                                                                                                                                    }),
                                                                                                                                                )
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#action(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#action,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_action(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#name(state).or_else(self::r#need_name)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#parameters)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .optional(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .sequence(
                                                                            crate::generated::step(|state| {
                                                                                self::r#arrow(state)
                                                                                    .and_then(super::hidden::skip)
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            self::r#name(state).or_else(self::r#need_target)
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#guard(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#guard,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_guard(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#name(state).or_else(self::r#need_name)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#parameters)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#parameters(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#parameters,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#paren(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .optional(
                                                                            crate::generated::step(|state| {
                                                                                self::r#entry(state)
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .repeat(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    super::hidden::skip(state).and_then(self::r#entry)
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#paren_close(state).or_else(self::r#need_paren_close)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#transition(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#transition,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_transition(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#name(state).or_else(self::r#need_name)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#was)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#parameters)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(self::r#header)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#body)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#header(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    let state = state.check_stack_limit()?;
                    state
                        .sequence(
                            crate::generated::step(|state| {
                                self::r#colon(state)
                                    .and_then(super::hidden::skip)
                                    .and_then(self::r#sources)
                                    .and_then(super::hidden::skip)
                                    .and_then(self::r#arrow)
                                    .and_then(super::hidden::skip)
                                    .and_then(self::r#target)
                            }),
                        )
                        .or_else(self::r#broken_header)
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#broken_header(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .sequence(
                            crate::generated::step(|state| {
                                self::r#colon(state)
                                    .or_else(self::r#need_colon)
                                    .and_then(super::hidden::skip)
                                    .and_then(self::r#sources)
                                    .and_then(super::hidden::skip)
                                    .and_then(
                                        crate::generated::step(|state| {
                                            self::r#arrow(state).or_else(self::r#need_arrow)
                                        }),
                                    )
                                    .and_then(super::hidden::skip)
                                    .and_then(
                                        crate::generated::step(|state| {
                                            self::r#target(state).or_else(self::r#need_target)
                                        }),
                                    )
                                    .and_then(super::hidden::skip)
                                    .and_then(
                                        crate::generated::step(|state| {
                                            state.optional(self::r#junk_header)
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#sources(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#sources,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#source(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .optional(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .sequence(
                                                                                        crate::generated::step(|state| {
                                                                                            self::r#pipe(state)
                                                                                                .and_then(super::hidden::skip)
                                                                                                .and_then(self::r#source)
                                                                                        }),
                                                                                    )
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .repeat(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    super::hidden::skip(state)
                                                                                                                        .and_then(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                state
                                                                                                                                    .sequence(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            self::r#pipe(state)
                                                                                                                                                .and_then(super::hidden::skip)
                                                                                                                                                .and_then(self::r#source)
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#source(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    let state = state.check_stack_limit()?;
                    self::r#star(state)
                        .or_else(self::r#name)
                        .or_else(self::r#need_source)
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#target(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#target,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#name(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#arguments)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#activity(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#activity,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_activity(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#name(state).or_else(self::r#need_name)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#kw_in(state)
                                                            .or_else(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .sequence(
                                                                            crate::generated::step(|state| {
                                                                                self::r#need_in(state)
                                                                                    .and_then(super::hidden::skip)
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state.optional(self::r#kw_during)
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(self::r#places)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#exceptions)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#places(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#places,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#place(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .optional(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .sequence(
                                                                                        crate::generated::step(|state| {
                                                                                            self::r#comma(state)
                                                                                                .and_then(super::hidden::skip)
                                                                                                .and_then(self::r#place)
                                                                                        }),
                                                                                    )
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .repeat(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    super::hidden::skip(state)
                                                                                                                        .and_then(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                state
                                                                                                                                    .sequence(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            self::r#comma(state)
                                                                                                                                                .and_then(super::hidden::skip)
                                                                                                                                                .and_then(self::r#place)
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#place(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    let state = state.check_stack_limit()?;
                    self::r#star(state).or_else(self::r#name).or_else(self::r#need_place)
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#exceptions(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#exceptions,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_except(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(self::r#exception)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .optional(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .sequence(
                                                                                        crate::generated::step(|state| {
                                                                                            self::r#comma(state)
                                                                                                .and_then(super::hidden::skip)
                                                                                                .and_then(self::r#exception)
                                                                                        }),
                                                                                    )
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .repeat(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    super::hidden::skip(state)
                                                                                                                        .and_then(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                state
                                                                                                                                    .sequence(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            self::r#comma(state)
                                                                                                                                                .and_then(super::hidden::skip)
                                                                                                                                                .and_then(self::r#exception)
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#exception(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    let state = state.check_stack_limit()?;
                    self::r#during(state)
                        .or_else(self::r#name)
                        .or_else(self::r#need_exception)
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#during(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#during,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_during(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(self::r#name)
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#retired_state(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#retired_state,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_retired(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(self::r#kw_state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#name(state).or_else(self::r#need_name)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#variables)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#arrow(state).or_else(self::r#need_arrow)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#target(state).or_else(self::r#need_target)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#retired_transition(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#retired_transition,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_retired(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(self::r#kw_transition)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#name(state).or_else(self::r#need_name)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#body(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#body,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#open(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .optional(
                                                                            crate::generated::step(|state| {
                                                                                self::r#clause(state)
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .repeat(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    super::hidden::skip(state).and_then(self::r#clause)
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#close(state).or_else(self::r#need_close)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#clause(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    let state = state.check_stack_limit()?;
                    self::r#run(state)
                        .or_else(self::r#when)
                        .or_else(self::r#automatic)
                        .or_else(self::r#alias)
                        .or_else(self::r#retry)
                        .or_else(self::r#backoff)
                        .or_else(self::r#timeout)
                        .or_else(self::r#after)
                        .or_else(self::r#on_interrupt)
                        .or_else(self::r#on_error)
                        .or_else(self::r#doc)
                        .or_else(self::r#inner_doc)
                        .or_else(self::r#junk_allow)
                        .or_else(self::r#junk_clause)
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#automatic(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state.rule(Rule::r#automatic, self::r#kw_automatic)
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#alias(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#alias,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_alias(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#called(state).or_else(self::r#need_name)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#when(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#when,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_when(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#kw_not)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#called(state).or_else(self::r#need_guard)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#arguments)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#run(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#run,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_do(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#called(state).or_else(self::r#need_action)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#arguments)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#retry(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#retry,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_retry(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.lookahead(false, self::r#colon)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#number(state).or_else(self::r#need_count)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#backoff)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#backoff(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#backoff,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_backoff(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.lookahead(false, self::r#colon)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#number(state).or_else(self::r#need_duration)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .optional(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .sequence(
                                                                            crate::generated::step(|state| {
                                                                                self::r#range(state)
                                                                                    .and_then(super::hidden::skip)
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            self::r#number(state).or_else(self::r#need_duration)
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#timeout(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#timeout,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_timeout(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.lookahead(false, self::r#colon)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#number(state).or_else(self::r#need_duration)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#after(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#after,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_after(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.lookahead(false, self::r#colon)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#number(state).or_else(self::r#need_duration)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#on_interrupt(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#on_interrupt,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_on(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(self::r#kw_interrupt)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    self::r#kw_rerun(state)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(
                                                                            crate::generated::step(|state| {
                                                                                self::r#number(state).or_else(self::r#need_count)
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                            .or_else(self::r#kw_fail)
                                                            .or_else(self::r#kw_ask)
                                                            .or_else(self::r#kw_probe)
                                                            .or_else(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .sequence(
                                                                            crate::generated::step(|state| {
                                                                                self::r#need_policy(state)
                                                                                    .and_then(super::hidden::skip)
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .optional(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    state
                                                                                                                        .lookahead(false, self::r#clause_start)
                                                                                                                        .and_then(super::hidden::skip)
                                                                                                                        .and_then(self::r#word)
                                                                                                                        .and_then(super::hidden::skip)
                                                                                                                        .and_then(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                state.optional(self::r#number)
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#on_error(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#on_error,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_on(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#kw_error(state).or_else(self::r#need_error)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#fire(state).or_else(self::r#inline_error)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#fire(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#fire,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_fire(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.lookahead(false, self::r#arrow)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#word(state).or_else(self::r#need_transition)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#arguments)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#junk_target)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#inline_error(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#inline_error,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#word(state)
                                                .or_else(self::r#need_name)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#was)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#arrow(state)
                                                            .or_else(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .sequence(
                                                                            crate::generated::step(|state| {
                                                                                self::r#need_arrow(state)
                                                                                    .and_then(super::hidden::skip)
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state.lookahead(false, self::r#clause_start)
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#error_target(state).or_else(self::r#need_target)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#body)
                                                    }),
                                                )
                                        }),
                                    )
                                    .or_else(
                                        crate::generated::step(|state| {
                                            state
                                                .sequence(
                                                    crate::generated::step(|state| {
                                                        self::r#word(state)
                                                            .and_then(super::hidden::skip)
                                                            .and_then(self::r#need_arrow)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#error_target(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#error_target,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#word(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#arguments)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#entry(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    let state = state.check_stack_limit()?;
                    state
                        .sequence(
                            crate::generated::step(|state| {
                                self::r#field(state)
                                    .and_then(super::hidden::skip)
                                    .and_then(
                                        crate::generated::step(|state| {
                                            state
                                                .optional(
                                                    crate::generated::step(|state| {
                                                        self::r#separator(state).or_else(self::r#junk_after)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                        .or_else(self::r#doc)
                        .or_else(self::r#inner_doc)
                        .or_else(self::r#junk_entry)
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#field(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#field,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            state
                                                .sequence(
                                                    crate::generated::step(|state| {
                                                        self::r#word(state)
                                                            .and_then(super::hidden::skip)
                                                            .and_then(
                                                                crate::generated::step(|state| {
                                                                    state.optional(self::r#was)
                                                                }),
                                                            )
                                                            .and_then(super::hidden::skip)
                                                            .and_then(self::r#colon)
                                                    }),
                                                )
                                                .or_else(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .lookahead(false, self::r#item_start)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(
                                                                            crate::generated::step(|state| {
                                                                                state.lookahead(false, self::r#clause_start)
                                                                            }),
                                                                        )
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(self::r#word)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(
                                                                            crate::generated::step(|state| {
                                                                                state.optional(self::r#was)
                                                                            }),
                                                                        )
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(self::r#need_colon)
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#type(state).or_else(self::r#need_type)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#default)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#default(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#default,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#equals(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#value(state)
                                                            .or_else(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .sequence(
                                                                            crate::generated::step(|state| {
                                                                                self::r#need_value(state)
                                                                                    .and_then(super::hidden::skip)
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state.optional(self::r#junk_value)
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#separator(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    let state = state.check_stack_limit()?;
                    self::r#comma(state)
                        .or_else(
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            state
                                                .lookahead(
                                                    true,
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .sequence(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .optional(
                                                                                        crate::generated::step(|state| {
                                                                                            self::r#doc(state)
                                                                                                .and_then(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .repeat(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    state
                                                                                                                        .sequence(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                super::hidden::skip(state).and_then(self::r#doc)
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(self::r#word)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(
                                                                            crate::generated::step(|state| {
                                                                                state.optional(self::r#was)
                                                                            }),
                                                                        )
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(self::r#colon)
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(self::r#need_comma)
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#type(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#type,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#string(state)
                                                .or_else(self::r#generic)
                                                .or_else(self::r#word)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .optional(
                                                                            crate::generated::step(|state| {
                                                                                self::r#question(state)
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .repeat(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    super::hidden::skip(state).and_then(self::r#question)
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#generic(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#generic,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#word(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(self::r#angle)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#type(state).or_else(self::r#need_type)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .optional(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .sequence(
                                                                                        crate::generated::step(|state| {
                                                                                            self::r#comma(state)
                                                                                                .and_then(super::hidden::skip)
                                                                                                .and_then(self::r#type)
                                                                                        }),
                                                                                    )
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .repeat(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    super::hidden::skip(state)
                                                                                                                        .and_then(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                state
                                                                                                                                    .sequence(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            self::r#comma(state)
                                                                                                                                                .and_then(super::hidden::skip)
                                                                                                                                                .and_then(self::r#type)
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#angle_close(state).or_else(self::r#need_angle_close)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#arguments(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#arguments,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#paren(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .optional(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .sequence(
                                                                                        crate::generated::step(|state| {
                                                                                            self::r#argument(state)
                                                                                                .and_then(super::hidden::skip)
                                                                                                .and_then(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .optional(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    self::r#separator(state).or_else(self::r#junk_after)
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                                    .or_else(self::r#doc)
                                                                                    .or_else(self::r#inner_doc)
                                                                                    .or_else(self::r#junk_entry)
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .repeat(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    super::hidden::skip(state)
                                                                                                                        .and_then(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                state
                                                                                                                                    .sequence(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            self::r#argument(state)
                                                                                                                                                .and_then(super::hidden::skip)
                                                                                                                                                .and_then(
                                                                                                                                                    crate::generated::step(|state| {
                                                                                                                                                        state
                                                                                                                                                            .optional(
                                                                                                                                                                crate::generated::step(|state| {
                                                                                                                                                                    self::r#separator(state).or_else(self::r#junk_after)
                                                                                                                                                                }),
                                                                                                                                                            )
                                                                                                                                                    }),
                                                                                                                                                )
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                                    .or_else(self::r#doc)
                                                                                                                                    .or_else(self::r#inner_doc)
                                                                                                                                    .or_else(self::r#junk_entry)
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#paren_close(state).or_else(self::r#need_paren_close)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#argument(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#argument,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            state
                                                .sequence(
                                                    crate::generated::step(|state| {
                                                        self::r#word(state)
                                                            .and_then(super::hidden::skip)
                                                            .and_then(self::r#colon)
                                                    }),
                                                )
                                                .or_else(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .lookahead(false, self::r#item_start)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(
                                                                            crate::generated::step(|state| {
                                                                                state.lookahead(false, self::r#clause_start)
                                                                            }),
                                                                        )
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(self::r#word)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(self::r#need_colon)
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#value(state)
                                                            .or_else(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .sequence(
                                                                            crate::generated::step(|state| {
                                                                                self::r#need_value(state)
                                                                                    .and_then(super::hidden::skip)
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state.optional(self::r#junk_value)
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#value(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#value,
                            crate::generated::step(|state| {
                                self::r#string(state)
                                    .or_else(self::r#number)
                                    .or_else(self::r#reference)
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#reference(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#reference,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#word(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .optional(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .sequence(
                                                                                        crate::generated::step(|state| {
                                                                                            self::r#dot(state)
                                                                                                .and_then(super::hidden::skip)
                                                                                                .and_then(
                                                                                                    crate::generated::step(|state| {
                                                                                                        self::r#word(state).or_else(self::r#need_variable)
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .repeat(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    super::hidden::skip(state)
                                                                                                                        .and_then(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                state
                                                                                                                                    .sequence(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            self::r#dot(state)
                                                                                                                                                .and_then(super::hidden::skip)
                                                                                                                                                .and_then(
                                                                                                                                                    crate::generated::step(|state| {
                                                                                                                                                        self::r#word(state).or_else(self::r#need_variable)
                                                                                                                                                    }),
                                                                                                                                                )
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#name(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#name,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            state
                                                .lookahead(false, self::r#item_start)
                                                .and_then(super::hidden::skip)
                                                .and_then(self::r#word)
                                        }),
                                    )
                                    .or_else(
                                        crate::generated::step(|state| {
                                            state
                                                .sequence(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .lookahead(false, self::r#retired_start)
                                                            .and_then(super::hidden::skip)
                                                            .and_then(self::r#word)
                                                            .and_then(super::hidden::skip)
                                                            .and_then(
                                                                crate::generated::step(|state| {
                                                                    state.lookahead(true, self::r#item_start)
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#called(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    let state = state.check_stack_limit()?;
                    state
                        .sequence(
                            crate::generated::step(|state| {
                                state
                                    .lookahead(false, self::r#clause_start)
                                    .and_then(super::hidden::skip)
                                    .and_then(self::r#word)
                            }),
                        )
                        .or_else(
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#word(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .lookahead(
                                                                true,
                                                                crate::generated::step(|state| {
                                                                    self::r#clause_start(state)
                                                                        .or_else(self::r#paren)
                                                                        .or_else(self::r#close)
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#item_start(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .sequence(
                            crate::generated::step(|state| {
                                state
                                    .lookahead(true, self::r#item_letters)
                                    .and_then(super::hidden::skip)
                                    .and_then(
                                        crate::generated::step(|state| {
                                            state
                                                .sequence(
                                                    crate::generated::step(|state| {
                                                        self::r#kw_workflow(state)
                                                            .and_then(super::hidden::skip)
                                                            .and_then(self::r#word)
                                                            .and_then(super::hidden::skip)
                                                            .and_then(self::r#open)
                                                    }),
                                                )
                                                .or_else(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    self::r#kind(state)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(self::r#kw_state)
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .or_else(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    self::r#kw_state(state)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(self::r#word)
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .or_else(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    self::r#kw_action(state)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(self::r#word)
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .or_else(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    self::r#kw_guard(state)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(self::r#word)
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .or_else(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    self::r#kw_transition(state)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(self::r#word)
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .or_else(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    self::r#kw_activity(state)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(self::r#word)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(self::r#kw_in)
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .or_else(self::r#retired_start)
                                                .or_else(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    self::r#kw_allow(state)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(self::r#word)
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#retired_start(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .sequence(
                            crate::generated::step(|state| {
                                self::r#kw_retired(state)
                                    .and_then(super::hidden::skip)
                                    .and_then(
                                        crate::generated::step(|state| {
                                            state
                                                .sequence(
                                                    crate::generated::step(|state| {
                                                        self::r#kw_state(state)
                                                            .and_then(super::hidden::skip)
                                                            .and_then(self::r#word)
                                                            .and_then(super::hidden::skip)
                                                            .and_then(
                                                                crate::generated::step(|state| {
                                                                    state.optional(self::r#variables)
                                                                }),
                                                            )
                                                            .and_then(super::hidden::skip)
                                                            .and_then(self::r#arrow)
                                                    }),
                                                )
                                                .or_else(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    self::r#kw_transition(state)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(self::r#word)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .lookahead(
                                                                                        false,
                                                                                        crate::generated::step(|state| {
                                                                                            self::r#colon(state)
                                                                                                .or_else(self::r#paren)
                                                                                                .or_else(self::r#kw_was)
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#clause_start(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .sequence(
                            crate::generated::step(|state| {
                                state
                                    .lookahead(true, self::r#clause_letters)
                                    .and_then(super::hidden::skip)
                                    .and_then(
                                        crate::generated::step(|state| {
                                            state
                                                .sequence(
                                                    crate::generated::step(|state| {
                                                        self::r#kw_automatic(state)
                                                            .and_then(super::hidden::skip)
                                                            .and_then(
                                                                crate::generated::step(|state| {
                                                                    state.lookahead(false, self::r#colon)
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .or_else(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    self::r#kw_alias(state)
                                                                        .or_else(self::r#kw_when)
                                                                        .or_else(self::r#kw_do)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(self::r#word)
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .or_else(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    self::r#kw_on(state)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(
                                                                            crate::generated::step(|state| {
                                                                                self::r#kw_error(state).or_else(self::r#kw_interrupt)
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .or_else(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    self::r#kw_retry(state)
                                                                        .or_else(self::r#kw_backoff)
                                                                        .or_else(self::r#kw_timeout)
                                                                        .or_else(self::r#kw_after)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(self::r#number)
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#item_letters(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    let state = state.check_stack_limit()?;
                    state
                        .match_string("st")
                        .or_else(
                            crate::generated::step(|state| { state.match_string("tr") }),
                        )
                        .or_else(
                            crate::generated::step(|state| { state.match_string("ac") }),
                        )
                        .or_else(
                            crate::generated::step(|state| { state.match_string("gu") }),
                        )
                        .or_else(
                            crate::generated::step(|state| { state.match_string("in") }),
                        )
                        .or_else(
                            crate::generated::step(|state| { state.match_string("er") }),
                        )
                        .or_else(
                            crate::generated::step(|state| { state.match_string("fi") }),
                        )
                        .or_else(
                            crate::generated::step(|state| { state.match_string("wo") }),
                        )
                        .or_else(
                            crate::generated::step(|state| { state.match_string("re") }),
                        )
                        .or_else(
                            crate::generated::step(|state| { state.match_string("al") }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#clause_letters(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    let state = state.check_stack_limit()?;
                    state
                        .match_string("au")
                        .or_else(
                            crate::generated::step(|state| { state.match_string("al") }),
                        )
                        .or_else(
                            crate::generated::step(|state| { state.match_string("wh") }),
                        )
                        .or_else(
                            crate::generated::step(|state| { state.match_string("do") }),
                        )
                        .or_else(
                            crate::generated::step(|state| { state.match_string("on") }),
                        )
                        .or_else(
                            crate::generated::step(|state| { state.match_string("re") }),
                        )
                        .or_else(
                            crate::generated::step(|state| { state.match_string("ba") }),
                        )
                        .or_else(
                            crate::generated::step(|state| { state.match_string("ti") }),
                        )
                        .or_else(
                            crate::generated::step(|state| { state.match_string("af") }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#junk_file(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#junk_file,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#braced(state)
                                                .or_else(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .lookahead(
                                                                            false,
                                                                            crate::generated::step(|state| {
                                                                                self::r#kw_workflow(state)
                                                                                    .or_else(self::r#doc)
                                                                                    .or_else(self::r#inner_doc)
                                                                            }),
                                                                        )
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(self::r#token)
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .optional(
                                                                            crate::generated::step(|state| {
                                                                                self::r#braced(state)
                                                                                    .or_else(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .sequence(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .lookahead(
                                                                                                                false,
                                                                                                                crate::generated::step(|state| {
                                                                                                                    self::r#kw_workflow(state)
                                                                                                                        .or_else(self::r#doc)
                                                                                                                        .or_else(self::r#inner_doc)
                                                                                                                }),
                                                                                                            )
                                                                                                            .and_then(super::hidden::skip)
                                                                                                            .and_then(self::r#token)
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .repeat(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    super::hidden::skip(state)
                                                                                                                        .and_then(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                self::r#braced(state)
                                                                                                                                    .or_else(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            state
                                                                                                                                                .sequence(
                                                                                                                                                    crate::generated::step(|state| {
                                                                                                                                                        state
                                                                                                                                                            .lookahead(
                                                                                                                                                                false,
                                                                                                                                                                crate::generated::step(|state| {
                                                                                                                                                                    self::r#kw_workflow(state)
                                                                                                                                                                        .or_else(self::r#doc)
                                                                                                                                                                        .or_else(self::r#inner_doc)
                                                                                                                                                                }),
                                                                                                                                                            )
                                                                                                                                                            .and_then(super::hidden::skip)
                                                                                                                                                            .and_then(self::r#token)
                                                                                                                                                    }),
                                                                                                                                                )
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#junk_item(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#junk_item,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#braced(state)
                                                .or_else(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .lookahead(false, self::r#junk_item_end)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(self::r#token)
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .optional(
                                                                            crate::generated::step(|state| {
                                                                                self::r#braced(state)
                                                                                    .or_else(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .sequence(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .lookahead(
                                                                                                                false,
                                                                                                                crate::generated::step(|state| {
                                                                                                                    self::r#junk_item_end(state)
                                                                                                                        .or_else(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                state
                                                                                                                                    .sequence(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            self::r#word(state)
                                                                                                                                                .and_then(super::hidden::skip)
                                                                                                                                                .and_then(self::r#kw_state)
                                                                                                                                                .and_then(super::hidden::skip)
                                                                                                                                                .and_then(self::r#word)
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                            .and_then(super::hidden::skip)
                                                                                                            .and_then(self::r#token)
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .repeat(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    super::hidden::skip(state)
                                                                                                                        .and_then(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                self::r#braced(state)
                                                                                                                                    .or_else(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            state
                                                                                                                                                .sequence(
                                                                                                                                                    crate::generated::step(|state| {
                                                                                                                                                        state
                                                                                                                                                            .lookahead(
                                                                                                                                                                false,
                                                                                                                                                                crate::generated::step(|state| {
                                                                                                                                                                    self::r#junk_item_end(state)
                                                                                                                                                                        .or_else(
                                                                                                                                                                            crate::generated::step(|state| {
                                                                                                                                                                                state
                                                                                                                                                                                    .sequence(
                                                                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                                                                            self::r#word(state)
                                                                                                                                                                                                .and_then(super::hidden::skip)
                                                                                                                                                                                                .and_then(self::r#kw_state)
                                                                                                                                                                                                .and_then(super::hidden::skip)
                                                                                                                                                                                                .and_then(self::r#word)
                                                                                                                                                                                        }),
                                                                                                                                                                                    )
                                                                                                                                                                            }),
                                                                                                                                                                        )
                                                                                                                                                                }),
                                                                                                                                                            )
                                                                                                                                                            .and_then(super::hidden::skip)
                                                                                                                                                            .and_then(self::r#token)
                                                                                                                                                    }),
                                                                                                                                                )
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#junk_item_end(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    let state = state.check_stack_limit()?;
                    self::r#close(state)
                        .or_else(self::r#item_start)
                        .or_else(
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_transition(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#colon(state).or_else(self::r#paren)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                        .or_else(self::r#doc)
                        .or_else(self::r#inner_doc)
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#junk_close(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#junk_close,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#close(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .lookahead(
                                                                true,
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .sequence(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .sequence(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .optional(
                                                                                                    crate::generated::step(|state| {
                                                                                                        self::r#doc(state)
                                                                                                            .and_then(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    state
                                                                                                                        .repeat(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                state
                                                                                                                                    .sequence(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            super::hidden::skip(state).and_then(self::r#doc)
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                                    .and_then(super::hidden::skip)
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state.lookahead(false, self::r#kw_workflow)
                                                                                        }),
                                                                                    )
                                                                                    .and_then(super::hidden::skip)
                                                                                    .and_then(self::r#item_start)
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#junk_header(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#junk_header,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            state
                                                .sequence(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .lookahead(
                                                                false,
                                                                crate::generated::step(|state| {
                                                                    self::r#open(state).or_else(self::r#junk_item_end)
                                                                }),
                                                            )
                                                            .and_then(super::hidden::skip)
                                                            .and_then(self::r#token)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .optional(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .sequence(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .lookahead(
                                                                                                    false,
                                                                                                    crate::generated::step(|state| {
                                                                                                        self::r#open(state).or_else(self::r#junk_item_end)
                                                                                                    }),
                                                                                                )
                                                                                                .and_then(super::hidden::skip)
                                                                                                .and_then(self::r#token)
                                                                                        }),
                                                                                    )
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .repeat(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    super::hidden::skip(state)
                                                                                                                        .and_then(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                state
                                                                                                                                    .sequence(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            state
                                                                                                                                                .lookahead(
                                                                                                                                                    false,
                                                                                                                                                    crate::generated::step(|state| {
                                                                                                                                                        self::r#open(state).or_else(self::r#junk_item_end)
                                                                                                                                                    }),
                                                                                                                                                )
                                                                                                                                                .and_then(super::hidden::skip)
                                                                                                                                                .and_then(self::r#token)
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#junk_allow(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#junk_allow,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#kw_allow(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(self::r#word)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .optional(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .sequence(
                                                                                        crate::generated::step(|state| {
                                                                                            self::r#comma(state)
                                                                                                .and_then(super::hidden::skip)
                                                                                                .and_then(self::r#word)
                                                                                        }),
                                                                                    )
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .repeat(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    super::hidden::skip(state)
                                                                                                                        .and_then(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                state
                                                                                                                                    .sequence(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            self::r#comma(state)
                                                                                                                                                .and_then(super::hidden::skip)
                                                                                                                                                .and_then(self::r#word)
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .lookahead(
                                                                true,
                                                                crate::generated::step(|state| {
                                                                    self::r#clause_start(state).or_else(self::r#close)
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#junk_clause(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#junk_clause,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#braced(state)
                                                .or_else(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .lookahead(false, self::r#junk_clause_end)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(self::r#token)
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .optional(
                                                                            crate::generated::step(|state| {
                                                                                self::r#braced(state)
                                                                                    .or_else(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .sequence(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .lookahead(false, self::r#junk_clause_end)
                                                                                                            .and_then(super::hidden::skip)
                                                                                                            .and_then(self::r#token)
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                                    .and_then(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .repeat(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    super::hidden::skip(state)
                                                                                                                        .and_then(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                self::r#braced(state)
                                                                                                                                    .or_else(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            state
                                                                                                                                                .sequence(
                                                                                                                                                    crate::generated::step(|state| {
                                                                                                                                                        state
                                                                                                                                                            .lookahead(false, self::r#junk_clause_end)
                                                                                                                                                            .and_then(super::hidden::skip)
                                                                                                                                                            .and_then(self::r#token)
                                                                                                                                                    }),
                                                                                                                                                )
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#junk_clause_end(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    let state = state.check_stack_limit()?;
                    self::r#clause_start(state).or_else(self::r#junk_item_end)
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#junk_target(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#junk_target,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#arrow(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#error_target)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#body)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#junk_entry(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#junk_entry,
                            crate::generated::step(|state| {
                                self::r#comma(state)
                                    .or_else(
                                        crate::generated::step(|state| {
                                            state
                                                .sequence(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .sequence(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .lookahead(false, self::r#junk_entry_end)
                                                                                    .and_then(super::hidden::skip)
                                                                                    .and_then(self::r#token)
                                                                            }),
                                                                        )
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .sequence(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .optional(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .sequence(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    state
                                                                                                                        .lookahead(false, self::r#junk_entry_end)
                                                                                                                        .and_then(super::hidden::skip)
                                                                                                                        .and_then(self::r#token)
                                                                                                                }),
                                                                                                            )
                                                                                                            .and_then(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    state
                                                                                                                        .repeat(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                state
                                                                                                                                    .sequence(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            super::hidden::skip(state)
                                                                                                                                                .and_then(
                                                                                                                                                    crate::generated::step(|state| {
                                                                                                                                                        state
                                                                                                                                                            .sequence(
                                                                                                                                                                crate::generated::step(|state| {
                                                                                                                                                                    state
                                                                                                                                                                        .lookahead(false, self::r#junk_entry_end)
                                                                                                                                                                        .and_then(super::hidden::skip)
                                                                                                                                                                        .and_then(self::r#token)
                                                                                                                                                                }),
                                                                                                                                                            )
                                                                                                                                                    }),
                                                                                                                                                )
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                            .and_then(super::hidden::skip)
                                                            .and_then(
                                                                crate::generated::step(|state| {
                                                                    state.optional(self::r#comma)
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#junk_after(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#junk_after,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            state
                                                .sequence(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .lookahead(false, self::r#junk_entry_end)
                                                                        .and_then(super::hidden::skip)
                                                                        .and_then(self::r#token)
                                                                }),
                                                            )
                                                            .and_then(super::hidden::skip)
                                                            .and_then(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .sequence(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .optional(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .sequence(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .lookahead(false, self::r#junk_entry_end)
                                                                                                            .and_then(super::hidden::skip)
                                                                                                            .and_then(self::r#token)
                                                                                                    }),
                                                                                                )
                                                                                                .and_then(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .repeat(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    state
                                                                                                                        .sequence(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                super::hidden::skip(state)
                                                                                                                                    .and_then(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            state
                                                                                                                                                .sequence(
                                                                                                                                                    crate::generated::step(|state| {
                                                                                                                                                        state
                                                                                                                                                            .lookahead(false, self::r#junk_entry_end)
                                                                                                                                                            .and_then(super::hidden::skip)
                                                                                                                                                            .and_then(self::r#token)
                                                                                                                                                    }),
                                                                                                                                                )
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state.optional(self::r#comma)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#junk_entry_end(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    let state = state.check_stack_limit()?;
                    self::r#comma(state)
                        .or_else(self::r#paren_close)
                        .or_else(self::r#open)
                        .or_else(self::r#clause_start)
                        .or_else(self::r#junk_item_end)
                        .or_else(
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            self::r#colon(state)
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#star(state).or_else(self::r#word)
                                                    }),
                                                )
                                                .and_then(super::hidden::skip)
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        self::r#pipe(state).or_else(self::r#arrow)
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#junk_value(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#junk_value,
                            crate::generated::step(|state| {
                                self::r#braced(state)
                                    .or_else(self::r#quoted)
                                    .or_else(
                                        crate::generated::step(|state| {
                                            state
                                                .sequence(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .match_string("[")
                                                            .and_then(super::hidden::skip)
                                                            .and_then(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .sequence(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .optional(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .sequence(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .lookahead(
                                                                                                                false,
                                                                                                                crate::generated::step(|state| {
                                                                                                                    state
                                                                                                                        .match_string("]")
                                                                                                                        .or_else(self::r#close)
                                                                                                                        .or_else(self::r#item_start)
                                                                                                                }),
                                                                                                            )
                                                                                                            .and_then(super::hidden::skip)
                                                                                                            .and_then(self::r#token)
                                                                                                    }),
                                                                                                )
                                                                                                .and_then(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .repeat(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    state
                                                                                                                        .sequence(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                super::hidden::skip(state)
                                                                                                                                    .and_then(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            state
                                                                                                                                                .sequence(
                                                                                                                                                    crate::generated::step(|state| {
                                                                                                                                                        state
                                                                                                                                                            .lookahead(
                                                                                                                                                                false,
                                                                                                                                                                crate::generated::step(|state| {
                                                                                                                                                                    state
                                                                                                                                                                        .match_string("]")
                                                                                                                                                                        .or_else(self::r#close)
                                                                                                                                                                        .or_else(self::r#item_start)
                                                                                                                                                                }),
                                                                                                                                                            )
                                                                                                                                                            .and_then(super::hidden::skip)
                                                                                                                                                            .and_then(self::r#token)
                                                                                                                                                    }),
                                                                                                                                                )
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                            .and_then(super::hidden::skip)
                                                            .and_then(
                                                                crate::generated::step(|state| { state.match_string("]") }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#quoted(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#quoted,
                            crate::generated::step(|state| {
                                state
                                    .atomic(
                                        ::pest::Atomicity::Atomic,
                                        crate::generated::step(|state| {
                                            state
                                                .sequence(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .match_string("'")
                                                            .and_then(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .repeat(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .sequence(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .lookahead(
                                                                                                    false,
                                                                                                    crate::generated::step(|state| {
                                                                                                        state.match_string("'").or_else(self::r#NEWLINE)
                                                                                                    }),
                                                                                                )
                                                                                                .and_then(self::r#ANY)
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                            .and_then(
                                                                crate::generated::step(|state| { state.match_string("'") }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#braced(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .sequence(
                            crate::generated::step(|state| {
                                self::r#open(state)
                                    .and_then(super::hidden::skip)
                                    .and_then(
                                        crate::generated::step(|state| {
                                            state
                                                .sequence(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .optional(
                                                                crate::generated::step(|state| {
                                                                    self::r#braced(state)
                                                                        .or_else(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .sequence(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .lookahead(
                                                                                                    false,
                                                                                                    crate::generated::step(|state| {
                                                                                                        self::r#close(state).or_else(self::r#item_start)
                                                                                                    }),
                                                                                                )
                                                                                                .and_then(super::hidden::skip)
                                                                                                .and_then(self::r#token)
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                        .and_then(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .repeat(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .sequence(
                                                                                                    crate::generated::step(|state| {
                                                                                                        super::hidden::skip(state)
                                                                                                            .and_then(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    self::r#braced(state)
                                                                                                                        .or_else(
                                                                                                                            crate::generated::step(|state| {
                                                                                                                                state
                                                                                                                                    .sequence(
                                                                                                                                        crate::generated::step(|state| {
                                                                                                                                            state
                                                                                                                                                .lookahead(
                                                                                                                                                    false,
                                                                                                                                                    crate::generated::step(|state| {
                                                                                                                                                        self::r#close(state).or_else(self::r#item_start)
                                                                                                                                                    }),
                                                                                                                                                )
                                                                                                                                                .and_then(super::hidden::skip)
                                                                                                                                                .and_then(self::r#token)
                                                                                                                                        }),
                                                                                                                                    )
                                                                                                                            }),
                                                                                                                        )
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                                    .and_then(super::hidden::skip)
                                    .and_then(
                                        crate::generated::step(|state| {
                                            state.optional(self::r#close)
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_name(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_name, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_open(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_open, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_close(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_close, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_paren_close(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_paren_close, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_angle_close(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_angle_close, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_state(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_state, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_colon(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_colon, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_comma(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_comma, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_arrow(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_arrow, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_source(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_source, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_target(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_target, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_type(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_type, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_value(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_value, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_variable(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_variable, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_action(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_action, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_guard(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_guard, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_transition(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_transition, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_error(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_error, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_quote(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_quote, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_in(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_in, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_place(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_place, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_exception(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_exception, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_count(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_count, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_duration(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_duration, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_policy(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_policy, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#need_code(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#need_code, "")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#open(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#open, "{")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#close(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#close, "}")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#paren(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#paren, "(")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#paren_close(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#paren_close, ")")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#angle(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#angle, "<")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#angle_close(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#angle_close, ">")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#colon(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#colon, ":")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#comma(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#comma, ",")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#pipe(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#pipe, "|")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#dot(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#dot, ".")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#star(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#star, "*")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#question(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#question, "?")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#arrow(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#arrow, "->")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#range(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#range, "..")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#equals(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#equals, "=")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_workflow(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_workflow,
                        "workflow",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_state(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_state,
                        "state",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_action(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_action,
                        "action",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_guard(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_guard,
                        "guard",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_transition(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_transition,
                        "transition",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_automatic(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_automatic,
                        "automatic",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_alias(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_alias,
                        "alias",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_when(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_when,
                        "when",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_not(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_not,
                        "not",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_do(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_do,
                        "do",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_on(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_on,
                        "on",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_error(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_error,
                        "error",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_fire(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_fire,
                        "fire",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_activity(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_activity,
                        "activity",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_in(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_in,
                        "in",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_except(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_except,
                        "except",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_during(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_during,
                        "during",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_retry(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_retry,
                        "retry",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_backoff(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_backoff,
                        "backoff",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_timeout(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_timeout,
                        "timeout",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_after(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_after,
                        "after",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_rerun(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_rerun,
                        "rerun",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_fail(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_fail,
                        "fail",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_ask(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_ask,
                        "ask",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_probe(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_probe,
                        "probe",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_retired(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_retired,
                        "retired",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_allow(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_allow,
                        "allow",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_interrupt(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_interrupt,
                        "interrupt",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#kw_was(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::keyword(
                        state,
                        Rule::r#kw_was,
                        "was",
                        self::ident_char,
                    )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#token(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    let state = state.check_stack_limit()?;
                    self::r#string(state)
                        .or_else(self::r#number)
                        .or_else(self::r#word)
                        .or_else(self::r#arrow)
                        .or_else(self::r#hash)
                        .or_else(self::r#other)
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#hash(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#hash,
                            crate::generated::step(|state| {
                                state
                                    .atomic(
                                        ::pest::Atomicity::Atomic,
                                        crate::generated::step(|state| {
                                            state
                                                .sequence(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .match_string("#")
                                                            .and_then(
                                                                crate::generated::step(|state| {
                                                                    let strings = ["\n", "\r"];
                                                                    state.skip_until(&strings)
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#other(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#other,
                            crate::generated::step(|state| {
                                state.atomic(::pest::Atomicity::Atomic, self::r#ANY)
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#word(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#word,
                            crate::generated::step(|state| {
                                state
                                    .atomic(
                                        ::pest::Atomicity::Atomic,
                                        crate::generated::step(|state| {
                                            state
                                                .sequence(
                                                    crate::generated::step(|state| {
                                                        self::r#ASCII_ALPHA(state)
                                                            .or_else(
                                                                crate::generated::step(|state| { state.match_string("_") }),
                                                            )
                                                            .or_else(self::r#ALPHABETIC)
                                                            .and_then(
                                                                crate::generated::step(|state| {
                                                                    state.repeat(self::r#ident_char)
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#ident_char(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    let state = state.check_stack_limit()?;
                    self::r#ASCII_ALPHANUMERIC(state)
                        .or_else(
                            crate::generated::step(|state| { state.match_string("_") }),
                        )
                        .or_else(self::r#ALPHABETIC)
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#number(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#number,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            state
                                                .optional(self::r#minus)
                                                .and_then(super::hidden::skip)
                                                .and_then(self::r#digits)
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#minus(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#minus, "-")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#digits(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#digits,
                            crate::generated::step(|state| {
                                state
                                    .atomic(
                                        ::pest::Atomicity::Atomic,
                                        crate::generated::step(|state| {
                                            state
                                                .sequence(
                                                    crate::generated::step(|state| {
                                                        self::r#ASCII_DIGIT(state)
                                                            .and_then(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .repeat(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .sequence(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .match_insensitive("e")
                                                                                                .and_then(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .match_string("+")
                                                                                                            .or_else(
                                                                                                                crate::generated::step(|state| { state.match_string("-") }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                                .and_then(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state.lookahead(true, self::r#ASCII_DIGIT)
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                                    .or_else(self::r#ident_char)
                                                                                    .or_else(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .sequence(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .match_string(".")
                                                                                                            .and_then(
                                                                                                                crate::generated::step(|state| {
                                                                                                                    state.lookahead(true, self::r#ASCII_DIGIT)
                                                                                                                }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#string(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .atomic(
                            ::pest::Atomicity::CompoundAtomic,
                            crate::generated::step(|state| {
                                state
                                    .rule(
                                        Rule::r#string,
                                        crate::generated::step(|state| {
                                            state
                                                .sequence(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .match_string("\"")
                                                            .and_then(self::r#text)
                                                            .and_then(
                                                                crate::generated::step(|state| {
                                                                    self::r#quote(state).or_else(self::r#need_quote)
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#text(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#text,
                            crate::generated::step(|state| {
                                state
                                    .atomic(
                                        ::pest::Atomicity::Atomic,
                                        crate::generated::step(|state| {
                                            state
                                                .repeat(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .sequence(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .match_string("\\")
                                                                        .and_then(
                                                                            crate::generated::step(|state| {
                                                                                state.lookahead(false, self::r#NEWLINE)
                                                                            }),
                                                                        )
                                                                        .and_then(self::r#ANY)
                                                                }),
                                                            )
                                                            .or_else(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .sequence(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .lookahead(
                                                                                        false,
                                                                                        crate::generated::step(|state| {
                                                                                            state.match_string("\"").or_else(self::r#NEWLINE)
                                                                                        }),
                                                                                    )
                                                                                    .and_then(self::r#ANY)
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#quote(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    crate::generated::sign(state, Rule::r#quote, "\"")
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#doc(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#doc,
                            crate::generated::step(|state| {
                                state
                                    .atomic(
                                        ::pest::Atomicity::Atomic,
                                        crate::generated::step(|state| {
                                            state
                                                .sequence(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .match_string("///")
                                                            .and_then(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .lookahead(
                                                                            false,
                                                                            crate::generated::step(|state| { state.match_string("/") }),
                                                                        )
                                                                }),
                                                            )
                                                            .and_then(
                                                                crate::generated::step(|state| {
                                                                    let strings = ["\n", "\r"];
                                                                    state.skip_until(&strings)
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#inner_doc(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::r#inner_doc,
                            crate::generated::step(|state| {
                                state
                                    .atomic(
                                        ::pest::Atomicity::Atomic,
                                        crate::generated::step(|state| {
                                            state
                                                .sequence(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .match_string("//!")
                                                            .and_then(
                                                                crate::generated::step(|state| {
                                                                    let strings = ["\n", "\r"];
                                                                    state.skip_until(&strings)
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#COMMENT(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .atomic(
                            ::pest::Atomicity::Atomic,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            state
                                                .match_string("//")
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .lookahead(
                                                                false,
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .match_string("!")
                                                                        .or_else(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .sequence(
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .match_string("/")
                                                                                                .and_then(
                                                                                                    crate::generated::step(|state| {
                                                                                                        state
                                                                                                            .lookahead(
                                                                                                                false,
                                                                                                                crate::generated::step(|state| { state.match_string("/") }),
                                                                                                            )
                                                                                                    }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .repeat(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .sequence(
                                                                            crate::generated::step(|state| {
                                                                                state
                                                                                    .lookahead(
                                                                                        false,
                                                                                        crate::generated::step(|state| {
                                                                                            state
                                                                                                .match_string("\n")
                                                                                                .or_else(
                                                                                                    crate::generated::step(|state| { state.match_string("\r") }),
                                                                                                )
                                                                                        }),
                                                                                    )
                                                                                    .and_then(self::r#ANY)
                                                                            }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(non_snake_case, unused_variables)]
                pub fn r#WHITESPACE(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .atomic(
                            ::pest::Atomicity::Atomic,
                            crate::generated::step(|state| {
                                state
                                    .sequence(
                                        crate::generated::step(|state| {
                                            state
                                                .match_string(" ")
                                                .or_else(
                                                    crate::generated::step(|state| { state.match_string("\n") }),
                                                )
                                                .or_else(
                                                    crate::generated::step(|state| { state.match_string("\t") }),
                                                )
                                                .or_else(
                                                    crate::generated::step(|state| { state.match_string("\r") }),
                                                )
                                                .and_then(
                                                    crate::generated::step(|state| {
                                                        state
                                                            .repeat(
                                                                crate::generated::step(|state| {
                                                                    state
                                                                        .match_string(" ")
                                                                        .or_else(
                                                                            crate::generated::step(|state| { state.match_string("\n") }),
                                                                        )
                                                                        .or_else(
                                                                            crate::generated::step(|state| { state.match_string("\t") }),
                                                                        )
                                                                        .or_else(
                                                                            crate::generated::step(|state| { state.match_string("\r") }),
                                                                        )
                                                                }),
                                                            )
                                                    }),
                                                )
                                        }),
                                    )
                            }),
                        )
                }
                #[inline]
                #[allow(dead_code, non_snake_case, unused_variables)]
                pub fn ANY(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state.skip(1)
                }
                #[inline]
                #[allow(dead_code, non_snake_case, unused_variables)]
                pub fn EOI(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .rule(
                            Rule::EOI,
                            crate::generated::step(|state| state.end_of_input()),
                        )
                }
                #[inline]
                #[allow(dead_code, non_snake_case, unused_variables)]
                pub fn SOI(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state.start_of_input()
                }
                #[inline]
                #[allow(dead_code, non_snake_case, unused_variables)]
                pub fn ASCII_DIGIT(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state.match_range('0'..'9')
                }
                #[inline]
                #[allow(dead_code, non_snake_case, unused_variables)]
                pub fn ASCII_ALPHA(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .match_range('a'..'z')
                        .or_else(
                            crate::generated::step(|state| state.match_range('A'..'Z')),
                        )
                }
                #[inline]
                #[allow(dead_code, non_snake_case, unused_variables)]
                pub fn ASCII_ALPHANUMERIC(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .match_range('a'..'z')
                        .or_else(
                            crate::generated::step(|state| state.match_range('A'..'Z')),
                        )
                        .or_else(
                            crate::generated::step(|state| state.match_range('0'..'9')),
                        )
                }
                #[inline]
                #[allow(dead_code, non_snake_case, unused_variables)]
                pub fn NEWLINE(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state
                        .match_string("\n")
                        .or_else(
                            crate::generated::step(|state| state.match_string("\r\n")),
                        )
                        .or_else(
                            crate::generated::step(|state| state.match_string("\r")),
                        )
                }
                #[inline]
                #[allow(dead_code, non_snake_case, unused_variables)]
                fn ALPHABETIC(
                    state: ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                ) -> ::pest::ParseResult<
                    ::std::boxed::Box<::pest::ParserState<'_, Rule>>,
                > {
                    state.match_char_by(::pest::unicode::ALPHABETIC)
                }
            }
            pub use self::visible::*;
        }
        ::pest::state(
            input,
            |state| {
                match rule {
                    Rule::r#file => rules::r#file(state),
                    Rule::r#workflow => rules::r#workflow(state),
                    Rule::r#item => rules::r#item(state),
                    Rule::r#allow => rules::r#allow(state),
                    Rule::r#code => rules::r#code(state),
                    Rule::r#state => rules::r#state(state),
                    Rule::r#misspelt => rules::r#misspelt(state),
                    Rule::r#kind => rules::r#kind(state),
                    Rule::r#variables => rules::r#variables(state),
                    Rule::r#was => rules::r#was(state),
                    Rule::r#action => rules::r#action(state),
                    Rule::r#guard => rules::r#guard(state),
                    Rule::r#parameters => rules::r#parameters(state),
                    Rule::r#transition => rules::r#transition(state),
                    Rule::r#header => rules::r#header(state),
                    Rule::r#broken_header => rules::r#broken_header(state),
                    Rule::r#sources => rules::r#sources(state),
                    Rule::r#source => rules::r#source(state),
                    Rule::r#target => rules::r#target(state),
                    Rule::r#activity => rules::r#activity(state),
                    Rule::r#places => rules::r#places(state),
                    Rule::r#place => rules::r#place(state),
                    Rule::r#exceptions => rules::r#exceptions(state),
                    Rule::r#exception => rules::r#exception(state),
                    Rule::r#during => rules::r#during(state),
                    Rule::r#retired_state => rules::r#retired_state(state),
                    Rule::r#retired_transition => rules::r#retired_transition(state),
                    Rule::r#body => rules::r#body(state),
                    Rule::r#clause => rules::r#clause(state),
                    Rule::r#automatic => rules::r#automatic(state),
                    Rule::r#alias => rules::r#alias(state),
                    Rule::r#when => rules::r#when(state),
                    Rule::r#run => rules::r#run(state),
                    Rule::r#retry => rules::r#retry(state),
                    Rule::r#backoff => rules::r#backoff(state),
                    Rule::r#timeout => rules::r#timeout(state),
                    Rule::r#after => rules::r#after(state),
                    Rule::r#on_interrupt => rules::r#on_interrupt(state),
                    Rule::r#on_error => rules::r#on_error(state),
                    Rule::r#fire => rules::r#fire(state),
                    Rule::r#inline_error => rules::r#inline_error(state),
                    Rule::r#error_target => rules::r#error_target(state),
                    Rule::r#entry => rules::r#entry(state),
                    Rule::r#field => rules::r#field(state),
                    Rule::r#default => rules::r#default(state),
                    Rule::r#separator => rules::r#separator(state),
                    Rule::r#type => rules::r#type(state),
                    Rule::r#generic => rules::r#generic(state),
                    Rule::r#arguments => rules::r#arguments(state),
                    Rule::r#argument => rules::r#argument(state),
                    Rule::r#value => rules::r#value(state),
                    Rule::r#reference => rules::r#reference(state),
                    Rule::r#name => rules::r#name(state),
                    Rule::r#called => rules::r#called(state),
                    Rule::r#item_start => rules::r#item_start(state),
                    Rule::r#retired_start => rules::r#retired_start(state),
                    Rule::r#clause_start => rules::r#clause_start(state),
                    Rule::r#item_letters => rules::r#item_letters(state),
                    Rule::r#clause_letters => rules::r#clause_letters(state),
                    Rule::r#junk_file => rules::r#junk_file(state),
                    Rule::r#junk_item => rules::r#junk_item(state),
                    Rule::r#junk_item_end => rules::r#junk_item_end(state),
                    Rule::r#junk_close => rules::r#junk_close(state),
                    Rule::r#junk_header => rules::r#junk_header(state),
                    Rule::r#junk_allow => rules::r#junk_allow(state),
                    Rule::r#junk_clause => rules::r#junk_clause(state),
                    Rule::r#junk_clause_end => rules::r#junk_clause_end(state),
                    Rule::r#junk_target => rules::r#junk_target(state),
                    Rule::r#junk_entry => rules::r#junk_entry(state),
                    Rule::r#junk_after => rules::r#junk_after(state),
                    Rule::r#junk_entry_end => rules::r#junk_entry_end(state),
                    Rule::r#junk_value => rules::r#junk_value(state),
                    Rule::r#quoted => rules::r#quoted(state),
                    Rule::r#braced => rules::r#braced(state),
                    Rule::r#need_name => rules::r#need_name(state),
                    Rule::r#need_open => rules::r#need_open(state),
                    Rule::r#need_close => rules::r#need_close(state),
                    Rule::r#need_paren_close => rules::r#need_paren_close(state),
                    Rule::r#need_angle_close => rules::r#need_angle_close(state),
                    Rule::r#need_state => rules::r#need_state(state),
                    Rule::r#need_colon => rules::r#need_colon(state),
                    Rule::r#need_comma => rules::r#need_comma(state),
                    Rule::r#need_arrow => rules::r#need_arrow(state),
                    Rule::r#need_source => rules::r#need_source(state),
                    Rule::r#need_target => rules::r#need_target(state),
                    Rule::r#need_type => rules::r#need_type(state),
                    Rule::r#need_value => rules::r#need_value(state),
                    Rule::r#need_variable => rules::r#need_variable(state),
                    Rule::r#need_action => rules::r#need_action(state),
                    Rule::r#need_guard => rules::r#need_guard(state),
                    Rule::r#need_transition => rules::r#need_transition(state),
                    Rule::r#need_error => rules::r#need_error(state),
                    Rule::r#need_quote => rules::r#need_quote(state),
                    Rule::r#need_in => rules::r#need_in(state),
                    Rule::r#need_place => rules::r#need_place(state),
                    Rule::r#need_exception => rules::r#need_exception(state),
                    Rule::r#need_count => rules::r#need_count(state),
                    Rule::r#need_duration => rules::r#need_duration(state),
                    Rule::r#need_policy => rules::r#need_policy(state),
                    Rule::r#need_code => rules::r#need_code(state),
                    Rule::r#open => rules::r#open(state),
                    Rule::r#close => rules::r#close(state),
                    Rule::r#paren => rules::r#paren(state),
                    Rule::r#paren_close => rules::r#paren_close(state),
                    Rule::r#angle => rules::r#angle(state),
                    Rule::r#angle_close => rules::r#angle_close(state),
                    Rule::r#colon => rules::r#colon(state),
                    Rule::r#comma => rules::r#comma(state),
                    Rule::r#pipe => rules::r#pipe(state),
                    Rule::r#dot => rules::r#dot(state),
                    Rule::r#star => rules::r#star(state),
                    Rule::r#question => rules::r#question(state),
                    Rule::r#arrow => rules::r#arrow(state),
                    Rule::r#range => rules::r#range(state),
                    Rule::r#equals => rules::r#equals(state),
                    Rule::r#kw_workflow => rules::r#kw_workflow(state),
                    Rule::r#kw_state => rules::r#kw_state(state),
                    Rule::r#kw_action => rules::r#kw_action(state),
                    Rule::r#kw_guard => rules::r#kw_guard(state),
                    Rule::r#kw_transition => rules::r#kw_transition(state),
                    Rule::r#kw_automatic => rules::r#kw_automatic(state),
                    Rule::r#kw_alias => rules::r#kw_alias(state),
                    Rule::r#kw_when => rules::r#kw_when(state),
                    Rule::r#kw_not => rules::r#kw_not(state),
                    Rule::r#kw_do => rules::r#kw_do(state),
                    Rule::r#kw_on => rules::r#kw_on(state),
                    Rule::r#kw_error => rules::r#kw_error(state),
                    Rule::r#kw_fire => rules::r#kw_fire(state),
                    Rule::r#kw_activity => rules::r#kw_activity(state),
                    Rule::r#kw_in => rules::r#kw_in(state),
                    Rule::r#kw_except => rules::r#kw_except(state),
                    Rule::r#kw_during => rules::r#kw_during(state),
                    Rule::r#kw_retry => rules::r#kw_retry(state),
                    Rule::r#kw_backoff => rules::r#kw_backoff(state),
                    Rule::r#kw_timeout => rules::r#kw_timeout(state),
                    Rule::r#kw_after => rules::r#kw_after(state),
                    Rule::r#kw_rerun => rules::r#kw_rerun(state),
                    Rule::r#kw_fail => rules::r#kw_fail(state),
                    Rule::r#kw_ask => rules::r#kw_ask(state),
                    Rule::r#kw_probe => rules::r#kw_probe(state),
                    Rule::r#kw_retired => rules::r#kw_retired(state),
                    Rule::r#kw_allow => rules::r#kw_allow(state),
                    Rule::r#kw_interrupt => rules::r#kw_interrupt(state),
                    Rule::r#kw_was => rules::r#kw_was(state),
                    Rule::r#token => rules::r#token(state),
                    Rule::r#hash => rules::r#hash(state),
                    Rule::r#other => rules::r#other(state),
                    Rule::r#word => rules::r#word(state),
                    Rule::r#ident_char => rules::r#ident_char(state),
                    Rule::r#number => rules::r#number(state),
                    Rule::r#minus => rules::r#minus(state),
                    Rule::r#digits => rules::r#digits(state),
                    Rule::r#string => rules::r#string(state),
                    Rule::r#text => rules::r#text(state),
                    Rule::r#quote => rules::r#quote(state),
                    Rule::r#doc => rules::r#doc(state),
                    Rule::r#inner_doc => rules::r#inner_doc(state),
                    Rule::r#COMMENT => rules::r#COMMENT(state),
                    Rule::r#WHITESPACE => rules::r#WHITESPACE(state),
                    Rule::EOI => rules::EOI(state),
                }
            },
        )
    }
}
