//! Letters as Go's standard library sees them.
//!
//! Go maps letters to upper and lower case one by one. Rust's mapping is Unicode's full one, in which one letter may become
//! several (`ß`), so the mapping of a letter is used only where both agree, and such a letter has no answer.

use unicode_segmentation::UnicodeSegmentation as _;

/// Which case letters are mapped to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Upper,
    Lower,
}

/// `upper` and `lower` of known text; `None` where Go's mapping of a letter is not known here.
pub(super) fn map_case(text: &str, case: Case) -> Option<String> {
    text.chars().map(|letter| map_letter(letter, case)).collect()
}

/// One letter in upper or lower case.
fn map_letter(letter: char, case: Case) -> Option<char> {
    if letter.is_ascii() {
        return Some(match case {
            Case::Upper => letter.to_ascii_uppercase(),
            Case::Lower => letter.to_ascii_lowercase(),
        });
    }
    // U+0130 has a mapping of one letter in Go and of two in Rust, and so have all that Rust maps to several.
    let single = |mut mapped: Box<dyn Iterator<Item = char>>| {
        let first = mapped.next()?;
        mapped.next().is_none().then_some(first)
    };
    match case {
        Case::Upper => single(Box::new(letter.to_uppercase())),
        Case::Lower => single(Box::new(letter.to_lowercase())),
    }
}

/// `title`: the first letter of every word in upper case, as Go's `strings.Title` has it. `None` where a word begins with
/// a letter whose title case is not known here.
pub(super) fn title(text: &str) -> Option<String> {
    let mut after_separator = true;
    let mut titled = String::with_capacity(text.len());
    for letter in text.chars() {
        let is_cased = letter.is_ascii() || map_letter(letter, Case::Upper) == Some(letter);
        if after_separator && !is_cased {
            return None;
        }
        titled.push(if after_separator { letter.to_ascii_uppercase() } else { letter });
        after_separator = is_separator(letter);
    }
    Some(titled)
}

/// What separates words for `strings.Title`: of ASCII all but letters, digits and the underscore; otherwise spaces only.
fn is_separator(letter: char) -> bool {
    if letter.is_ascii() {
        !(letter.is_ascii_alphanumeric() || letter == '_')
    } else {
        letter.is_whitespace()
    }
}

/// `indent`: every line but the first moved to the right.
pub(super) fn indent(text: &str, spaces: usize) -> String {
    text.replace('\n', &format!("\n{}", " ".repeat(spaces)))
}

/// `urlencode`: as Go's `url.QueryEscape` has it.
pub(super) fn url_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte))
            }
            b' ' => encoded.push('+'),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// `substr` of known text, in grapheme clusters, as Terraform counts them.
pub(super) fn substring(text: &str, offset: i64, length: i64) -> String {
    let clusters: Vec<&str> = text.graphemes(true).collect();
    let total = i64::try_from(clusters.len()).unwrap_or(i64::MAX);
    // An offset before the text counts as its start.
    let start = if offset < 0 { offset.saturating_add(total).max(0) } else { offset };
    let rest = usize::try_from(start).ok().and_then(|start| clusters.get(start..)).unwrap_or_default();
    match usize::try_from(length) {
        // After a negative offset, Terraform takes all where the length is zero.
        Ok(0) if offset >= 0 => String::new(),
        Err(_) | Ok(0) => rest.concat(),
        Ok(length) => rest.iter().take(length).copied().collect(),
    }
}

/// `strrev`: the grapheme clusters backwards.
pub(super) fn reverse(text: &str) -> String {
    text.graphemes(true).rev().collect()
}

/// How many grapheme clusters there are.
pub(super) fn count(text: &str) -> usize {
    text.graphemes(true).count()
}
