//! `countersign compare --jsonl` on pairs whose answer is written beside them.
//!
//! `testdata/compare/PROVIDER.jsonl` holds our own: `id` says what a pair shows, `expected` is the answer that was
//! thought out, `reason` a part of the reason, and `note` a part of a note (null: no note). Others' pairs are read where
//! `COUNTERSIGN_CASES` names their folder; where it does not, the test says that it was skipped.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clap::Parser;
use countersign::cli::Cli;
use countersign::commands::{Exit, Failure, run};
use serde_json::Value;

fn command(words: &[&str]) -> (Result<Exit, Failure>, Vec<Value>) {
    let cli = Cli::parse_from(["countersign", "compare"].iter().chain(words));
    let mut out = Vec::new();
    let exit = run(&cli, &mut out);
    let lines = String::from_utf8(out).unwrap();
    (exit, lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// What is wrong with an answer to a pair.
fn wrong(pair: &Value, answer: &Value) -> Option<String> {
    let id = pair["id"].as_str().unwrap();
    let texts =
        |value: &Value| value.as_array().unwrap().iter().map(|text| text.to_string()).collect::<Vec<_>>();
    let (reason, notes) = (answer["reason"].as_str().unwrap_or_default(), texts(&answer["notes"]));
    let expected = pair["expected"].as_str().unwrap();
    let noted = match pair.get("note") {
        None => true,
        Some(Value::Null) => notes.is_empty(),
        Some(part) => notes.iter().any(|note| note.contains(part.as_str().unwrap())),
    };
    let right = answer["result"] == expected
        && answer["id"] == pair["id"]
        && noted
        && reason.contains(pair["reason"].as_str().unwrap_or_default())
        && answer["reason"].is_null() == (expected == "contained")
        && answer["witness"].is_null() == (expected != "exceeds");
    (!right).then(|| format!("{id}: {answer}"))
}

/// Answers all pairs of a file at once, and holds each against what is expected.
fn holds(provider: &str, path: &Path) {
    let text = fs::read_to_string(path).unwrap();
    let pairs: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (exit, answers) = command(&["--jsonl", "--provider", provider, path.to_str().unwrap()]);
    assert_eq!(answers.len(), pairs.len());
    let found: Vec<String> =
        pairs.iter().zip(&answers).filter_map(|(pair, answer)| wrong(pair, answer)).collect();
    assert!(found.is_empty(), "{} of {}:\n{}", found.len(), pairs.len(), found.join("\n"));
    let all = pairs.iter().all(|pair| pair["expected"] == "contained");
    assert_eq!(exit.unwrap(), if all { Exit::Allowed } else { Exit::Blocked });
    println!("{}: {} pairs", path.display(), pairs.len());
}

#[test]
fn our_pairs_are_answered_as_thought_out() {
    let files: BTreeSet<_> =
        fs::read_dir("testdata/compare").unwrap().map(|entry| entry.unwrap().path()).collect();
    let files = files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    let mut count = 0;
    for path in files {
        holds(path.file_stem().unwrap().to_str().unwrap(), path);
        count += 1;
    }
    assert!(count > 4, "the pairs are not where they should be");
}

#[test]
fn others_pairs_are_answered_as_they_say() {
    let Some(folder) = std::env::var_os("COUNTERSIGN_CASES") else {
        println!("skipped: COUNTERSIGN_CASES names no folder with others' pairs");
        return;
    };
    for name in ["aws-no-new-access", "aws-quacky", "kubernetes-covers"] {
        holds("aws", &Path::new(&folder).join(name).with_extension("jsonl"));
    }
}

/// The same pair in two files, in one line, and with its text as a text.
#[test]
fn files_and_lines_are_answered_alike() {
    let folder = tempfile::tempdir().unwrap();
    let text = fs::read_to_string("testdata/compare/aws.jsonl").unwrap();
    for line in text.lines().step_by(7) {
        let pair: Value = serde_json::from_str(line).unwrap();
        let file = |name: &str| {
            let path = folder.path().join(name);
            fs::write(&path, pair[name].to_string()).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let (approved, planned) = (file("approved"), file("planned"));
        let (exit, answers) = command(&["--approved", &approved, "--planned", &planned, "--format", "json"]);
        assert_eq!(answers.len(), 1);
        assert_eq!(answers[0]["result"], pair["expected"], "{}", pair["id"]);
        assert!(answers[0]["id"].is_null());
        assert_eq!(exit.unwrap() == Exit::Allowed, pair["expected"] == "contained");
    }
}

/// Several `--approved` are what a list of them is.
#[test]
fn several_approved_files_are_a_union() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, action: &str| {
        let path = folder.path().join(name);
        let policy = format!(r#"{{"Statement":{{"Effect":"Allow","Action":{action},"Resource":"*"}}}}"#);
        fs::write(&path, policy).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (get, put) = (file("get", r#""s3:GetObject""#), file("put", r#""s3:PutObject""#));
    let both = file("both", r#"["s3:GetObject","s3:PutObject"]"#);
    let exit = |words: &[&str]| command(words).0.unwrap();
    assert_eq!(
        exit(&["--approved", &get, "--approved", &put, "--planned", &both, "--format", "json"]),
        Exit::Allowed
    );
    assert_eq!(exit(&["--approved", &get, "--planned", &both, "--format", "json"]), Exit::Blocked);
    assert_eq!(exit(&["--approved", &put, "--planned", &both, "--format", "json"]), Exit::Blocked);
}

/// A role that a catalogue knows is compared by what it holds, on both sides; any other by its name.
#[test]
fn a_catalogue_tells_what_roles_hold() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pairs");
    let result = |approved: &str, planned: &str, more: &[&str]| {
        let (approved, planned) = (format!("[{approved}]"), format!("[{planned}]"));
        fs::write(&path, format!(r#"{{"approved":{approved},"planned":{planned}}}"#)).unwrap();
        let words = ["--jsonl", "--provider", "google", path.to_str().unwrap()];
        command(&[&words[..], more].concat()).1.remove(0)
    };
    let catalog = ["--catalog", "testdata/catalog/clouds/catalog.jsonl"];
    let role = r#"{"role":"projects/acme-prod/roles/queueReader"}"#;
    let both = r#"{"permissions":["pubsub.subscriptions.get","pubsub.subscriptions.list"]}"#;
    let one = r#"{"permissions":["pubsub.subscriptions.get"]}"#;
    for (approved, planned, by_content, by_name) in [
        (both, role, "contained", "exceeds"),
        (role, one, "contained", "exceeds"),
        (one, role, "exceeds", "exceeds"),
        (role, role, "contained", "contained"),
    ] {
        let answer = result(approved, planned, &catalog);
        assert_eq!(answer["result"], by_content, "{answer}");
        let answer = result(approved, planned, &[]);
        assert_eq!(answer["result"], by_name, "{answer}");
        let says_so = answer["notes"].to_string().contains("--catalog");
        assert_eq!(says_so, by_name == "exceeds", "{answer}");
    }
}

/// UTF-16 and marks are read; what can't be read is answered, and input without one readable pair is a failure.
#[test]
fn every_line_is_answered_or_nothing_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pairs");
    let answers = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        let (exit, answers) = command(&["--jsonl", path.to_str().unwrap()]);
        let words = answers.iter().map(|answer| answer["result"].as_str().unwrap().to_owned());
        (exit.ok(), words.collect::<Vec<_>>().join(" "))
    };
    let good = r#"{"id":1,"approved":{"Statement":[]},"planned":{"Statement":[]}}"#;
    let blocked = |words: &str| (Some(Exit::Blocked), words.to_owned());
    let allowed = |words: &str| (Some(Exit::Allowed), words.to_owned());
    assert_eq!(answers(good.as_bytes()), allowed("contained"));
    assert_eq!(
        answers(format!("\u{feff}{good}\r\n\n  \n{good}\n").as_bytes()),
        allowed("contained contained")
    );
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    assert_eq!(answers(&wide(&format!("\u{feff}{good}\n{good}"))), allowed("contained contained"));
    for bad in [
        "nothing",
        r#"{"approved":{"Statement":[]}}"#,
        r#"{"approved":{"Statement":[]},"planned":{"Statement":[]},"planned":{"Statement":[]}}"#,
        r#"{"id":[1],"approved":{"Statement":[]},"planned":{"Statement":[]}}"#,
        r#"{"id":1,"approved":{"Statement":[],"Statement":[]},"planned":{"Statement":[]}}"#,
        r#"{"provider":"oracle","approved":{"Statement":[]},"planned":{"Statement":[]}}"#,
        r#"{"provider":"terraform","approved":{"Statement":[]},"planned":{"Statement":[]}}"#,
        &good[..40],
        "[]",
        "null",
    ] {
        let words = answers(format!("{good}\n{bad}\n{good}").as_bytes());
        assert_eq!(words, blocked("contained undecided contained"), "{bad}");
    }
    assert_eq!(answers(b"\xff\n"), (None, "undecided".to_owned()));
    assert_eq!(answers(b"nothing\nnothing\n"), (None, "undecided undecided".to_owned()));
    assert_eq!(answers(b"\n\n"), (None, String::new()));
    assert_eq!(answers(b""), (None, String::new()));
}
