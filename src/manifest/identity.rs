//! Which texts can stand for somebody or something.
//!
//! Takes a text and returns whether nobody can take it for another. Whether anybody of that name exists is not known here.

use crate::source::{Problem, Source, Spanned};
use spanned_hcl::TextTemplate;

/// Whether a text can stand for somebody or something without being taken for another: ASCII without controls, and
/// no space around it. Letters of other scripts look like Latin ones (CVE-2021-42694).
pub(super) fn is_identity(source: &Source, text: &Spanned<String>, problems: &mut Vec<Problem>) -> bool {
    let odd = text.value.chars().find(|char| !char.is_ascii() || char.is_ascii_control());
    let (message, help) = match odd {
        Some(char) => (
            format!("`{}` contains the character U+{:04X}", text.value, u32::from(char)),
            "use printable ASCII: other characters can look like it",
        ),
        None if text.value.trim() != text.value => {
            (format!("`{}` has leading or trailing spaces", text.value), "remove the spaces")
        }
        None if text.value.is_empty() => ("a name is empty".to_owned(), "add the name"),
        None => return true,
    };
    problems.push(Problem::error(source, text.span, message).help(help));
    false
}

/// Whether the characters of a part of a text can be taken for no others. Spaces may stand around a part.
pub(super) fn is_honest_text(
    source: &Source,
    written: &Spanned<TextTemplate>,
    part: &str,
    problems: &mut Vec<Problem>,
) -> bool {
    if written.value.as_literal() == Some(part) {
        let text = Spanned { value: part.to_owned(), span: written.span };
        return is_identity(source, &text, problems);
    }
    let odd = part.chars().find(|char| !char.is_ascii() || char.is_ascii_control());
    if let Some(char) = odd {
        let message = format!("`{part}` contains the character U+{:04X}", u32::from(char));
        let help = "use printable ASCII: other characters can look like it";
        problems.push(Problem::error(source, written.span, message).help(help));
    }
    odd.is_none()
}

/// `NAME` or `NAME@ALIAS`.
pub(super) fn is_fact_label(label: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    };
    match label.split_once('@') {
        Some((name, alias)) => is_word(name) && is_word(alias),
        None => is_word(label),
    }
}

/// `NAMESPACE/NAME` or `HOST/NAMESPACE/NAME`, as Terraform writes it in a plan.
pub(super) fn is_provider_source(source: &str) -> bool {
    let is_part = |part: &str| {
        let is_char =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-:".contains(&byte);
        !part.is_empty() && part.bytes().all(is_char)
    };
    matches!(source.split('/').count(), 2 | 3) && source.split('/').all(is_part)
}

/// Something to write in a tag: ASCII without spaces.
pub(super) fn is_ticket_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_graphic())
}
