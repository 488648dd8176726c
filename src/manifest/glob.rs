//! Globs over Terraform addresses, module paths and files.
//!
//! `*` stands for any run of characters, dots, slashes and brackets included; everything else stands for itself.
//! There is no other metacharacter, because addresses are full of brackets and quotes.

use std::fmt;

/// A pattern in which `*` matches any run of characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Glob {
    text: String,
}

impl Glob {
    /// Every text is a glob.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned() }
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the whole of `text` matches.
    pub fn matches(&self, text: &str) -> bool {
        rule_language::matches_glob(&self.text, text)
    }
}

impl fmt::Display for Glob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::Glob;

    #[test]
    fn stars_match_any_run() {
        for (glob, text) in [
            ("", ""),
            ("*", ""),
            ("*", "module.a.aws_iam_role.b[\"x.y\"]"),
            ("module.ci.*", "module.ci.aws_iam_role.a"),
            ("module.ci*.aws_iam_*", "module.ci[0].module.x.aws_iam_role.a"),
            ("*.aws_iam_role.*", "module.a.aws_iam_role.b"),
            ("a*a", "aa"),
            ("a*b*c", "abbc"),
            ("*ab*ab", "abab"),
            ("aws_iam_role.a[\"k\"]", "aws_iam_role.a[\"k\"]"),
            ("**", "x"),
        ] {
            assert!(Glob::new(glob).matches(text), "{glob} should match {text}");
        }
    }

    #[test]
    fn the_whole_text_has_to_match() {
        for (glob, text) in [
            ("", "x"),
            ("module.ci.*", "module.ci"),
            ("module.ci.*", "module.cicd.aws_iam_role.a"),
            ("module.ci.*", "x.module.ci.a"),
            ("a*a", "a"),
            ("*ab*ab", "ab"),
            ("aws_iam_role.a", "aws_iam_role.a[0]"),
            ("aws_iam_role.?", "aws_iam_role.a"),
            ("AWS*", "aws_iam_role.a"),
        ] {
            assert!(!Glob::new(glob).matches(text), "{glob} should not match {text}");
        }
    }
}
