//! Files that a command of a shell runs or names.
//!
//! Takes the words of a `local-exec` provisioner and returns [`NamedFile`]s: what certainly runs from a file, and what only
//! looks like the name of one. A shell is not interpreted. Where it decides at run time which file runs, that is said.

use std::iter::Peekable;
use std::str::Chars;

/// A file that a command names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NamedFile {
    /// It runs: its path from the folder in which Terraform ran.
    Runs(String),
    /// A file runs whose name is not known: the word, as it is written.
    Unclear(String),
    /// A word that may name a file.
    Mentioned(String),
}

/// How deep commands may lie in commands. It bounds the recursion; what lies deeper is not read, and has no digest.
const MAX_DEPTH: u8 = 8;

/// Words before a command.
const PREFIXES: [&str; 15] = [
    "if", "then", "else", "elif", "do", "while", "until", "!", "{", "time", "exec", "command", "nohup",
    "sudo", "env",
];

/// Words after which no command comes before the next separator.
const LISTS: [&str; 4] = ["for", "case", "select", "function"];

/// Shells, which run text after `-c`.
const SHELLS: [&str; 6] = ["sh", "bash", "dash", "zsh", "ksh", "ash"];

/// Other programs whose first operand is a file that they run.
const INTERPRETERS: [&str; 8] = ["python", "ruby", "perl", "node", "pwsh", "powershell", "php", "Rscript"];

/// Options whose next word is a value.
const VALUED: [&str; 9] = ["-o", "+o", "-O", "-W", "-X", "-I", "--rcfile", "--init-file", "-ExecutionPolicy"];

/// Options after which text runs, and no file.
const INLINE: [&str; 6] = ["-", "-s", "-e", "-m", "-Command", "-EncodedCommand"];

/// One word, without its quotes.
#[derive(Clone, Debug, Default)]
struct ShellWord {
    text: String,
    /// Whether the shell replaces a part of it.
    is_open: bool,
}

/// What the next word of a command is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Expected {
    #[default]
    Command,
    /// An operand of an interpreter, which is a file; with whether the interpreter is a shell.
    Script(bool),
    /// Text that a shell runs.
    Text,
    /// A value of an option of an interpreter.
    Value(bool),
    Folder,
    Anything,
}

/// Where a command stands.
#[derive(Clone, Debug)]
struct CommandReader {
    /// The folder in which it runs; none where that is not known.
    folder: Option<String>,
    expected: Expected,
    /// Whether the command comes after `&&`, `||` or a keyword, so that it may not run.
    is_conditional: bool,
    /// Whether such a command changed the folder.
    has_moved: bool,
    depth: u8,
    found: Vec<NamedFile>,
}

/// Lists the files of a command that a shell reads as text.
pub(super) fn list_in_text(text: &str, folder: &str) -> Vec<NamedFile> {
    let mut reader = CommandReader::new(folder);
    reader.read(&mut text.chars().peekable(), None);
    reader.found
}

/// Lists the files of a command whose words are given.
pub(super) fn list_in_words<'w>(words: impl IntoIterator<Item = &'w str>, folder: &str) -> Vec<NamedFile> {
    let mut reader = CommandReader::new(folder);
    for word in words {
        reader.take(&ShellWord { text: word.to_owned(), is_open: false });
    }
    reader.found
}

/// Lists the files that a text may name which is no command.
pub(super) fn list_in_value(text: &str, folder: &str) -> Vec<NamedFile> {
    let mut reader = CommandReader::new(folder);
    reader.mention(text);
    reader.found
}

/// Joins a path to a folder.
fn join(folder: &str, path: &str) -> String {
    let path = path.trim_start_matches("./");
    if folder.is_empty() || folder == "." { path.to_owned() } else { format!("{folder}/{path}") }
}

impl CommandReader {
    fn new(folder: &str) -> Self {
        Self {
            folder: Some(folder.to_owned()),
            expected: Expected::default(),
            is_conditional: false,
            has_moved: false,
            depth: 0,
            found: Vec::new(),
        }
    }

    /// Reads commands up to a closing symbol.
    fn read(&mut self, chars: &mut Peekable<Chars<'_>>, end: Option<char>) {
        let mut documents: Vec<String> = Vec::new();
        while let Some(&next) = chars.peek() {
            if Some(next) == end {
                chars.next();
                return;
            }
            match next {
                '\n' => {
                    chars.next();
                    self.end_list();
                    documents.drain(..).for_each(|end| self.skip_document(chars, &end));
                }
                ' ' | '\t' | '\r' | ')' => {
                    chars.next();
                }
                ';' => {
                    chars.next();
                    self.end_list();
                }
                '&' | '|' => {
                    chars.next();
                    if chars.next_if_eq(&next).is_some() {
                        self.expected = Expected::Command;
                        self.is_conditional = true;
                    } else {
                        self.end_list();
                    }
                }
                '(' => {
                    chars.next();
                    self.read_nested(chars, ')');
                    self.expected = Expected::Anything;
                }
                '#' => while chars.next_if(|one| *one != '\n').is_some() {},
                '<' | '>' => {
                    chars.next();
                    let is_document = next == '<' && chars.next_if_eq(&'<').is_some();
                    while chars.next_if(|one| matches!(one, '<' | '>' | '&' | '-' | ' ')).is_some() {}
                    let word = self.read_word(chars);
                    if is_document { documents.push(word.text) } else { self.mention(&word.text) }
                }
                _ => {
                    let word = self.read_word(chars);
                    self.take(&word);
                }
            }
        }
    }

    /// Reads commands in parentheses. A folder that they change is theirs alone.
    fn read_nested(&mut self, chars: &mut Peekable<Chars<'_>>, end: char) {
        if self.depth == MAX_DEPTH {
            self.found.push(NamedFile::Unclear(chars.collect()));
            return;
        }
        let mut inner = Self { depth: self.depth + 1, found: Vec::new(), ..self.clone() };
        (inner.expected, inner.is_conditional, inner.has_moved) = (Expected::Command, false, false);
        inner.read(chars, Some(end));
        self.found.extend(inner.found);
    }

    fn read_word(&mut self, chars: &mut Peekable<Chars<'_>>) -> ShellWord {
        let mut word = ShellWord::default();
        let mut quote: Option<char> = None;
        while let Some(&next) = chars.peek() {
            match (next, quote) {
                ('\'', None) | ('"', None) => quote = Some(next),
                (_, Some(open)) if next == open => quote = None,
                (_, Some('\'')) => word.text.push(next),
                ('\\', _) => {
                    chars.next();
                    word.text.extend(chars.peek().filter(|one| **one != '\n'));
                }
                ('$', _) => {
                    word.is_open = true;
                    chars.next();
                    if chars.next_if_eq(&'(').is_some() {
                        self.read_nested(chars, ')');
                        word.text.push_str("$(…)");
                    } else {
                        word.text.push('$');
                    }
                    continue;
                }
                ('`', _) => {
                    word.is_open = true;
                    chars.next();
                    let inner: String = std::iter::from_fn(|| chars.next_if(|one| *one != '`')).collect();
                    self.read_nested(&mut inner.chars().peekable(), '`');
                    word.text.push_str("$(…)");
                }
                (_, None) if next.is_whitespace() || ";&|()<>".contains(next) => break,
                ('*' | '?' | '[' | '{', None) => {
                    word.is_open = true;
                    word.text.push(next);
                }
                ('~', None) if word.text.is_empty() => {
                    word.is_open = true;
                    word.text.push(next);
                }
                _ => word.text.push(next),
            }
            chars.next();
        }
        word
    }

    /// Skips a document that stands in a command, up to its end.
    fn skip_document(&mut self, chars: &mut Peekable<Chars<'_>>, end: &str) {
        while chars.peek().is_some() {
            let line: String = std::iter::from_fn(|| chars.next_if(|one| *one != '\n')).collect();
            chars.next();
            if line.trim() == end {
                return;
            }
            self.mention(&line);
        }
    }

    fn end_list(&mut self) {
        if self.has_moved {
            self.folder = None;
        }
        (self.expected, self.is_conditional, self.has_moved) = (Expected::Command, false, false);
    }

    /// Takes the next word of a command.
    fn take(&mut self, word: &ShellWord) {
        let text = word.text.as_str();
        match self.expected {
            Expected::Command => self.take_command(word),
            Expected::Script(is_shell) => self.take_script(word, is_shell),
            Expected::Text => {
                self.expected = Expected::Anything;
                if word.is_open {
                    self.mention(text);
                }
                let chars = &mut text.chars().peekable();
                self.read_nested(chars, '\0');
            }
            Expected::Value(is_shell) => {
                self.mention(text);
                self.expected = Expected::Script(is_shell);
            }
            Expected::Folder => {
                self.folder = match &self.folder {
                    _ if word.is_open || text.starts_with('-') => None,
                    _ if text.starts_with('/') => Some(text.to_owned()),
                    folder => folder.as_ref().map(|folder| join(folder, text)),
                };
                self.has_moved |= self.is_conditional;
                self.expected = Expected::Anything;
            }
            Expected::Anything => self.mention(text),
        }
    }

    fn take_command(&mut self, word: &ShellWord) {
        let text = word.text.as_str();
        let assigned = text.split_once('=').filter(|(name, _)| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        });
        if let Some((_, value)) = assigned {
            return self.mention(value);
        }
        if PREFIXES.contains(&text) || text.starts_with('-') {
            self.is_conditional |=
                !matches!(text, "!" | "time" | "exec" | "command" | "nohup" | "sudo" | "env");
            return;
        }
        let name = text.rsplit('/').next().unwrap_or(text);
        let named = name.trim_end_matches(|one: char| one.is_ascii_digit() || one == '.').to_owned();
        let named = named.strip_suffix(".exe").unwrap_or(&named);
        let is_among = |names: &[&str]| names.iter().any(|one| one.eq_ignore_ascii_case(named));
        self.expected = match text {
            _ if LISTS.contains(&text) => Expected::Anything,
            "cd" | "pushd" => Expected::Folder,
            "popd" => {
                self.folder = None;
                Expected::Anything
            }
            "eval" => Expected::Text,
            "." | "source" => Expected::Script(false),
            _ if is_among(&SHELLS) => Expected::Script(true),
            _ if is_among(&INTERPRETERS) => Expected::Script(false),
            _ => Expected::Anything,
        };
        if text.contains('/') && (word.is_open || !text.starts_with('/')) {
            self.run(word);
        } else if word.is_open {
            self.mention(text);
        }
    }

    fn take_script(&mut self, word: &ShellWord, is_shell: bool) {
        let text = word.text.as_str();
        let is_flags = text.starts_with('-') && !text.starts_with("--");
        self.expected = match text {
            _ if is_shell && is_flags && text.ends_with('c') => Expected::Text,
            "-c" => Expected::Anything,
            _ if INLINE.iter().any(|one| one.eq_ignore_ascii_case(text)) => Expected::Anything,
            _ if VALUED.contains(&text) => Expected::Value(is_shell),
            _ if text.starts_with('-') && !word.is_open => Expected::Script(is_shell),
            _ => {
                self.run(word);
                Expected::Anything
            }
        };
    }

    fn run(&mut self, word: &ShellWord) {
        self.found.push(match &self.folder {
            Some(folder) if !word.is_open => {
                let is_absolute = word.text.starts_with('/');
                NamedFile::Runs(if is_absolute { word.text.clone() } else { join(folder, &word.text) })
            }
            _ => NamedFile::Unclear(word.text.clone()),
        });
    }

    /// Notes each piece of a text that looks like the name of a file.
    fn mention(&mut self, text: &str) {
        let Some(folder) = &self.folder else { return };
        let pieces = text.split(|one: char| one.is_whitespace() || "\"'=,@:;()<>|&`${}[]".contains(one));
        let is_name = |piece: &&str| piece.contains(['/', '.']) && !piece.starts_with(['/', '-', '~']);
        let found = pieces.filter(is_name).map(|piece| NamedFile::Mentioned(join(folder, piece)));
        self.found.extend(found);
    }
}
