//! Which bytes a file that decides about access may contain.
//!
//! Takes the bytes of a file, from the disk or from git, and returns a [`Source`], or every reason to refuse them.
//! A reviewer must see what the parser sees, so invisible characters, bidirectional controls and terminal controls are
//! refused everywhere, in comments too.

use crate::{Problem, Source, Span};

/// The largest file, in bytes: far above what a person writes, so that a wrong path does not fill the memory.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Upper bound on the bad characters that are reported for one file: a binary file would report thousands.
const MAX_PROBLEMS: usize = 10;

/// Takes the bytes of a file as a source.
///
/// # Errors
///
/// Everything that is wrong with them: size, encoding, characters that a reviewer cannot see.
pub fn check(name: &str, bytes: &[u8]) -> Result<Source, Vec<Problem>> {
    if bytes.len() > MAX_BYTES {
        return Err(vec![
            Problem::unread(name, format!("the file is larger than {} MiB", MAX_BYTES / (1024 * 1024)))
                .help("split it into several files"),
        ]);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let message = format!("the file is not valid UTF-8 at byte {}", error.valid_up_to());
        vec![Problem::unread(name, message).help("save the file as UTF-8")]
    })?;
    let source = Source::new(name, text);
    let problems = find_unseen(&source);
    if problems.is_empty() { Ok(source) } else { Err(problems) }
}

fn find_unseen(source: &Source) -> Vec<Problem> {
    let mut problems = Vec::new();
    if source.text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
        return problems;
    }
    let mut previous = None;
    for (offset, char) in source.text.char_indices() {
        // A carriage return may only stand before a line feed, where it is an end of line and shows nothing else.
        let bare_return = previous == Some('\r') && char != '\n';
        if bare_return {
            problems.push(refuse(source, offset - 1, '\r'));
        }
        previous = Some(char);
        if char != '\r' && is_unseen(char) {
            problems.push(refuse(source, offset, char));
        }
        if problems.len() >= MAX_PROBLEMS {
            return problems;
        }
    }
    if previous == Some('\r') {
        problems.push(refuse(source, source.text.len() - 1, '\r'));
    }
    problems
}

fn refuse(source: &Source, offset: usize, char: char) -> Problem {
    let span = Span { start: offset, end: offset + char.len_utf8() };
    Problem::error(source, span, format!("invisible character U+{:04X}", u32::from(char)))
        .label("here")
        .help("remove it: reviewers must see every character of a file that decides about access")
}

/// Whether a character shows less than it says: controls other than tab and line feed, bidirectional controls,
/// zero-width characters and other fillers (CVE-2021-42574).
pub fn is_unseen(char: char) -> bool {
    match char {
        ' '..='~' | '\t' | '\n' => false,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}' => true,
        other => other.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_BYTES, check};

    #[test]
    fn honest_text_is_taken_and_the_mark_is_stripped() {
        let source = check("a", "\u{feff}x = \"é\"\r\n\ty = 1\n".as_bytes()).unwrap();
        assert_eq!(&*source.text, "x = \"é\"\r\n\ty = 1\n");
    }

    #[test]
    fn what_cannot_be_seen_is_refused() {
        for char in ['\0', '\u{1b}', '\u{7f}', '\u{85}', '\u{202e}', '\u{2066}', '\u{200b}', '\u{feff}', '\r']
        {
            let problems = check("a", format!("x{char}y").as_bytes()).unwrap_err();
            assert_eq!(problems.len(), 1, "{char:?}");
            assert_eq!((problems[0].span.start, problems[0].span.end), (1, 1 + char.len_utf8()));
        }
        assert_eq!(check("a", b"x\r").unwrap_err().len(), 1);
    }

    #[test]
    fn size_and_encoding_have_limits() {
        assert!(check("a", &vec![b' '; MAX_BYTES]).is_ok());
        assert!(check("a", &vec![b' '; MAX_BYTES + 1]).is_err());
        assert!(check("a", b"\xff").is_err());
    }
}
