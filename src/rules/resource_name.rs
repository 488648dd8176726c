//! `resource_name(shape, name, part…)`: the full name of an object that a name stands for.
//!
//! Takes the shape of a name, such as `projects/*/locations/*/lakes/*`, an argument that holds either the whole name or
//! its last part, and the other parts in order, and returns the whole name. A provider that takes both forms reads the
//! project from the whole name and ignores its argument `project`; so does this function.
//!
//! Providers look for a shape anywhere in the text. A text of any other shape (a name within a name, a dot segment, a
//! further slash) may therefore mean an object elsewhere, and it is not read: the result is any value. So is a text with a
//! hole, but for one that is a word: it has no slash in it, so it stands within one segment, and in no segment that has to
//! be just one text.

use super::holed_text::split;
use crate::lower::{Text, TextPart};
use crate::possible::Possible;

/// The name of an object; each argument is one value.
pub(super) fn resource_name<'v>(arguments: &[Possible<'v>]) -> Possible<'v> {
    let [shape, name, parts @ ..] = arguments else { return Possible::NULL };
    let (shape, name) = match (shape.as_known(), read_text(name)) {
        (Some(shape), Ok(name)) => (shape, name),
        (Some(_), Err(unknown)) => return unknown,
        (None, _) => return other_shape(),
    };
    match fits(&shape, &name) {
        Some(true) => return Possible::text(name),
        Some(false) => {}
        None => return other_shape(),
    }
    // The last part stands in the name itself.
    let mut values: Vec<Text> = Vec::with_capacity(parts.len() + 1);
    for part in parts {
        match read_text(part) {
            Ok(text) => values.push(text),
            Err(unknown) => return unknown,
        }
    }
    values.push(name);
    fill(&shape, &values).map_or_else(other_shape, Possible::text)
}

/// The text of an argument, or the value that stands for what is not known.
fn read_text<'v>(argument: &Possible<'v>) -> Result<Text, Possible<'v>> {
    if argument.as_unknown().is_some() {
        return Err(argument.clone());
    }
    if argument.is_null() || argument.is_list() {
        return Err(other_shape());
    }
    let text = argument.as_text().or_else(|| argument.as_known().map(|known| Text::known(&known)));
    let is_read = |part: &TextPart| match part {
        TextPart::Known(_) => true,
        TextPart::Hole(hole) => hole.is_word(),
    };
    text.filter(|text| text.parts.iter().all(is_read))
        .ok_or_else(|| Possible::unknown(argument.clone().into_origin()))
}

fn other_shape<'v>() -> Possible<'v> {
    Possible::unreadable("a resource name of a shape that is not documented")
}

/// Whether a text is a whole name of the shape, with a plain part for each `*`; `None` where that depends on its words.
fn fits(shape: &str, name: &Text) -> Option<bool> {
    let segments = split(name, "/")?;
    if shape.split('/').count() != segments.len() {
        return Some(false);
    }
    let each = shape.split('/').zip(&segments).map(|(pattern, segment)| fits_segment(pattern, segment));
    let all: Vec<Option<bool>> = each.collect();
    if all.contains(&Some(false)) {
        return Some(false);
    }
    (!all.contains(&None)).then_some(true)
}

fn fits_segment(pattern: &str, segment: &Text) -> Option<bool> {
    match (pattern.strip_suffix('*'), segment.as_known()) {
        (Some(prefix), Some(known)) => Some(known.strip_prefix(prefix).is_some_and(is_plain)),
        (Some(""), None) => Some(is_plain_text(segment)),
        (None, Some(known)) => Some(known == pattern),
        (Some(_) | None, None) => None,
    }
}

/// The shape with a value for each `*`. `None` where a value is not plain, or where there are more or fewer.
fn fill(shape: &str, values: &[Text]) -> Option<Text> {
    let mut values = values.iter();
    let mut name = Text::default();
    for (at, pattern) in shape.split('/').enumerate() {
        if at > 0 {
            name.push_known("/");
        }
        let Some(prefix) = pattern.strip_suffix('*') else {
            name.push_known(pattern);
            continue;
        };
        name.push_known(prefix);
        name.push(values.next().filter(|value| is_plain_text(value))?);
    }
    values.next().is_none().then_some(name)
}

/// Whether a text is one segment of a path, whatever its words stand for. A word is not empty and has no dot in it.
fn is_plain_text(text: &Text) -> bool {
    match text.as_known() {
        Some(known) => is_plain(known),
        None => text.parts.iter().all(|part| match part {
            TextPart::Known(known) => known.chars().all(is_plain_char),
            TextPart::Hole(hole) => hole.is_word(),
        }),
    }
}

/// Whether a text is one segment of a path that nothing decodes or resolves.
fn is_plain(text: &str) -> bool {
    !matches!(text, "" | "." | "..") && text.chars().all(is_plain_char)
}

fn is_plain_char(char: char) -> bool {
    char.is_ascii_alphanumeric() || "-_.~:@+".contains(char)
}

#[cfg(test)]
mod tests {
    use super::{Possible, resource_name};
    use crate::lower::Text;
    use access_algebra::HoleKind;

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

    /// A text with a word between two others.
    fn worded(before: &str, after: &str) -> Text {
        let mut text = Text::default();
        text.push_known(before);
        text.push(&Text::word(HoleKind::Unknown, "w"));
        text.push_known(after);
        text
    }

    /// The name that texts with a word give, the word as `<w>`.
    fn worded_name(shape: &str, name: Text, parts: &[&str]) -> Option<String> {
        let parts = parts.iter().map(|part| Possible::known(part));
        let arguments: Vec<Possible<'_>> =
            [Possible::known(shape), Possible::text(name)].into_iter().chain(parts).collect();
        resource_name(&arguments).as_text().map(|text| text.to_string().replace("${w}", "<w>"))
    }

    #[test]
    fn a_word_stands_within_a_segment() {
        let found = worded_name(SHAPE, worded("lake-", ""), &["own", "here"]);
        assert_eq!(found.as_deref(), Some("projects/own/locations/here/lakes/lake-<w>"));
        let whole = worded_name(SHAPE, worded("projects/p-", "/locations/l/lakes/a"), &["own", "here"]);
        assert_eq!(whole.as_deref(), Some("projects/p-<w>/locations/l/lakes/a"));
        for (before, after) in [
            ("", "/p/locations/l/lakes/a"),
            ("projects/p/locations/l/", "/a"),
            ("projects/p/locations/l/lakes/a/", ""),
            ("here/", ""),
            ("a%", ""),
            ("", "*"),
        ] {
            assert_eq!(worded_name(SHAPE, worded(before, after), &["own", "here"]), None, "{before}{after}");
        }
        let prefixed = "projects/*/iap_web/appengine-*";
        assert_eq!(
            worded_name(prefixed, worded("projects/p/iap_web/", ""), &["own"]),
            None,
            "the word decides"
        );
        let any = Text::hole(HoleKind::Unknown, "x");
        assert_eq!(worded_name(SHAPE, any, &["own", "here"]), None, "a hole may hold a slash");
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
