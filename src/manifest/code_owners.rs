//! `CODEOWNERS`: which person or team owns a file of the repository, as GitHub and GitLab read it.
//!
//! Takes the text of a `CODEOWNERS` file and returns [`CodeOwners`]; [`CodeOwners::find_owner`] returns the owner of a path.
//! The last line that matches decides, and of several owners the first is named, because exactly one answers. A section
//! of GitLab gives its lines owners that name none themselves. A line that the forges skip is skipped.
//!
//! An owner is named by it and nothing is authorized: who answers for a file says nothing of who may decide.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// The lines of a `CODEOWNERS` file that are read, at most. GitHub ignores a file of more than 3 MB, which is some 50,000 lines.
const MAX_LINES: usize = 50_000;

/// A `CODEOWNERS` file.
#[derive(Clone, Debug)]
pub struct CodeOwners {
    /// Its path in the repository.
    name: String,
    /// Whether it was read from where the change under review cannot write.
    is_trusted: bool,
    patterns: GlobSet,
    /// The lines that the patterns come from, in their order.
    lines: Vec<OwnedLine>,
}

/// A line with a pattern.
#[derive(Clone, Debug)]
struct OwnedLine {
    /// From one.
    line: usize,
    /// The first owner; none where the files are explicitly nobody's.
    owner: Option<String>,
}

/// The owner of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeOwner<'a> {
    /// As written: `@acme/payments` or an address.
    pub name: &'a str,
    /// The `CODEOWNERS` file.
    pub file: &'a str,
    /// Its line, from one.
    pub line: usize,
    /// Whether the file was read from where the change under review cannot write.
    pub is_trusted: bool,
}

impl CodeOwners {
    /// Where the forges look for it, in their order.
    pub const PATHS: [&str; 4] =
        [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"];

    /// Reads a file; `name` is its path in the repository.
    pub fn read(name: &str, text: &str, is_trusted: bool) -> Self {
        let mut builder = GlobSetBuilder::new();
        let (mut lines, mut of_section) = (Vec::new(), None);
        for (at, written) in text.lines().take(MAX_LINES).enumerate() {
            if let Some(default) = read_section(written) {
                of_section = default;
                continue;
            }
            let words = split_words(written);
            let Some((pattern, owners)) = words.split_first() else { continue };
            // GitHub knows no negation, and skips such a line.
            let Some(glob) = Some(pattern).filter(|pattern| !pattern.starts_with('!')) else { continue };
            let glob =
                GlobBuilder::new(&make_glob(glob)).literal_separator(true).backslash_escape(true).build();
            let Ok(glob) = glob else { continue };
            builder.add(glob);
            let owner = owners.iter().find(|word| is_owner(word)).cloned().or_else(|| of_section.clone());
            lines.push(OwnedLine { line: at + 1, owner });
        }
        // Patterns that are too large together are those of nobody.
        let patterns = builder.build().unwrap_or_default();
        Self { name: name.to_owned(), is_trusted, patterns, lines }
    }

    /// The owner of a file, by its path in the repository.
    pub fn find_owner(&self, path: &str) -> Option<CodeOwner<'_>> {
        let last = self.patterns.matches(path).into_iter().max()?;
        let OwnedLine { line, owner } = self.lines.get(last)?;
        let name = owner.as_deref()?;
        Some(CodeOwner { name, file: &self.name, line: *line, is_trusted: self.is_trusted })
    }
}

/// Reads the heading of a section of GitLab (`[Name]`, `^[Name][2] @owner`), and returns the owner of its lines.
fn read_section(line: &str) -> Option<Option<String>> {
    let line = line.trim();
    let heading = line.strip_prefix('^').unwrap_or(line).strip_prefix('[')?;
    let (_, rest) = heading.split_once(']')?;
    let rest = rest.strip_prefix('[').and_then(|count| count.split_once(']')).map_or(rest, |(_, rest)| rest);
    // A pattern may begin like that.
    if !(rest.is_empty() || rest.starts_with(char::is_whitespace)) {
        return None;
    }
    Some(split_words(rest).into_iter().find(|word| is_owner(word)))
}

/// The words of a line up to a comment. A backslash keeps a space or a `#` in its word.
fn split_words(line: &str) -> Vec<String> {
    let (mut words, mut word) = (Vec::new(), String::new());
    let mut symbols = line.chars();
    while let Some(symbol) = symbols.next() {
        match symbol {
            '\\' => {
                word.push(symbol);
                word.extend(symbols.next());
            }
            '#' if word.is_empty() => break,
            space if space.is_whitespace() => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            other => word.push(other),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Whether a word names an owner: a login, a team, or an address.
fn is_owner(word: &str) -> bool {
    let (before, after) = word.split_once('@').unwrap_or_default();
    !after.is_empty() && (before.is_empty() || after.contains('.'))
}

/// Translates a pattern to a glob over whole paths. A pattern with a slash that is not its last symbol is anchored at the root;
/// a folder means all that is below it, but for `folder/*`, which means only the files in it.
fn make_glob(pattern: &str) -> String {
    let mut literal = String::new();
    for symbol in pattern.chars() {
        // Only stars, question marks and backslashes have a meaning.
        if matches!(symbol, '[' | ']' | '{' | '}' | ',' | '!') {
            literal.push('\\');
        }
        literal.push(symbol);
    }
    let is_anchored = literal.trim_end_matches('/').contains('/');
    let inner = literal.trim_start_matches('/');
    let start = if is_anchored { "" } else { "**/" };
    match inner {
        "" | "*" | "**" => "**".to_owned(),
        _ if inner.ends_with("/**") || inner.ends_with("/*") => format!("{start}{inner}"),
        _ => match inner.strip_suffix('/') {
            Some(folder) => format!("{start}{folder}/**"),
            None => format!("{start}{{{inner},{inner}/**}}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::CodeOwners;

    const FILE: &str = "# who owns what
*                 @acme/everything
/infra/           @acme/infra @kim
/infra/payments/* @acme/payments
docs/*            docs@example.com
apps/             @octocat
/logs/            @l
/apps/github
**/secret         @acme/security
*.tf.json         @json # a comment
with\\ space.tf    @space
[braces].tf       @braces
!infra/x          @nobody
/script{s}/a?.tf  @one
";

    fn owner(text: &str, path: &str) -> Option<String> {
        CodeOwners::read("CODEOWNERS", text, false).find_owner(path).map(|owner| owner.name.to_owned())
    }

    #[test]
    fn the_last_line_that_matches_decides() {
        for (path, expected) in [
            ("main.tf", Some("@acme/everything")),
            ("infra/main.tf", Some("@acme/infra")),
            ("infra/x/y/main.tf", Some("@acme/infra")),
            ("infra/x", Some("@acme/infra")),
            ("other/infra/main.tf", Some("@acme/everything")),
            ("infra/payments/main.tf", Some("@acme/payments")),
            ("infra/payments/deep/main.tf", Some("@acme/infra")),
            ("docs/a.tf", Some("docs@example.com")),
            ("docs/a/b.tf", Some("@acme/everything")),
            ("x/docs/a.tf", Some("@acme/everything")),
            ("x/apps/y/main.tf", Some("@octocat")),
            ("apps/github", None),
            ("apps/github/main.tf", None),
            ("deep/down/secret/main.tf", Some("@acme/security")),
            ("infra/payments/x.tf.json", Some("@json")),
            ("with space.tf", Some("@space")),
            ("[braces].tf", Some("@braces")),
            ("b.tf", Some("@acme/everything")),
            ("script{s}/ab.tf", Some("@one")),
            ("script{s}/a/.tf", Some("@acme/everything")),
            ("INFRA/main.tf", Some("@acme/everything")),
        ] {
            assert_eq!(owner(FILE, path).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn a_section_gives_its_lines_an_owner() {
        let text =
            "a.tf @a\n[Database][2] @acme/database @kim\nmodel/\nother/ @other\n^[Docs] \n*.md\nb.tf @b\n";
        for (path, expected) in [
            ("a.tf", Some("@a")),
            ("model/x.tf", Some("@acme/database")),
            ("other/x.tf", Some("@other")),
            ("x.md", None),
            ("b.tf", Some("@b")),
        ] {
            assert_eq!(owner(text, path).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn a_place_is_that_of_its_line() {
        let owners = CodeOwners::read(".github/CODEOWNERS", "\n# x\n*.tf @a\n", true);
        let owner = owners.find_owner("x/main.tf").unwrap();
        assert_eq!(
            (owner.name, owner.file, owner.line, owner.is_trusted),
            ("@a", ".github/CODEOWNERS", 3, true)
        );
        assert_eq!(CodeOwners::read("CODEOWNERS", "", false).find_owner("main.tf"), None);
    }
}
