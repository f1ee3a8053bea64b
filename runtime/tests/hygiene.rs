//! Names that the generated code uses itself, in a place that has no prelude and
//! forbids everything that can be forbidden.

#![deny(missing_docs, warnings)]
#![forbid(unsafe_code)]

/// What has no names but its own.
mod bare {
    #![no_implicit_prelude]

    ::inflight::workflow! {
        allow undocumented_error_state
        pub(crate) workflow mod {
            initial state option
            state result { context: string, actions: int, state: bool, name: string?, lock: int }
            state some { transition: int }
            error state err { fields: string, value: list<map<bool?>>? }
            error state state { fields: string }
            state a
            error state ok
            action clone(context: string, cx: int, actions: int, result: string?)
            action type(state: bool) -> some
            guard check(state: int, actions: int, name: string)
            guard other(number: int)
            transition next(context: string, actions: int, state: bool, name: string?, lock: int):
                option -> result
            {
                when check(state: actions, actions: actions, name: context)
                when not other(number: -3)
                do clone(context: context, cx: actions, actions: lock, result: name)
                on error match -> err(fields: failure)
            }
            transition drop(transition: int): result -> some
            transition await: result -> some { do type(state: true) }
            transition at(fields: string): some -> state
            transition back: err | state | ok -> option
            transition break: some -> ok
            transition as: ok -> a
            transition a: a -> option
            transition all: * -> same
            transition fn: result -> result(
                context: source.context,
                actions: 9223372036854775807,
                state: false,
                name: source.name,
                lock: -9223372036854775808
            )
        }
    }
}

#[test]
fn names_of_rust_are_names_like_others() {
    let name: bare::r#mod::TransitionName = "fn".parse().unwrap();
    assert_eq!(name, bare::r#mod::TransitionName::Fn);
    let refused = "f".parse::<bare::r#mod::StateName>().unwrap_err();
    assert_eq!(refused.to_string(), "there is no state `f`");
    assert!(bare::r#mod::State::Ok.is_ok());
}
