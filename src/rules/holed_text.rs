//! Functions of the rules on texts of which some parts are not known.
//!
//! Takes a [`Text`] and returns what a function gives of it whatever its holes stand for; `None` where that depends on them.
//! What is known at an end of a text answers questions about that end. A word has no separators in it, so a text of words
//! is split where its known parts have them.

use crate::lower::{Text, TextPart};
use access_algebra::HoleShape;

/// Whether the text begins with a prefix.
pub(super) fn starts_with(text: &Text, prefix: &str) -> Option<bool> {
    match text.parts.first() {
        Some(TextPart::Known(known)) if known.len() >= prefix.len() => Some(known.starts_with(prefix)),
        Some(TextPart::Known(_) | TextPart::Hole(_)) | None => {
            if may_start_with(text, prefix) {
                None
            } else {
                Some(false)
            }
        }
    }
}

/// Whether some filling of the holes begins with a prefix.
fn may_start_with(text: &Text, prefix: &str) -> bool {
    // What is left of the prefix after the parts so far.
    let mut left = vec![prefix];
    for part in &text.parts {
        let mut next = Vec::new();
        for rest in left {
            match part {
                TextPart::Known(known) if known.starts_with(rest) => return true,
                TextPart::Known(known) => next.extend(rest.strip_prefix(&**known)),
                TextPart::Hole(hole) if hole.is_word() => {
                    let word = rest.trim_start_matches(HoleShape::is_word_char);
                    if word.is_empty() {
                        return true;
                    }
                    next.extend((1..=rest.len() - word.len()).filter_map(|at| rest.get(at..)));
                }
                TextPart::Hole(_) => return true,
            }
        }
        left = next;
    }
    false
}

/// Whether the text ends with a suffix.
pub(super) fn ends_with(text: &Text, suffix: &str) -> Option<bool> {
    match text.parts.last() {
        Some(TextPart::Known(known)) if known.len() >= suffix.len() => Some(known.ends_with(suffix)),
        Some(TextPart::Known(known)) if !suffix.ends_with(&**known) => Some(false),
        Some(TextPart::Known(_) | TextPart::Hole(_)) | None => None,
    }
}

/// The text without a prefix.
pub(super) fn trim_prefix(text: &Text, prefix: &str) -> Option<Text> {
    if !starts_with(text, prefix)? {
        return Some(text.clone());
    }
    let (TextPart::Known(first), rest) = text.parts.split_first()? else { return None };
    let mut trimmed = Text { provenance: text.provenance.clone(), ..Text::default() };
    trimmed.push_known(first.strip_prefix(prefix)?);
    trimmed.parts.extend(rest.iter().cloned());
    Some(trimmed)
}

/// The text without a suffix.
pub(super) fn trim_suffix(text: &Text, suffix: &str) -> Option<Text> {
    if !ends_with(text, suffix)? {
        return Some(text.clone());
    }
    let (TextPart::Known(last), rest) = text.parts.split_last()? else { return None };
    let mut trimmed = Text { parts: rest.to_vec(), provenance: text.provenance.clone() };
    trimmed.push_known(last.strip_suffix(suffix)?);
    Some(trimmed)
}

/// The pieces between separators, where each hole is a word and no word has any character of the separator, or what is
/// known lacks one that no word has.
pub(super) fn split(text: &Text, separator: &str) -> Option<Vec<Text>> {
    let is_lacking = |char: char| {
        let has = |part: &TextPart| matches!(part, TextPart::Known(known) if known.contains(char));
        !HoleShape::is_word_char(char) && !text.parts.iter().any(has)
    };
    let is_apart = !separator.is_empty()
        && (!separator.chars().any(HoleShape::is_word_char) || separator.chars().any(is_lacking));
    let mut pieces = vec![Text::default()];
    for part in &text.parts {
        match part {
            TextPart::Known(known) => {
                for (at, piece) in known.split(separator).enumerate() {
                    if at > 0 {
                        pieces.push(Text::default());
                    }
                    pieces.last_mut()?.push_known(piece);
                }
            }
            TextPart::Hole(hole) if is_apart && hole.is_word() => {
                pieces.last_mut()?.parts.push(TextPart::Hole(hole.clone()));
            }
            TextPart::Hole(_) => return None,
        }
    }
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use super::{ends_with, split, starts_with, trim_prefix, trim_suffix};
    use crate::lower::Text;
    use access_algebra::HoleKind;

    /// The known text before and after a word, or after a hole of which nothing is known.
    fn holed(before: &str, is_word: bool, after: &str) -> Text {
        let mut text = Text::default();
        text.push_known(before);
        text.push(&if is_word { Text::word } else { Text::hole }(HoleKind::Unknown, "h"));
        text.push_known(after);
        text
    }

    #[test]
    fn what_is_known_at_an_end_answers_for_that_end() {
        let url = holed("https://", true, "/id");
        assert_eq!(starts_with(&url, "https://"), Some(true));
        assert_eq!(starts_with(&url, "http:"), Some(false));
        assert_eq!(starts_with(&url, "https://x"), None);
        assert_eq!(starts_with(&holed("", true, "a"), "a"), None);
        assert_eq!(starts_with(&holed("", true, "-lambda"), "arn:"), Some(false), "a word has no colon");
        assert_eq!(starts_with(&holed("", true, ":lambda"), "arn:"), None);
        assert_eq!(starts_with(&holed("ar", true, ":lambda"), "arn:"), None);
        assert_eq!(starts_with(&holed("ar", true, ""), "arn:"), Some(false));
        assert_eq!(starts_with(&holed("", false, "-lambda"), "arn:"), None);
        assert_eq!(ends_with(&url, "/id"), Some(true));
        assert_eq!(ends_with(&url, "x/id"), None);
        assert_eq!(ends_with(&url, "xid"), Some(false));
        let trimmed = |text: Option<Text>| text.map(|text| text.to_string());
        assert_eq!(trimmed(trim_prefix(&url, "https://")).as_deref(), Some("${h}/id"));
        assert_eq!(trimmed(trim_prefix(&url, "ftp")).as_deref(), Some("https://${h}/id"));
        assert_eq!(trimmed(trim_prefix(&url, "https://a")), None);
        assert_eq!(trimmed(trim_suffix(&url, "/id")).as_deref(), Some("https://${h}"));
        assert_eq!(trimmed(trim_suffix(&url, "/x")).as_deref(), Some("https://${h}/id"));
    }

    #[test]
    fn a_word_is_split_nowhere() {
        let pieces = |text: &Text, separator| -> Option<Vec<String>> {
            Some(split(text, separator)?.iter().map(Text::to_string).collect())
        };
        let arn = holed("arn:aws:kms:r:1:key/", true, ":x");
        let due = ["arn", "aws", "kms", "r", "1", "key/${h}", "x"].map(str::to_owned);
        assert_eq!(pieces(&arn, ":"), Some(due.to_vec()));
        assert_eq!(pieces(&holed("a", true, "a"), ":"), Some(vec!["a${h}a".to_owned()]));
        assert_eq!(pieces(&arn, ":key/"), None, "`key` may be a word");
        assert_eq!(pieces(&holed("", true, "-a"), ":function:"), Some(vec!["${h}-a".to_owned()]));
        assert_eq!(pieces(&holed("a:", false, ":a"), ":"), None, "it may have a separator");
        assert_eq!(pieces(&holed("a--", true, ""), "-"), None, "a word may have it");
    }
}
