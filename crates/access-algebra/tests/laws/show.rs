//! Policies in short notation, for messages of failed tests.

use access_algebra::{Access, Pattern, Strings, Test, Token};

/// A policy, one statement a line.
pub(crate) fn show(access: &Access) -> String {
    let set = |strings: &Strings| {
        format!(
            "{} - {}",
            strings.include.iter().map(pattern).collect::<Vec<_>>().join(" | "),
            strings.exclude.iter().map(pattern).collect::<Vec<_>>().join(" | ")
        )
    };
    fn pattern(pattern: &Pattern) -> String {
        format!(
            "<{}>",
            pattern
                .tokens()
                .iter()
                .map(|token| match token {
                    Token::Literal(text) => format!("{text:?}"),
                    Token::Folded(text) => format!("~{text:?}"),
                    Token::One(stop) => stop.map_or("?".to_owned(), |stop| format!("?{stop}")),
                    Token::Run(stop) => stop.map_or("*".to_owned(), |stop| format!("*{stop}")),
                    Token::Hole(hole) => format!("${{{:?} {}}}", hole.kind, hole.name),
                })
                .collect::<Vec<_>>()
                .join(" ")
        )
    }
    access
        .statements
        .iter()
        .map(|one| {
            let conditions: Vec<_> = one
                .conditions
                .iter()
                .map(|condition| {
                    let test = match &condition.test {
                        Test::Text { values, negated } => format!(
                            "text {} negated {negated}",
                            values.iter().map(pattern).collect::<Vec<_>>().join(" | ")
                        ),
                        other => format!("{other:?}"),
                    };
                    format!(
                        "{} {:?} absent {}: {test}",
                        condition.key, condition.quantifier, condition.if_absent
                    )
                })
                .collect();
            format!(
                "\n  {:?} P {} A {} R {} C {conditions:#?}",
                one.effect,
                set(&one.principals),
                set(&one.actions),
                set(&one.resources)
            )
        })
        .collect()
}
