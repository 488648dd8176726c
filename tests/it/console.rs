//! What is read of an expression is what Terraform reads: `terraform console` is asked for the value of generated texts,
//! and of what was read of them written out in full parentheses, with every literal quoted anew.
//!
//! Needs `terraform`; where there is none, the test says so and passes.

mod print;

use std::fmt::Write as _;

use countersign::sources::{Lookup, ModuleFiles, Sources};
use print::written_out;

use crate::terraform_console::{ConsoleAnswer, ask_console};

/// Texts that are tried: a run of so many takes some seconds, and most of it is Terraform.
const TEXTS: usize = 100;

/// A generator of numbers (SplitMix64), so that a failure can be seen again.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).unwrap()
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }
}

/// Writes expressions as people write them: with comments, lines, heredocs and escapes in all places.
struct Writer {
    random: Random,
}

impl Writer {
    /// White space where Terraform ignores the ends of lines.
    fn gap(&mut self) -> String {
        self.random
            .pick(&[" ", "", " ", "\n  ", " # a { comment\n", " // \"\n ", "/* ${ */", "\r\n"])
            .to_owned()
    }

    /// An expression; `lines` says whether the end of a line means nothing where it stands.
    fn expression(&mut self, depth: usize, lines: bool) -> String {
        if depth == 0 {
            return self.atom();
        }
        let depth = depth - 1;
        let gap = if lines { self.gap() } else { " ".to_owned() };
        match self.random.below(14) {
            0 | 1 => self.atom(),
            2 => self.quoted(depth),
            3 => self.list(depth),
            4 | 5 => self.object(depth),
            6 => {
                let (condition, yes, no) =
                    (self.truth(), self.expression(depth, lines), self.expression(depth, lines));
                format!("{condition}{gap}?{gap}jsonencode({yes}){gap}:{gap}jsonencode({no})")
            }
            7 => format!("({}{}{})", self.gap(), self.expression(depth, true), self.gap()),
            8 => {
                let operator = self.random.pick(&["+", "-", "*", "/", "%"]);
                let (left, right) = (self.number(), self.number());
                format!("{left}{gap}{operator} {right} + -{right} * {left}")
            }
            9 => format!("!{} && {} || {}", self.truth(), self.truth(), self.truth()),
            10 => format!("jsonencode({}{}{})", self.gap(), self.expression(depth, true), self.gap()),
            11 => format!(
                "[for v in {}{}:{}{}{}if {}]",
                self.list(depth),
                self.gap(),
                self.gap(),
                self.expression(depth, true),
                " ",
                self.truth()
            ),
            12 => format!(
                "{{for k, v in {} :{}k => {} ?{} jsonencode(v) :{} k}}",
                self.object(depth),
                self.gap(),
                self.truth(),
                self.gap(),
                self.gap()
            ),
            // The end of its last line ends a heredoc, so it needs a place where that means nothing.
            _ if lines => self.heredoc(depth),
            _ => self.atom(),
        }
    }

    fn atom(&mut self) -> String {
        let text = [
            "null",
            "local.object.b",
            "local.list[1]",
            "local.object[\"a-b\"]",
            "local.list[*]",
            "local.objects[*].b",
        ];
        match self.random.below(3) {
            0 => self.number(),
            1 => self.quoted(0),
            _ => self.random.pick(&text).to_owned(),
        }
    }

    fn number(&mut self) -> String {
        self.random.pick(&["0", "7", "1.5", "2e3", "012", "123456789012", "100", "3"]).to_owned()
    }

    fn truth(&mut self) -> String {
        self.random.pick(&["true", "false", "(1 == 2)", "(3 > 2)", "(\"a\" != \"b\")"]).to_owned()
    }

    fn literal(&mut self) -> String {
        let parts = [
            "a", " ", "é", "$", "%", "$$", "%%", "$${x}", "%%{x}", "$$$${", "{", "}", "#", "//", "<<EOT",
            "'", "~", "日本",
        ];
        let text: String = (0..self.random.below(5)).map(|_| self.random.pick(&parts)).collect();
        // A sign before a brace would open a sequence; three signs are left as they are.
        if text.replace("$${", "").replace("%%{", "").contains(['$', '%']) {
            text.replace('{', "(")
        } else {
            text
        }
    }

    fn quoted(&mut self, depth: usize) -> String {
        let mut text = String::from("\"");
        for _ in 0..self.random.below(4) {
            // A sign and the brace of the next literal would open a sequence.
            if text.ends_with(['$', '%']) {
                text.push('.');
            }
            let literal = self.literal();
            text.push_str(&literal);
            text.push_str(self.random.pick(&[
                "",
                "\\n",
                "\\\"",
                "\\\\",
                "\\t",
                "\\u00e9",
                "\\U0001F600",
                "  ",
            ]));
            if self.random.below(2) == 0 {
                text.push_str(&self.sequence(depth));
            }
        }
        text.push('"');
        text
    }

    /// `${…}` of something that is text, or a directive. A literal before it may not end with its sign.
    fn sequence(&mut self, depth: usize) -> String {
        let (open, close) = (self.random.pick(&["", "~"]), self.random.pick(&["", "~"]));
        let inner = if depth == 0 { "\"i\"".to_owned() } else { self.quoted(depth - 1) };
        match self.random.below(4) {
            0 => format!("-%{{{open} if {} }} y %{{ else {close}}} n %{{{open} endif }}", self.truth()),
            1 => format!("-%{{ for v in [1, 2] {close}}} ${{v}}, %{{{open} endfor {close}}}"),
            _ => format!("-${{{open}{} {inner} {}{close}}}", self.gap(), self.gap()),
        }
    }

    fn heredoc(&mut self, depth: usize) -> String {
        let dash = self.random.pick(&["", "-"]);
        let mut text = format!("<<{dash}EOT\n");
        for _ in 0..self.random.below(4) {
            text.push_str(self.random.pick(&["", "  ", "    ", "\t"]));
            let literal = self.literal();
            text.push_str(&literal);
            text.push_str(self.random.pick(&["", " EOT,", "\\n", "\"", " "]));
            if self.random.below(2) == 0 {
                text.push_str(&self.sequence(depth));
            }
            text.push('\n');
        }
        format!("{text}{}EOT\n", self.random.pick(&["", "  "]))
    }

    fn list(&mut self, depth: usize) -> String {
        let mut text = String::from("[");
        for _ in 0..self.random.below(4) {
            let _ = write!(text, "{}{}{},", self.gap(), self.expression(depth, true), self.gap());
        }
        text + &self.gap() + "]"
    }

    /// Members whose keys repeat, however they are written.
    fn object(&mut self, depth: usize) -> String {
        let mut text = String::from("{");
        for _ in 0..self.random.below(5) {
            text.push_str(self.random.pick(&[" ", "\n", " # c }\n", "\r\n"]));
            text.push_str(self.random.pick(&[
                "a",
                "\"a\"",
                "b",
                "(\"b\")",
                "\"${\"b\"}\"",
                "a-b",
                "\"c d\"",
                "for_",
                "(local.list[1])",
            ]));
            text.push_str(self.random.pick(&[" = ", ": ", "="]));
            text.push_str(&self.expression(depth, false));
            text.push_str(self.random.pick(&[",", "\n", " # c\n", ",\n", "/* c */,"]));
        }
        text + "}"
    }
}

/// The words that `terraform console` answers, asked in a folder with one file. `None` where there is no terraform.
fn ask(file: &str, lines: &str) -> Option<Vec<String>> {
    let ConsoleAnswer { text, errors } = ask_console(file, lines)?;
    assert!(errors.is_empty(), "{errors}\n{file}");
    Some(text.trim().trim_matches('"').split(' ').map(str::to_owned).collect())
}

const GIVEN: &str = "locals {\n  list = [\"x\", \"y\"]\n  object = { b = 1, \"a-b\" = \"z\" }\n  objects = [{ b = 1 }, { b = 2 }]\n}\n";

#[test]
fn expressions_are_read_as_terraform_reads_them() {
    let mut writer = Writer { random: Random(20_261_130) };
    let mut written = String::from(GIVEN);
    let texts: Vec<String> = (0..TEXTS)
        .map(|at| if at % 5 == 0 { writer.heredoc(2) } else { writer.expression(3, false) })
        .map(|text| text.trim_end().to_owned())
        .collect();
    for (at, text) in texts.iter().enumerate() {
        let _ = writeln!(written, "locals {{\n  o{at} = {text}\n}}");
    }
    let files = vec![("main.tf".to_owned(), written.clone().into_bytes())];
    let sources = Sources::read(&[ModuleFiles { folder: ".".to_owned(), files, ..ModuleFiles::default() }]);
    let unread: Vec<_> = sources.unread().map(|part| (part.place.position(), part.cause)).collect();
    assert_eq!(unread, [], "{written}");
    let (mut asked, mut lines) = (String::from(GIVEN), String::new());
    for (at, text) in texts.iter().enumerate() {
        let Lookup::Written(expression) = sources.local(&[], &format!("o{at}")) else {
            panic!("{:?}\n{text}", sources.local(&[], &format!("o{at}")))
        };
        let read = written_out(expression);
        let _ = writeln!(asked, "locals {{\n  o{at} = try(jsonencode({text}\n), \"fails\")");
        let _ = writeln!(asked, "  r{at} = try(jsonencode({read}), \"fails\")\n}}");
        let _ = write!(
            lines,
            "local.o{at} == \"fails\" && local.r{at} == \"fails\" ? \"fails\" : local.o{at} == local.r{at}, "
        );
    }
    let Some(answers) = ask(&asked, &format!("join(\" \", [{lines}])\n")) else {
        println!("skipped: there is no terraform to ask");
        return;
    };
    assert_eq!(answers.len(), TEXTS, "{answers:?}");
    let failing = answers.iter().filter(|answer| *answer == "fails").count();
    assert!(failing < TEXTS / 4, "{failing} of {TEXTS} have no value");
    let wrong = texts.iter().zip(&answers).filter(|(_, answer)| !matches!(answer.as_str(), "true" | "fails"));
    let wrong: Vec<String> = wrong.map(|(text, answer)| format!("{answer}: {text}")).collect();
    assert!(wrong.is_empty(), "{} of {TEXTS}:\n{}", wrong.len(), wrong.join("\n"));
}
