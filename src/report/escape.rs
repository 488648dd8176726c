//! Foreign text made harmless, with one function a surface.
//!
//! Foreign is what somebody else wrote: names in a plan, elements of a policy, words of the manifest. Two things must not
//! happen: a terminal that obeys it, and a CI service that takes a part of the log for a command. [`for_terminal`] is for
//! the first, at each place where a text is written out. The second is held for all that is written, whoever wrote it:
//! text for people goes through a [`CommandGuard`], and JSON through `to_json`, which keeps every value exact.
//!
//! What is broken can be read back: `\u{23}` stands for the character of that number, also for a backslash before `u{`.

use std::borrow::Cow;
use std::io::{self, Write};

use super::layout::Layout;
use crate::source::{escape_invisible, is_unseen};

/// For a terminal: control characters and characters that cannot be seen are written by their numbers.
pub fn for_terminal(text: &str) -> String {
    escape_invisible(text)
}

/// For a comment in Markdown, inside a line: no markup, no HTML, and nothing that a forge makes a link, a mention or a
/// reference of. An empty comment breaks what a backslash would not, because forges look at the rendered text.
pub(super) fn for_markdown(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let seen = for_terminal(text);
    for (at, symbol) in seen.char_indices() {
        let rest = seen.get(at..).unwrap_or_default();
        match symbol {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => safe.extend(['\\', symbol]),
            '@' | '#' | '!' => safe.extend([symbol].into_iter().chain("<!-- -->".chars())),
            ':' if rest.starts_with("://") => safe.push_str(":<!-- -->"),
            '.' if safe.to_ascii_lowercase().ends_with("www") => safe.push_str("<!-- -->."),
            _ => safe.push(symbol),
        }
    }
    safe
}

/// As [`for_markdown`] for a sentence of ours, whose names stand between backticks and are shown as code, where nothing is
/// markup. Wherever foreign text has backticks of its own, each part is still either code or escaped.
pub(super) fn for_markdown_sentence(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return for_markdown(text);
    }
    let mut safe = String::with_capacity(text.len());
    for (at, part) in parts.iter().enumerate() {
        if at % 2 == 0 {
            safe.push_str(&for_markdown(part));
        } else if part.trim().is_empty() {
            safe.push_str(&for_markdown(&format!("`{part}`")));
        } else {
            safe.push_str(&format!("`{}`", for_terminal(part)));
        }
    }
    safe
}

/// For JSON, over several lines: what cannot be seen, or is a command to a CI service, is written as an escape, which
/// means the same.
pub(super) fn to_json<T: serde::Serialize>(output: &T) -> io::Result<String> {
    let mut json = Vec::with_capacity(1024);
    output.serialize(&mut serde_json::Serializer::with_formatter(&mut json, Layout::default()))?;
    String::from_utf8(json).map(escape_json).map_err(io::Error::other)
}

/// For JSON, in one line: as [`to_json`].
pub(crate) fn to_json_line<T: serde::Serialize>(output: &T) -> io::Result<String> {
    Ok(escape_json(serde_json::to_string(output)?))
}

/// Replaces characters in JSON text, where they stand in strings only.
fn escape_json(json: String) -> String {
    let seen = escape_unseen(json);
    match break_commands(&seen, |symbol| format!("\\u{:04x}", u32::from(symbol))) {
        Cow::Borrowed(_) => seen,
        Cow::Owned(broken) => broken,
    }
}

/// Bytes that are looked at together.
const PLAIN_BLOCK: usize = 256;

fn escape_unseen(json: String) -> String {
    // A block at a time without an early end is some instructions for many bytes.
    let is_plain =
        |block: &[u8]| block.iter().fold(true, |all, byte| all & matches!(byte, b' '..=b'~' | b'\n'));
    let is_plain = json.as_bytes().chunks(PLAIN_BLOCK).all(is_plain);
    if is_plain || !json.chars().any(is_escaped) {
        return json;
    }
    // A few escapes are all that most texts need.
    let mut escaped = String::with_capacity(json.len() + 16);
    for symbol in json.chars() {
        if is_escaped(symbol) {
            let mut units = [0; 2];
            for unit in symbol.encode_utf16(&mut units) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            escaped.push(symbol);
        }
    }
    escaped
}

fn is_escaped(symbol: char) -> bool {
    symbol != '\n' && is_unseen(symbol)
}

/// Commands of GitHub's runner.
const GITHUB_COMMANDS: [&str; 15] = [
    "add-mask",
    "add-matcher",
    "add-path",
    "debug",
    "echo",
    "endgroup",
    "error",
    "group",
    "notice",
    "remove-matcher",
    "save-state",
    "set-env",
    "set-output",
    "stop-commands",
    "warning",
];

/// Returns a text with one character of each command replaced. Commands are `##vso[…`, `##[…` and `##teamcity[…`, which
/// count anywhere in a line; `::name::` and `::name …::`, which count where a line begins; and GitLab's `section_start:`.
fn break_commands(text: &str, replace: impl Fn(char) -> String) -> Cow<'_, str> {
    let mut broken = String::new();
    let mut done = 0;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        if !matches!(byte, b'#' | b':') {
            continue;
        }
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        // The letters end `section_start` and `section_end`.
        let may_begin = match byte {
            b'#' => before == Some(&b'#'),
            _ => matches!(before, Some(b't' | b'd')) || bytes.get(at + 1) == Some(&b':'),
        };
        if !may_begin || !is_command_at(text, at) {
            continue;
        }
        broken.push_str(text.get(done..at).unwrap_or_default());
        broken.push_str(&replace(char::from(*byte)));
        done = at + 1;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    broken.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(broken)
}

/// Whether the `#` or `:` at an offset is what makes a command.
fn is_command_at(text: &str, at: usize) -> bool {
    let (Some(before), Some(rest)) = (text.get(..at), text.get(at..)) else { return false };
    if let Some(name) = rest.strip_prefix('#') {
        let name = name.trim_start_matches(|symbol: char| symbol.is_ascii_alphanumeric() || symbol == '.');
        return before.ends_with('#') && name.starts_with('[');
    }
    if let Some(name) = rest.strip_prefix("::") {
        let begins = before.chars().next_back().is_none_or(char::is_whitespace);
        return begins || is_github_command(name, before.ends_with(':'));
    }
    before.ends_with("section_start") || before.ends_with("section_end")
}

/// Whether what follows two colons is a command of GitHub's runner. An ARN has two colons too, and the name of a bucket
/// follows three.
fn is_github_command(text: &str, is_after_colon: bool) -> bool {
    let is_named =
        |known: &&str| text.get(..known.len()).is_some_and(|name| name.eq_ignore_ascii_case(known));
    let is_of_name = |symbol: char| symbol.is_ascii_alphanumeric() || matches!(symbol, '-' | '_');
    let rest = text.trim_start_matches(is_of_name);
    let is_whole = rest.len() < text.len() && rest.starts_with("::");
    is_whole
        || GITHUB_COMMANDS
            .iter()
            .filter(|known| is_named(known))
            .any(|known| !is_after_colon || text.get(known.len()..).is_some_and(|rest| rest.starts_with(' ')))
}

/// Breaks the commands in text for people.
pub fn without_commands(text: &str) -> String {
    let mut guarded = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        guarded.push_str(&break_commands(line, |symbol| symbol.escape_unicode().to_string()));
    }
    guarded
}

/// A writer of text for people that breaks commands to CI services, line by line. What comes after the last line feed is
/// written when the writer is flushed.
#[derive(Debug)]
pub struct CommandGuard<W: Write> {
    out: W,
    line: Vec<u8>,
}

impl<W: Write> CommandGuard<W> {
    /// Guards a writer.
    pub fn new(out: W) -> Self {
        Self { out, line: Vec::new() }
    }

    fn write_lines(&mut self, lines: &[u8]) -> io::Result<()> {
        self.out.write_all(without_commands(&String::from_utf8_lossy(lines)).as_bytes())
    }
}

impl<W: Write> Write for CommandGuard<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.line.extend_from_slice(bytes);
        if let Some(end) = self.line.iter().rposition(|byte| *byte == b'\n') {
            let rest = self.line.split_off(end + 1);
            let lines = std::mem::replace(&mut self.line, rest);
            self.write_lines(&lines)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let rest = std::mem::take(&mut self.line);
        self.write_lines(&rest)?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::{CommandGuard, escape_json, for_markdown, for_markdown_sentence, without_commands};
    use std::io::Write as _;

    #[test]
    fn commands_are_broken_and_arns_are_not() {
        for (text, safe) in [
            ("a ##vso[task.x]y", r"a #\u{23}vso[task.x]y"),
            ("###[error]x", r"##\u{23}[error]x"),
            ("## a [link]", "## a [link]"),
            ("::error::x", r"\u{3a}:error::x"),
            ("  ::x", r"  \u{3a}:x"),
            ("\u{a0}::x", "\u{a0}\\u{3a}:x"),
            ("`::set-output name=a::b`", r"`\u{3a}:set-output name=a::b`"),
            ("section_start:1:a", r"section_start\u{3a}1:a"),
            (
                "arn:aws:s3:::debug/x and arn:aws:iam::aws:policy/y",
                "arn:aws:s3:::debug/x and arn:aws:iam::aws:policy/y",
            ),
        ] {
            assert_eq!(without_commands(text), safe);
        }
    }

    #[test]
    fn markdown_stays_text() {
        for (text, safe) in [
            ("a_b *c*", r"a\_b \*c\*"),
            ("<img src=x>", "&lt;img src=x&gt;"),
            ("@lee #12 !3", "@<!-- -->lee #<!-- -->12 !<!-- -->3"),
            ("https://a.example www.b.example", "https:<!-- -->//a.example www<!-- -->.b.example"),
        ] {
            assert_eq!(for_markdown(text), safe);
            assert_eq!(for_markdown_sentence(text), safe);
        }
        assert_eq!(for_markdown_sentence("the role `a_b` is"), "the role `a_b` is");
        assert_eq!(for_markdown_sentence("one ` and @b"), r"one \` and @<!-- -->b");
        assert_eq!(for_markdown_sentence("`` @b"), r"\`\` @<!-- -->b");
    }

    #[test]
    fn json_keeps_its_value() {
        let value = ["##vso[a]", "x::error::y", "::", "section_end:1", "\\##[a]", "\n::set-env name=a::b"];
        let json = escape_json(serde_json::to_string(&value).unwrap());
        assert!(!json.contains("##") && !json.contains("::error") && !json.contains("::set-env"), "{json}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), value);
    }

    #[test]
    fn a_command_in_pieces_is_broken_too() {
        let mut guard = CommandGuard::new(Vec::new());
        for piece in ["#", "#v", "so[x]\n:", ":error::", "\nend"] {
            guard.write_all(piece.as_bytes()).unwrap();
        }
        guard.flush().unwrap();
        let text = String::from_utf8(guard.out).unwrap();
        assert_eq!(text, "#\\u{23}vso[x]\n\\u{3a}:error::\nend");
    }
}
