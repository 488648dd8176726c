//! References, as plan JSON and the sources write them.
//!
//! Takes `aws_iam_role.r["a.b"].arn` and the like and returns what it means, part by part: a variable, an output of a
//! child module, or an object of the same module. Nothing is looked up here.

use crate::plan::address;

/// What a reference means, seen from its module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reference<'r> {
    /// `var.NAME`.
    Variable(&'r str),
    /// `module.CALL.NAME`; the call may have a key.
    Output { call: &'r str, name: &'r str },
    /// `TYPE.NAME.ATTRIBUTE`, `data.TYPE.NAME.ATTRIBUTE`; the name may have a key.
    Object { is_data: bool, type_name: &'r str, name: &'r str, attribute: Option<&'r str> },
}

impl<'r> Reference<'r> {
    /// Reads a reference. `None` where it is neither of these.
    pub(super) fn parse(text: &'r str) -> Option<Self> {
        if let Some(variable) = text.strip_prefix("var.") {
            return Some(Self::Variable(variable));
        }
        if let Some(rest) = text.strip_prefix("module.") {
            let (call, name) = rest.rsplit_once('.')?;
            return Some(Self::Output { call, name });
        }
        let (is_data, rest) = match text.strip_prefix("data.") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (type_name, rest) = rest.split_once('.')?;
        let (name, attribute) = split_name(rest)?;
        Some(Self::Object { is_data, type_name, name, attribute })
    }
}

/// A reference without the keys of instances: `aws_iam_role.r["a.b"].arn` gives `aws_iam_role.r.arn`.
pub(super) fn without_keys(reference: &str) -> String {
    address::without_keys(reference)
}

/// The references of a list that are not the beginning of another one of it. Terraform lists `a.b.c`, then `a.b`.
pub(super) fn list_whole(references: &[String]) -> impl Iterator<Item = &str> {
    let is_beginning = |name: &str| {
        references
            .iter()
            .any(|other| other.strip_prefix(name).is_some_and(|rest| rest.starts_with(['.', '['])))
    };
    references.iter().map(String::as_str).filter(move |name| !is_beginning(name))
}

/// The one thing that the references of an expression speak of, as plan JSON lists them, and whether it is the instance
/// with the key of the one that refers to it.
pub(super) fn find_single(references: &[String]) -> Option<(&str, bool)> {
    let is_key = |name: &str| matches!(name, "each.key" | "each.value" | "count.index");
    let is_keyed = references.iter().any(|name| is_key(name));
    // Terraform lists `a.b.c`, then `a.b`.
    let is_beginning = |name: &str| {
        let rest = |other: &String| other.strip_prefix(name).map(|rest| rest.starts_with(['.', '[']));
        references.iter().any(|other| rest(other) == Some(true))
    };
    let mut whole = references.iter().map(String::as_str).filter(|name| !is_key(name) && !is_beginning(name));
    let first = whole.next()?;
    whole.all(|other| other == first).then_some((first, is_keyed))
}

/// `role["a.b"].arn` gives `role["a.b"]` and `arn`.
fn split_name(text: &str) -> Option<(&str, Option<&str>)> {
    let mut quoted = false;
    let mut escaped = false;
    for (at, symbol) in text.char_indices() {
        match symbol {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '.' if !quoted => return Some((text.get(..at)?, text.get(at + 1..))),
            _ => {}
        }
    }
    Some((text, None))
}

#[cfg(test)]
mod tests {
    use super::{Reference, find_single};

    #[test]
    fn keys_may_hold_dots() {
        let object = |name, attribute| Reference::Object { is_data: false, type_name: "t", name, attribute };
        assert_eq!(Reference::parse(r#"t.r["a.b"].arn"#), Some(object(r#"r["a.b"]"#, Some("arn"))));
        assert_eq!(Reference::parse("t.r"), Some(object("r", None)));
        assert_eq!(Reference::parse("module.m[0].o"), Some(Reference::Output { call: "m[0]", name: "o" }));
        assert_eq!(Reference::parse("var.v"), Some(Reference::Variable("v")));
        assert_eq!(Reference::parse("v"), None);
    }

    #[test]
    fn several_things_are_no_single_one() {
        let of = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            find_single(&names).map(|(name, is_keyed)| (name.to_owned(), is_keyed))
        };
        assert_eq!(of(&["t.r.arn", "t.r"]), Some(("t.r.arn".to_owned(), false)));
        assert_eq!(of(&["t.r.arn", "t.r", "each.key"]), Some(("t.r.arn".to_owned(), true)));
        assert_eq!(of(&["t.r.arn", "t.r", "t.s.arn", "t.s"]), None);
        assert_eq!(of(&[]), None);
    }
}
