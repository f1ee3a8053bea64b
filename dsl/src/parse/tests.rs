//! What the grammar makes of a text: the items it sees, and what it misses.

use crate::diagnostic::Diagnostics;
use crate::parse::parse;
use crate::syntax::{
    Arguments, Call, Clause, ClauseKind, Field, Handler, Source, Target, Transition, Type,
    TypeKind, Workflow,
};

/// The tree in one line an item, and after it what was reported.
fn tree(text: &str) -> String {
    let mut diagnostics = Diagnostics::default();
    let file = parse(text, &mut diagnostics).unwrap();
    let items = file.workflows.iter().flat_map(items);
    let reported = diagnostics.finish().into_iter().map(|one| {
        let found = one.span.text(text);
        format!("! {found}: {}", one.message)
    });
    items.chain(reported).collect::<Vec<_>>().join("\n")
}

/// The tree of items within one workflow.
fn body(text: &str) -> String {
    tree(&format!("workflow w {{ {text} }}"))
}

fn items(workflow: &Workflow<'_>) -> Vec<String> {
    let name =
        |word: Option<crate::syntax::Word<'_>>| word.map_or("?", |word| word.text).to_string();
    let states = workflow.states.iter().map(|state| {
        let variables = fields(&state.variables);
        format!("{:?} {}{variables}", state.kind, name(state.name))
    });
    let actions = workflow.actions.iter().map(|action| {
        let result = action
            .result
            .map_or(String::new(), |result| format!(" -> {}", result.text));
        format!(
            "action {}{}{result}",
            name(action.name),
            fields(&action.parameters)
        )
    });
    let guards = workflow
        .guards
        .iter()
        .map(|guard| format!("guard {}{}", name(guard.name), fields(&guard.parameters)));
    let transitions = workflow.transitions.iter().map(transition);
    let head = std::iter::once(format!("workflow {}", name(workflow.name)));
    head.chain(states)
        .chain(actions)
        .chain(guards)
        .chain(transitions)
        .collect()
}

fn fields(fields: &[Field<'_>]) -> String {
    let fields = fields.iter().map(|field| {
        let docs = field.docs.join("/");
        let ty = field.ty.as_ref().map_or("?".into(), ty);
        format!("{}: {ty}{docs}", field.name.text)
    });
    format!("({})", fields.collect::<Vec<_>>().join(", "))
}

fn ty(of: &Type<'_>) -> String {
    match &of.kind {
        TypeKind::Named(name) => (*name).into(),
        TypeKind::Generic(name, parts) => {
            let parts = parts
                .iter()
                .map(|part| part.as_ref().map_or("?".into(), ty));
            format!("{}<{}>", name.text, parts.collect::<Vec<_>>().join(", "))
        }
        TypeKind::Optional(inner) => format!("{}?", ty(inner)),
        TypeKind::Rust(path) => format!("{path:?}"),
        TypeKind::Broken => "!".into(),
    }
}

fn transition(of: &Transition<'_>) -> String {
    let sources = of.sources.iter().map(|source| match source {
        None => "?",
        Some(Source::Any(_)) => "*",
        Some(Source::Named(word)) => word.text,
    });
    format!(
        "{}{}: {} -> {} {{{} }}",
        of.name.map_or("?", |name| name.text),
        fields(&of.inputs),
        sources.collect::<Vec<_>>().join(" | "),
        of.target.as_ref().map_or("?".into(), target),
        of.clauses.iter().map(clause).collect::<String>()
    )
}

fn target(of: &Target<'_>) -> String {
    format!("{}{}", of.state.text, arguments(of.values.as_ref()))
}

fn clause(of: &Clause<'_>) -> String {
    match &of.kind {
        ClauseKind::Automatic => " automatic".into(),
        ClauseKind::Alias(alias) => format!(" alias {}", alias.map_or("?", |alias| alias.text)),
        ClauseKind::When { negated, guard } => {
            let not = if *negated { "not " } else { "" };
            format!(" when {not}{}", guard.as_ref().map_or("?".into(), call))
        }
        ClauseKind::Do(action) => format!(" do {}", action.as_ref().map_or("?".into(), call)),
        ClauseKind::Retry(retry) => format!(" retry {retry:?}"),
        ClauseKind::Backoff => " backoff".into(),
        ClauseKind::Timeout(length) => format!(" timeout {length:?}"),
        ClauseKind::After(length) => format!(" after {length:?}"),
        ClauseKind::OnInterrupt(policy) => format!(" on interrupt {policy:?}"),
        ClauseKind::OnError(None) => " on error ?".into(),
        ClauseKind::OnError(Some(Handler::Fire(fired))) => format!(" fire {}", call(fired)),
        ClauseKind::OnError(Some(Handler::Inline(inline))) => {
            format!(" on error {}", transition(inline))
        }
    }
}

fn call(of: &Call<'_>) -> String {
    format!("{}{}", of.name.text, arguments(of.arguments.as_ref()))
}

fn arguments(of: Option<&Arguments<'_>>) -> String {
    let Some(of) = of else {
        return String::new();
    };
    let list = of.list.iter().map(|argument| {
        let value = argument.value.as_ref();
        let value = value.map_or("?".into(), |value| format!("{:?}", value.kind));
        format!("{}: {value}", argument.name.text)
    });
    format!("({})", list.collect::<Vec<_>>().join(", "))
}

#[test]
fn states() {
    insta::assert_snapshot!(body("initial state a state b { x: int, /// Docs.\n y: list<map<string?>>?, } error state c {} final state d"), @r#"
    workflow w
    Initial a()
    Ordinary b(x: int, y: list<map<string?>>?Docs.)
    Error c()
    Final d()
    "#);
    insta::assert_snapshot!(body("state state state action"), @r#"
    workflow w
    Ordinary state()
    Ordinary action()
    "#);
    insta::assert_snapshot!(body("state { x: int } state b { x int y: string }"), @r#"
    workflow w
    Ordinary ?(x: int)
    Ordinary b(x: int, y: string)
    ! {: expected a name, found `{`
    ! int: expected `:`, found `int`
    ! y: expected `,`, found `y`
    "#);
    insta::assert_snapshot!(body("initial a state b { 3 } final stat c"), @r#"
    workflow w
    Initial a()
    Ordinary b()
    Final c()
    ! a: expected `state`, found `a`
    ! 3: expected a name, found `3`
    ! stat: expected `state`, found `stat`
    "#);
    insta::assert_snapshot!(body("state a { x: int state b"), @r#"
    workflow w
    Ordinary a(x: int)
    Ordinary b()
    ! state: expected `}`, found `state`
    "#);
}

#[test]
fn actions_and_guards() {
    insta::assert_snapshot!(body("action a action b() action c(x: int, y: bool,) -> d guard e guard f(x: json)"), @r#"
    workflow w
    action a()
    action b()
    action c(x: int, y: bool) -> d
    guard e()
    guard f(x: json)
    "#);
    insta::assert_snapshot!(body("action action guard guard"), @r#"
    workflow w
    action action()
    guard guard()
    "#);
    insta::assert_snapshot!(body("action a -> guard b(x) action (y: int)"), @r#"
    workflow w
    action a()
    action ?(y: int)
    guard b(x: ?)
    ! guard: expected a state, found `guard`
    ! ): expected `:`, found `)`
    ! (: expected a name, found `(`
    "#);
}

#[test]
fn transitions() {
    insta::assert_snapshot!(body("transition a: b -> c transition d(x: int): e | f -> g(y: x, z: source.z) {} transition h: * -> same"), @r#"
    workflow w
    a(): b -> c { }
    d(x: int): e | f -> g(y: Input("x"), z: Source("z")) { }
    h(): * -> same { }
    "#);
    insta::assert_snapshot!(body("transition transition: state -> action transition a: b -> state state c"), @r#"
    workflow w
    Ordinary c()
    transition(): state -> action { }
    a(): b -> state { }
    "#);
    insta::assert_snapshot!(body("transition a b -> c transition d: -> e transition f: g -> transition h: i"), @r#"
    workflow w
    a(): b -> c { }
    d(): ? -> e { }
    f(): g -> ? { }
    h(): i -> ? { }
    ! b: expected `:`, found `b`
    ! ->: expected a source state or `*`, found `->`
    ! transition: expected a state, found `transition`
    ! }: expected `->`, found `}`
    "#);
    insta::assert_snapshot!(body("transition a = b -> c { automatic } transition d: e, f -> g { alias h }"), @r#"
    workflow w
    a(): ? -> ? { automatic }
    d(): ? -> ? { alias h }
    ! =: expected `:`, found `=`
    ! ,: expected `->`, found `,`
    "#);
    insta::assert_snapshot!(body("transition a: b -> c(x: , y 3, 4) { } transition d: e -> f"), @r#"
    workflow w
    a(): b -> c(x: ?, y: Int(3)) { }
    d(): e -> f { }
    ! ,: expected a value, found `,`
    ! 3: expected `:`, found `3`
    ! 4: values are given by name
    "#);
}

#[test]
fn clauses() {
    insta::assert_snapshot!(body("transition a: b -> c { automatic alias d when e when not f(x: 1) do g(y: \"h\") on error i -> j { do k } }"), @r#"
    workflow w
    a(): b -> c { automatic alias d when e when not f(x: Int(1)) do g(y: String("h")) on error i():  -> j { do k } }
    "#);
    insta::assert_snapshot!(body("transition a: b -> c { do do on error fire fire } transition d: e -> f { on error fire -> g }"), @r#"
    workflow w
    a(): b -> c { do do fire fire }
    d(): e -> f { on error fire():  -> g { } }
    "#);
    insta::assert_snapshot!(body("transition a: b -> c { alias alias automatic when when do do }"), @r#"
    workflow w
    a(): b -> c { alias alias automatic when when do do }
    "#);
    insta::assert_snapshot!(body("transition a: b -> c { autmatic do d onn error e -> f when g }"), @r#"
    workflow w
    a(): b -> c { do d when g }
    ! autmatic: expected a clause or `}`, found `autmatic`
    ! onn: expected a clause or `}`, found `onn`
    "#);
    insta::assert_snapshot!(body("transition a: b -> c { do d on error e -> f { do g } transition h: i -> j"), @r#"
    workflow w
    a(): b -> c { do d on error e():  -> f { do g } }
    h(): i -> j { }
    ! transition: expected `}`, found `transition`
    "#);
    insta::assert_snapshot!(body("transition a: b -> c { on error d e on error fire }"), @r#"
    workflow w
    a(): b -> c { on error ? on error ? }
    ! e: expected `->`, found `e`
    ! }: expected a transition, found `}`
    "#);
}

#[test]
fn values() {
    insta::assert_snapshot!(body("action a transition t: b -> c(a: -1_0, b: - 2.5e-3, c: 1e3, d: 30s, e: \"\\u{41}\\n\", f: true, g: null, h: failure, i: x)"), @r#"
    workflow w
    action a()
    t(): b -> c(a: Int(-10), b: Float(-0.0025), c: Float(1000.0), d: Duration(30000000000), e: String("A\n"), f: Bool(true), g: Null, h: Failure, i: Input("x")) { }
    "#);
    insta::assert_snapshot!(body("transition t: b -> c(a: source, b: source.x.y, c: \"d\\e\", f: 5q, g: [1, 2], h: -1s)"), @r#"
    workflow w
    t(): b -> c(a: Broken, b: Broken, c: Broken, f: Broken, g: ?, h: Broken) { }
    ! source: `source` names no variable
    ! source.x.y: `source.x.y` is no value
    ! \e: `\e` is no escape
    ! 5q: `5q` is no number and no duration
    ! [: expected a value, found `[`
    ! -1s: `-1s` is no number and no duration
    "#);
    insta::assert_snapshot!(body("transition t: b -> c(a: \"not closed)\n transition u: b -> c"), @r#"
    workflow w
    t(): b -> c(a: Broken) { }
    u(): b -> c { }
    ! "not closed): this string is not closed
    "#);
}

#[test]
fn files() {
    insta::assert_snapshot!(tree("//! File.\n/// Docs.\nworkflow a { } workflow b { }"), @r#"
    workflow a
    workflow b
    "#);
    insta::assert_snapshot!(tree("workfow a { state b } workflow c { state d } } state e workflow f { }"), @r#"
    workflow c
    Ordinary d()
    workflow f
    ! workfow: expected `workflow`, found `workfow`
    ! }: expected `workflow`, found `}`
    "#);
    insta::assert_snapshot!(tree("workflow { state a workflow b { state c"), @r#"
    workflow ?
    Ordinary a()
    workflow b
    Ordinary c()
    ! {: expected a name, found `{`
    ! workflow: expected `}`, found `workflow`
    ! c: expected `}`, found the end of the file
    "#);
}
