use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::parse;
use crate::document::{Body, Document, Value, header, parse_expressions};
use crate::{Decoder, Source, template};

/// All that can be asked of a file: names, labels, values and where each stands.
fn describe(source: &Source, document: &Document<'_>) -> String {
    let mut out = String::new();
    let decoder = Decoder::new(source);
    describe_body(&decoder, document.body(), &mut out);
    let problems = decoder.finish();
    write!(out, "{problems:?}").unwrap();
    out
}

fn describe_body(decoder: &Decoder, body: Body<'_>, out: &mut String) {
    for attribute in body.attributes() {
        write!(out, "{:?} = ", attribute.key).unwrap();
        describe_value(decoder, attribute.value, out);
        assert_eq!(body.attribute(attribute.key.value).unwrap().key, attribute.key);
    }
    for block in body.blocks() {
        let labels = block.labels();
        write!(out, "{:?} {labels:?} {:?} {:?} {{ ", block.ident(), header(block), block.span()).unwrap();
        assert_eq!(labels.is_empty(), !block.has_labels());
        describe_body(decoder, block.body(), out);
        out.push_str(" } ");
    }
}

fn describe_value(decoder: &Decoder, value: Value<'_>, out: &mut String) {
    if let Some(items) = value.as_list() {
        write!(out, "{:?} [ ", value.span()).unwrap();
        items.for_each(|item| describe_value(decoder, item, out));
        out.push_str(" ] ");
        return;
    }
    write!(out, "{:?} {:?} ", value.as_flag(), value.as_count()).unwrap();
    // What is refused is reported, with its place and what it was taken for.
    write!(out, "{:?} {:?} ", template::template(decoder, "x", value), value.as_text()).unwrap();
}

/// Whether the text is plain; fails where it is and the parsers differ.
fn is_plain(text: &str) -> bool {
    let source = Source::new("a", text);
    let Some(body) = parse(text) else { return false };
    let plain = describe(&source, &Document::plain(body));
    match parse_expressions(&source) {
        Ok(full) => assert_eq!(plain, describe(&source, &full), "{text}"),
        Err(problem) => panic!("{}: {text}", problem.message),
    }
    true
}

/// Every file of HCL below a folder of the repository.
fn list_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            list_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "hcl") {
            files.push(path);
        }
    }
}

fn read_files() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    for folder in ["testdata", "rules"] {
        list_files(&root.join(folder), &mut files);
    }
    files.sort();
    files.iter().filter_map(|path| fs::read_to_string(path).ok()).collect()
}

#[test]
fn both_parsers_read_every_manifest_alike() {
    let files = read_files();
    let plain = files.iter().filter(|text| is_plain(text)).count();
    assert!(plain > 100 && plain < files.len(), "{plain} of {}", files.len());
}

/// Numbers that look random and are the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end.max(1)).unwrap()).unwrap()
    }
}

/// What is put into a text, or in place of a part of it.
const PIECES: [&str; 64] = [
    "\"",
    "\\",
    "$",
    "${",
    "$${",
    "$$${",
    "%",
    "%{",
    "%%{",
    "}",
    "{",
    "[",
    "]",
    "(",
    ")",
    ",",
    ".",
    "..",
    "...",
    "=",
    "==",
    "=>",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "#",
    "//",
    "/*",
    "*/",
    "/",
    "*",
    "-",
    "+",
    "!",
    "?",
    ":",
    "<<E\n",
    "0",
    "01",
    "1.5",
    "1e3",
    "true",
    "false",
    "null",
    "for",
    "a",
    "a.b",
    "a[0]",
    "a[\"k\"]",
    "${a.b}",
    "${a}",
    "x = 1\n",
    "b {}\n",
    "b \"l\" {\n}\n",
    "{ x = [\"a\"] }",
    "é",
    "\u{200b}",
    "\\n",
    "\\u00e9",
    "\\x",
    "~",
    "_",
];

/// The text with a few pieces put in, taken out or put elsewhere.
fn mutate(text: &str, random: &mut Random) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(3) {
        let at = random.below(chars.len() + 1);
        let end = (at + random.below(4)).min(chars.len());
        let piece: Vec<char> = match random.below(4) {
            0 => Vec::new(),
            1 => {
                let from = random.below(chars.len() + 1);
                let to = (from + random.below(20)).min(chars.len());
                chars[from..to].to_vec()
            }
            _ => PIECES[random.below(PIECES.len())].chars().collect(),
        };
        let end = if random.below(2) == 0 { at } else { end };
        chars.splice(at..end, piece);
    }
    chars.into_iter().collect()
}

#[test]
fn both_parsers_read_every_mutation_alike() {
    let rounds: usize = std::env::var("COUNTERSIGN_ROUNDS").map_or(4_000, |rounds| rounds.parse().unwrap());
    let mut seeds = read_files();
    seeds.retain(|text| text.len() < 1_500 && parse(text).is_some());
    seeds.push(SEED.to_owned());
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut plain = 0;
    for round in 0..rounds {
        let seed = if round % 2 == 0 { SEED } else { &seeds[random.below(seeds.len())] };
        plain += usize::from(is_plain(&mutate(seed, &mut random)));
    }
    assert!(plain > rounds / 20 && plain < rounds, "{plain} of {rounds}");
}

const SEED: &str = r##"# one
a = "x" // two
b = ["x${a.b["k"].c[0].d}y", c.d, "$${z}", "\"\n", 12, true,] # three
c = [
  "1", # four

  "2"
]
d {}
e "f" g { h = false }
i "j\\" {
  k = m["n"].o

  l { # five
  }
}
"##;

#[test]
fn what_is_not_plain_is_left_to_the_other_parser() {
    for text in [
        "a = b",
        "a = [[1]]",
        "a = {}",
        "a = null",
        "a = 1.5",
        "a = -1",
        "a = 01",
        "a = f(b)",
        "a = b.*.c",
        "a = b.0",
        "a = b[c].d",
        "a = <<E\nx\nE\n",
        "a = \"${f(b)}\"",
        "a = \"%{ if b }c%{ endif }\"",
        "a = \"\\u00e9\"",
        "a = 1 /* b */",
        "é = 1",
        "a = 1\na = 2",
        "a = 1 b = 2",
        "a {",
        "a = \"b",
        "a = \"b\nc\"",
    ] {
        assert!(!is_plain(text), "{text}");
    }
    assert!(is_plain(SEED) && is_plain("") && is_plain("a = 1"));
    let deep = |depth: usize| format!("{}{}", "a {\n".repeat(depth), "}\n".repeat(depth));
    assert!(is_plain(&deep(8)) && !is_plain(&deep(9)));
}
