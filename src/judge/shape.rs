//! The shape of a statement: what is left of it without the names of those who hold it and of what it is about.
//!
//! Grants that one module makes in many places have one shape. Actions, operators and keys stay, and of a resource its
//! separators and wildcards. Two grants of one shape need not be equally wide: nothing is decided by it.

use crate::finding::{AccessCondition, AccessStatement, ConditionQuantifier, NameSet};
use crate::resolve::place::{ObjectPlace, PlaceWord};
use access_algebra::Effect;

/// What stands for a name.
const BLANK: char = '_';

/// Describes the shape of a statement, of a grant that lands in a place.
pub(super) fn describe_shape(statement: &AccessStatement, place: &ObjectPlace) -> String {
    let without_place = |text: &String| blank_place(text, place);
    let actions = describe_set(&statement.actions, &without_place);
    let resources = describe_set(&statement.resources, &|text| blank_names(text));
    let mut conditions: Vec<String> =
        statement.conditions.iter().map(|condition| describe_condition(condition, &without_place)).collect();
    conditions.sort();
    let effect = match statement.effect {
        Effect::Allow => "allow",
        Effect::Deny => "deny",
    };
    format!("{effect} {actions} on {resources} when {}", conditions.join(" and "))
}

fn describe_set(set: &NameSet, blank: &dyn Fn(&String) -> String) -> String {
    format!("[{}] but not [{}]", join_sorted(&set.names, blank), join_sorted(&set.except, blank))
}

fn join_sorted(names: &[String], blank: &dyn Fn(&String) -> String) -> String {
    let mut blanked: Vec<String> = names.iter().map(blank).collect();
    blanked.sort();
    blanked.dedup();
    blanked.join(" ")
}

fn describe_condition(condition: &AccessCondition, without_place: &dyn Fn(&String) -> String) -> String {
    match condition {
        AccessCondition::Expression(text) => blank_literals(text),
        AccessCondition::Test { key, operator, values, quantifier, if_absent } => {
            let quantifier = match quantifier {
                ConditionQuantifier::One => "",
                ConditionQuantifier::Any => "any ",
                ConditionQuantifier::All => "all ",
            };
            let absent = if *if_absent { " or absent" } else { "" };
            let values = join_sorted(values, &|text| blank_names(text));
            format!("{quantifier}{} {} [{values}]{absent}", without_place(key), operator.name())
        }
    }
}

/// Replaces the names of a place.
fn blank_place(text: &str, place: &ObjectPlace) -> String {
    let names = PlaceWord::ALL.iter().filter(|word| word.is_whole()).filter_map(|word| place.name(*word));
    names.filter(|name| !name.is_empty()).fold(text.to_owned(), |text, name| text.replace(name, "_"))
}

/// Replaces each run of characters between separators and wildcards. What an ARN or a full resource name of Google begins
/// with says of which service it is, and stays.
fn blank_names(text: &str) -> String {
    let kept = if text.starts_with("arn:") {
        text.match_indices(':').nth(2).map_or(0, |(at, _)| at)
    } else if let Some(rest) = text.strip_prefix("//") {
        rest.find('/').map_or(0, |at| at + "//".len())
    } else {
        0
    };
    let (head, rest) = text.split_at_checked(kept).unwrap_or(("", text));
    let mut blanked = head.to_owned();
    for symbol in rest.chars() {
        if matches!(symbol, ':' | '/' | '@' | '*' | '?') {
            blanked.push(symbol);
        } else if !blanked.ends_with(BLANK) || blanked.len() == head.len() {
            blanked.push(BLANK);
        }
    }
    blanked
}

/// Replaces what stands in quotes.
fn blank_literals(text: &str) -> String {
    let mut blanked = String::new();
    let mut quote = None;
    for symbol in text.chars() {
        match quote {
            Some(open) if symbol == open => {
                blanked.push(BLANK);
                blanked.push(symbol);
                quote = None;
            }
            Some(_) => {}
            None => {
                blanked.push(symbol);
                quote = matches!(symbol, '\'' | '"').then_some(symbol);
            }
        }
    }
    blanked
}

#[cfg(test)]
mod tests {
    use super::{blank_literals, blank_names, blank_place};
    use crate::resolve::place::{ObjectPlace, PlaceWord};

    #[test]
    fn names_are_blanked_and_structure_stays() {
        for (text, blanked) in [
            ("arn:aws:s3:::payments-eu/*", "arn:aws:s3:::_/*"),
            ("arn:aws:iam::111122223333:role/ci/deployer", "arn:aws:iam::_:_/_/_"),
            ("arn:aws-cn:sqs:cn-north-1:1:q*", "arn:aws-cn:sqs:_:_:_*"),
            ("//storage.googleapis.com/projects/_/buckets/b", "//storage.googleapis.com/_/_/_/_"),
            ("/subscriptions/1/resourceGroups/r", "/_/_/_/_"),
            ("*", "*"),
            ("", ""),
            ("arn:", "_:"),
        ] {
            assert_eq!(blank_names(text), blanked, "{text}");
        }
        let place = ObjectPlace::default().with(PlaceWord::Account, Some("111122223333"));
        assert_eq!(blank_place("arn:aws:iam::111122223333:policy/p", &place), "arn:aws:iam::_:policy/p");
        assert_eq!(
            blank_literals("resource.name == 'a' && x == \"b\""),
            "resource.name == '_' && x == \"_\""
        );
    }
}
