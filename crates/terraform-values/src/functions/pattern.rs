//! Regular expressions of known text.
//!
//! Terraform has Go's RE2; the `regex` crate is its near twin. It is used where the two certainly agree: on ASCII text, with
//! ASCII classes, and without the syntax that only one of them has or that they read in two ways. Everything else is not
//! read.

use regex::bytes::{Captures, Regex, RegexBuilder};

use super::call::Call;
use super::pattern_match::Automaton;
use super::refusal::Refusal;

/// A compiled pattern, for ASCII text.
pub(super) struct Pattern {
    compiled: Regex,
    /// The pattern in the syntax of the `regex` crate.
    translated: String,
}

/// What a pattern's match gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Match {
    /// There is no group: the whole match.
    Whole(String),
    /// The groups in order, each with its name, if it has one; a group that took no part is none.
    Groups(Vec<(Option<String>, Option<String>)>),
}

/// The largest count of a repetition that RE2 takes.
const MAX_REPETITIONS: u32 = 1_000;

/// Bytes of a compiled pattern. A pattern of a configuration takes some thousand; RE2 has no limit.
const MAX_COMPILED_BYTES: usize = 1 << 20;

/// What compiling a pattern costs, in steps of the evaluation: some tens of microseconds.
const PATTERN_STEPS: usize = 64;

/// What the automaton of a pattern costs: some hundreds of microseconds.
const AUTOMATON_STEPS: usize = 256;

impl Pattern {
    /// A pattern that both engines read alike.
    pub(super) fn parse(call: &Call<'_>, pattern: &str) -> Result<Self, Refusal> {
        if !call.context.budget.spend(PATTERN_STEPS) {
            return Err(Refusal::Unread);
        }
        let translated = translate(pattern)?;
        // What does not compile here may be right in Go, and the other way round.
        let mut builder = RegexBuilder::new(&translated);
        let compiled =
            builder.unicode(false).size_limit(MAX_COMPILED_BYTES).build().map_err(|_| Refusal::Unread)?;
        let named = compiled.capture_names().skip(1).flatten().count();
        if named > 0 && named + 1 < compiled.captures_len() {
            // Terraform takes no mixture of groups with and without names.
            return Err(Refusal::Fails);
        }
        Ok(Self { compiled, translated })
    }

    /// Its automaton, for texts with holes.
    pub(super) fn automaton(&self, call: &Call<'_>) -> Option<Automaton> {
        call.context.budget.spend(AUTOMATON_STEPS).then(|| Automaton::new(&self.translated))?
    }

    /// `regex`.
    pub(super) fn first(&self, text: &str) -> Result<Match, Refusal> {
        check_text(text)?;
        let captures = self.compiled.captures(text.as_bytes()).ok_or(Refusal::Fails)?;
        Ok(self.read(&captures))
    }

    /// `regexall`.
    pub(super) fn all(&self, text: &str) -> Result<Vec<Match>, Refusal> {
        check_text(text)?;
        Ok(self.compiled.captures_iter(text.as_bytes()).map(|captures| self.read(&captures)).collect())
    }

    /// The names of the groups, of those that have one.
    pub(super) fn groups(&self) -> impl Iterator<Item = Option<&str>> {
        self.compiled.capture_names().skip(1)
    }

    /// Whether one letter is a match.
    pub(super) fn matches_whole(&self, letter: char) -> bool {
        let text = letter.to_string();
        self.compiled.find(text.as_bytes()).is_some_and(|found| !found.is_empty())
    }

    /// Whether there is an empty match.
    pub(super) fn matches_nothing(&self) -> bool {
        self.compiled.is_match(b"")
    }

    /// `replace` with a pattern.
    pub(super) fn replace(&self, text: &str, replacement: &str) -> Result<String, Refusal> {
        check_text(text)?;
        check_replacement(replacement)?;
        let replaced = self.compiled.replace_all(text.as_bytes(), replacement.as_bytes());
        String::from_utf8(replaced.into_owned()).map_err(|_| Refusal::Unread)
    }

    fn read(&self, captures: &Captures<'_>) -> Match {
        let group =
            |at: usize| captures.get(at).map(|found| String::from_utf8_lossy(found.as_bytes()).into_owned());
        if captures.len() == 1 {
            return Match::Whole(group(0).unwrap_or_default());
        }
        let names = self.compiled.capture_names().enumerate().skip(1);
        Match::Groups(names.map(|(at, name)| (name.map(str::to_owned), group(at))).collect())
    }
}

/// The compiled pattern sees bytes; of ASCII they are the letters.
fn check_text(text: &str) -> Result<(), Refusal> {
    if text.is_ascii() { Ok(()) } else { Err(Refusal::Unread) }
}

/// In `${name}` Go takes letters, digits and underscores only, and Rust takes more.
fn check_replacement(replacement: &str) -> Result<(), Refusal> {
    let is_word = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let mut names = replacement.split("${").skip(1).map(|rest| rest.split('}').next().unwrap_or_default());
    if replacement.is_ascii() && names.all(is_word) { Ok(()) } else { Err(Refusal::Unread) }
}

/// The pattern for the `regex` crate, if both engines read it alike.
fn translate(pattern: &str) -> Result<String, Refusal> {
    if !pattern.is_ascii() {
        return Err(Refusal::Unread);
    }
    let bytes = pattern.as_bytes();
    let mut translated = String::with_capacity(pattern.len());
    let mut in_class = false;
    let mut class_start = 0;
    let mut after_repetition = false;
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        let next = bytes.get(at + 1).copied();
        let mut taken = 1;
        let mut is_repetition = false;
        match byte {
            b'\\' => {
                taken = 2;
                translate_escape(pattern.get(at + 1..).unwrap_or_default(), in_class, &mut translated)?;
            }
            b'[' if in_class => {
                taken = named_class_length(pattern.get(at..).unwrap_or_default())?;
                translated.push_str(pattern.get(at..at + taken).unwrap_or_default());
            }
            b'&' | b'-' | b'~' if in_class && next == Some(byte) => return Err(Refusal::Unread),
            b'[' => {
                in_class = true;
                class_start = at + 1 + usize::from(next == Some(b'^'));
                translated.push('[');
            }
            b']' if in_class && at > class_start => {
                in_class = false;
                translated.push(']');
            }
            b'*' | b'+' | b'?' | b'{' if !in_class => {
                // Go refuses a repetition of a repetition.
                if after_repetition {
                    return Err(Refusal::Unread);
                }
                is_repetition = true;
                taken = repetition_length(pattern.get(at..).unwrap_or_default())?;
                translated.push_str(pattern.get(at..at + taken).unwrap_or_default());
            }
            b'(' if !in_class && next == Some(b'?') => {
                check_group(pattern.get(at + 2..).unwrap_or_default())?;
                taken = 2;
                translated.push_str("(?");
            }
            _ => translated.push(char::from(byte)),
        }
        after_repetition = is_repetition;
        at += taken;
    }
    Ok(translated)
}

/// What `\s` of Go holds; that of Rust holds the vertical tab too.
const SPACES: &str = r"\t\n\f\r ";

/// Writes the escape that `rest` begins with, behind its backslash.
fn translate_escape(rest: &str, in_class: bool, translated: &mut String) -> Result<(), Refusal> {
    // A dash behind a class of letters is itself for Go, and would make a range of what is written here.
    let has_dash = rest.get(1..).is_some_and(|rest| rest.starts_with('-') && !rest.starts_with("-]"));
    match rest.bytes().next() {
        Some(b's') if in_class && !has_dash => translated.push_str(SPACES),
        Some(b's') if !in_class => translated.push_str(&format!("[{SPACES}]")),
        Some(b'S') if !in_class => translated.push_str(&format!("[^{SPACES}]")),
        // Rust's word starts and ends; for Go they are themselves.
        Some(byte @ (b'<' | b'>')) => translated.push(char::from(byte)),
        Some(
            byte @ (b'A' | b'b' | b'B' | b'd' | b'D' | b'w' | b'W' | b'z' | b'n' | b'r' | b't' | b'f' | b'x'),
        ) => {
            translated.extend(['\\', char::from(byte)]);
        }
        Some(byte) if byte.is_ascii_punctuation() => translated.extend(['\\', char::from(byte)]),
        _ => return Err(Refusal::Unread),
    }
    Ok(())
}

/// The length of the named class that the text begins with: `[:alpha:]`. Any other class within a class is read in two
/// ways.
fn named_class_length(text: &str) -> Result<usize, Refusal> {
    let end = text.find(":]").filter(|_| text.starts_with("[:")).ok_or(Refusal::Unread)?;
    Ok(end + 2)
}

/// The length of a repetition, with the question mark that makes it lazy.
fn repetition_length(text: &str) -> Result<usize, Refusal> {
    let length = if text.starts_with('{') { read_count(text)? } else { 1 };
    Ok(length + usize::from(text.get(length..).is_some_and(|rest| rest.starts_with('?'))))
}

/// The length of `{n}`, `{n,}` or `{n,m}`.
fn read_count(text: &str) -> Result<usize, Refusal> {
    let end = text.find('}').ok_or(Refusal::Unread)?;
    let inside = text.get(1..end).ok_or(Refusal::Unread)?;
    let (low, high) = inside.split_once(',').unwrap_or((inside, inside));
    let is_count = |digits: &str| {
        digits.bytes().all(|byte| byte.is_ascii_digit())
            && digits.parse::<u32>().is_ok_and(|n| n <= MAX_REPETITIONS)
    };
    if is_count(low) && (high.is_empty() || is_count(high)) { Ok(end + 1) } else { Err(Refusal::Unread) }
}

/// What may stand after `(?`: a name, or flags that both engines have.
fn check_group(rest: &str) -> Result<(), Refusal> {
    if rest.starts_with("P<") || rest.starts_with('<') {
        return if rest.starts_with("<=") || rest.starts_with("<!") { Err(Refusal::Unread) } else { Ok(()) };
    }
    let flags = rest.split([':', ')']).next().unwrap_or_default();
    if flags.bytes().all(|byte| matches!(byte, b'i' | b'm' | b's' | b'U' | b'-')) {
        Ok(())
    } else {
        Err(Refusal::Unread)
    }
}
