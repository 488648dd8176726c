//! Functions of files: what they read, and that the result says so.

use std::sync::Arc;

use crate::common::parse;
use terraform_values::{
    Budget, FileBytes, FileRead, Found, Marks, Reference, Scope, TemplateFile, Value, evaluate,
};

/// A scope with two files.
struct Folder;

fn content(path: &str) -> Option<&'static [u8]> {
    match path {
        "policy.json" => Some(br#"{"Action":["s3:Get*"]}"#),
        "image.bin" => Some(&[0xff, 0x00]),
        _ => None,
    }
}

impl Scope for Folder {
    fn look_up(&self, _: &Reference<'_>, _: &Budget) -> Option<Found> {
        None
    }

    fn read_file(&self, path: &str) -> Option<FileBytes> {
        let bytes = content(path)?;
        let mark = Marks::of_file(FileRead { path: path.into(), sha256: "digest".into() });
        Some(FileBytes { bytes: Arc::from(bytes), marks: mark })
    }

    fn read_template(&self, _: &str) -> Option<TemplateFile> {
        None
    }

    fn file_exists(&self, path: &str) -> Option<bool> {
        Some(content(path).is_some())
    }
}

fn value(expression: &str) -> Value {
    evaluate(&parse(expression), &Folder, &Budget::default())
}

#[test]
fn a_file_is_read_and_marked() {
    let cases = [
        (r#"file("policy.json")"#, r#"{"Action":["s3:Get*"]}"#),
        (r#"jsondecode(file("policy.json")).Action[0]"#, "s3:Get*"),
        (r#"lower("X${file("policy.json")}")"#, r#"x{"action":["s3:get*"]}"#),
        (r#"filebase64("image.bin")"#, "/wA="),
        (r#"filemd5("image.bin")"#, "e0e8bfafbb0689563b2fba789c97b3cc"),
        (r#"filesha1("image.bin")"#, "da33e41954997c24ad31f6c1845e18510b384f67"),
    ];
    for (expression, expected) in cases {
        let value = value(expression);
        assert_eq!(value.known_text(), Some(expected), "{expression}");
        assert_eq!(value.all_marks().files().count(), 1, "{expression} has the mark of its file");
    }
}

#[test]
fn what_is_not_text_or_not_there_is_not_guessed() {
    let cases = [
        (r#"try(file("image.bin"), "refused")"#, r#""refused""#),
        (r#"file("other.json")"#, r#""${file(…)}""#),
        (r#"fileexists("policy.json")"#, "true"),
        (r#"fileexists("other.json")"#, "false"),
    ];
    cases.into_iter().for_each(|(expression, expected)| assert_eq!(value(expression).to_string(), expected));
}
