//! `resource_name(shape, name, part…)`: the full name of an object that a name stands for.
//!
//! Takes the shape of a name, such as `projects/*/locations/*/lakes/*`, an argument that holds either the whole name or
//! its last part, and the other parts in order, and returns the whole name. A provider that takes both forms reads the
//! project from the whole name and ignores its argument `project`; so does this function.
//!
//! Providers look for a shape anywhere in the text. A text of any other shape (a name within a name, a dot segment, a
//! further slash) may therefore mean an object elsewhere, and it is not read: the result is any value.

use std::borrow::Cow;

use crate::possible::Possible;

/// The name of an object; each argument is one value.
pub(super) fn resource_name<'v>(arguments: &[Possible<'v>]) -> Possible<'v> {
    let [shape, name, parts @ ..] = arguments else { return Possible::NULL };
    let (shape, name) = match (shape.as_known(), read_text(name)) {
        (Some(shape), Ok(name)) => (shape, name),
        (Some(_), Err(unknown)) => return unknown,
        (None, _) => return other_shape(),
    };
    if fits(&shape, &name) {
        return Possible::known(&name);
    }
    // The last part stands in the name itself.
    let mut values: Vec<Cow<'_, str>> = Vec::with_capacity(parts.len() + 1);
    for part in parts {
        match read_text(part) {
            Ok(text) => values.push(text),
            Err(unknown) => return unknown,
        }
    }
    values.push(name);
    fill(&shape, &values).map_or_else(other_shape, |name| Possible::known(&name))
}

/// The text of an argument, or the value that stands for what is not known.
fn read_text<'a, 'v>(argument: &'a Possible<'v>) -> Result<Cow<'a, str>, Possible<'v>> {
    if argument.as_unknown().is_some() {
        return Err(argument.clone());
    }
    if argument.is_null() || argument.is_list() {
        return Err(other_shape());
    }
    argument.as_known().ok_or_else(|| Possible::unknown(argument.clone().into_origin()))
}

fn other_shape<'v>() -> Possible<'v> {
    Possible::unreadable("a resource name of a shape that is not documented")
}

/// Whether a text is a whole name of the shape, with a plain part for each `*`.
fn fits(shape: &str, name: &str) -> bool {
    let (mut pattern, mut segments) = (shape.split('/'), name.split('/'));
    loop {
        match (pattern.next(), segments.next()) {
            (None, None) => return true,
            (Some(pattern), Some(segment)) if fits_segment(pattern, segment) => {}
            (Some(_) | None, _) => return false,
        }
    }
}

fn fits_segment(pattern: &str, segment: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(prefix) => segment.strip_prefix(prefix).is_some_and(is_plain),
        None => pattern == segment,
    }
}

/// The shape with a value for each `*`. `None` where a value is not plain, or where there are more or fewer.
fn fill(shape: &str, values: &[Cow<'_, str>]) -> Option<String> {
    let mut values = values.iter();
    let mut name = String::new();
    for (at, pattern) in shape.split('/').enumerate() {
        if at > 0 {
            name.push('/');
        }
        let Some(prefix) = pattern.strip_suffix('*') else {
            name.push_str(pattern);
            continue;
        };
        name.push_str(prefix);
        name.push_str(values.next().filter(|value| is_plain(value))?);
    }
    values.next().is_none().then_some(name)
}

/// Whether a text is one segment of a path that nothing decodes or resolves.
fn is_plain(text: &str) -> bool {
    let is_plain_char = |char: char| char.is_ascii_alphanumeric() || "-_.~:@+".contains(char);
    !matches!(text, "" | "." | "..") && text.chars().all(is_plain_char)
}

#[cfg(test)]
mod tests {
    use super::{Possible, resource_name};

    const SHAPE: &str = "projects/*/locations/*/lakes/*";

    fn name_of(shape: &str, name: &str, parts: &[&str]) -> Option<String> {
        let texts = [&[shape, name], parts].concat();
        let arguments: Vec<Possible<'_>> = texts.iter().map(|text| Possible::known(text)).collect();
        resource_name(&arguments).as_known().map(|name| name.into_owned())
    }

    #[test]
    fn a_whole_name_beats_the_parts() {
        let whole = "projects/other/locations/l/lakes/a";
        assert_eq!(name_of(SHAPE, whole, &["own", "here"]).as_deref(), Some(whole));
        let unknown =
            [Possible::known(SHAPE), Possible::known(whole), Possible::deferred("x"), Possible::NULL];
        assert_eq!(resource_name(&unknown).as_known().as_deref(), Some(whole));
    }

    #[test]
    fn a_plain_name_takes_the_parts() {
        let found = name_of(SHAPE, "a", &["own", "here"]);
        assert_eq!(found.as_deref(), Some("projects/own/locations/here/lakes/a"));
        let found = name_of("projects/*/iap_web/appengine-*", "a", &["own"]);
        assert_eq!(found.as_deref(), Some("projects/own/iap_web/appengine-a"));
        let whole = "projects/other/iap_web/appengine-a";
        assert_eq!(name_of("projects/*/iap_web/appengine-*", whole, &["own"]).as_deref(), Some(whole));
        assert_eq!(name_of("*", "a", &[]).as_deref(), Some("a"));
    }

    #[test]
    fn any_other_shape_is_not_read() {
        let others = [
            "",
            ".",
            "..",
            "a/",
            "/a",
            "a/b",
            "here/a",
            "own/here/a",
            "projects/own/locations/l/lakes/a/",
            "projects/own/locations/l/lakes/..",
            "projects/../locations/l/lakes/a",
            "projects//locations/l/lakes/a",
            "projects/own/locations/l/lakes/a/b",
            "x/projects/own/locations/l/lakes/a",
            "projects/projects/other/locations/l/lakes/a",
            "a?b",
            "a%2fb",
            "a b",
            "a*",
            "lakes/a",
        ];
        for other in others {
            assert_eq!(name_of(SHAPE, other, &["own", "here"]), None, "{other}");
        }
        for part in ["projects/other", "..", "", "a/b"] {
            assert_eq!(name_of(SHAPE, "a", &[part, "here"]), None, "{part}");
        }
        assert_eq!(name_of(SHAPE, "a", &["own"]), None, "a part is missing");
        let null = [Possible::known(SHAPE), Possible::known("a"), Possible::NULL, Possible::known("here")];
        assert!(resource_name(&null).as_unknown().is_some());
        assert_eq!(name_of("*", "a/b", &[]), None);
    }
}
