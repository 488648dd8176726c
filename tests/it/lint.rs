//! Every folder in `testdata/lint` is a case: `approvals/` is linted as of 2026-11-23, and what comes out is
//! `expected.txt` or `expected.json`, whichever are there. `UPDATE=1` writes them anew.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use countersign::authority::LintCode;
use countersign::commands::lint::{LintFormat, lint};
use countersign::manifest::Manifest;
use countersign::source::{Source, check};
use jiff::civil::{Date, date};
use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_oneof, proptest};

const AS_OF: Date = date(2026, 11, 23);

pub(super) fn run(path: &Path, format: LintFormat) -> (String, bool) {
    let mut out = Vec::new();
    let has_errors = lint(path, AS_OF, format, &mut out).unwrap();
    (String::from_utf8(out).unwrap(), has_errors)
}

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<_> =
        fs::read_dir("testdata/lint").unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() > 40, "the cases are not where they should be");
    cases
}

#[test]
fn every_case_says_what_is_expected() {
    let mut wrong = Vec::new();
    for case in cases() {
        let mut compared = 0;
        for (name, format) in [("expected.txt", LintFormat::Plain), ("expected.json", LintFormat::Json)] {
            let expected = case.join(name);
            if !expected.exists() {
                continue;
            }
            compared += 1;
            let (found, has_errors) = run(&case.join("approvals"), format);
            if crate::is_updating() {
                fs::write(&expected, &found).unwrap();
            }
            if found != fs::read_to_string(&expected).unwrap() {
                wrong.push(format!("{}:\n{found}", expected.display()));
            }
            let expects_errors = match format {
                LintFormat::Json => found.contains("\"severity\": \"error\""),
                LintFormat::Plain | LintFormat::Coloured => {
                    !found.lines().last().unwrap().starts_with("0 errors")
                }
            };
            assert_eq!(has_errors, expects_errors, "{}", case.display());
        }
        assert!(compared > 0, "{} expects nothing", case.display());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A code that no case shows is one that nobody has seen.
#[test]
fn every_code_has_a_case() {
    let mut seen = BTreeSet::new();
    for case in cases() {
        let (found, _) = run(&case.join("approvals"), LintFormat::Json);
        let found: serde_json::Value = serde_json::from_str(&found).unwrap();
        let problems = found["problems"].as_array().unwrap();
        seen.extend(problems.iter().map(|problem| problem["code"].as_str().unwrap().to_owned()));
    }
    // What is wrong with where a manifest comes from shows in a repository: see `testdata/findings`.
    let of_repositories =
        [LintCode::UnsignedInChange, LintCode::AuthorityRollback, LintCode::SignatureInvalid];
    let of_repositories = of_repositories.into_iter().chain([
        // What is wrong with a ticket shows beside an export: see `testdata/findings`.
        LintCode::TicketUnknown,
        LintCode::TicketEnded,
        LintCode::TicketMismatch,
        LintCode::TicketsStale,
    ]);
    let of_repositories: Vec<LintCode> = of_repositories.collect();
    let of_folders = LintCode::ALL.iter().filter(|code| !of_repositories.contains(code));
    let without: Vec<_> = of_folders.map(|code| code.name()).filter(|name| !seen.contains(*name)).collect();
    assert!(without.is_empty(), "no case in testdata/lint for {}", without.join(", "));
}

/// The examples of the page about the manifest are one manifest without mistakes, and the standing approval among them is
/// the one that is tested.
#[test]
fn the_examples_of_the_page_are_a_manifest() {
    let page = fs::read_to_string("docs/manifest.md").unwrap();
    let blocks = page.split("```hcl\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let text: String = blocks.collect();
    let text = format!(
        "{text}\nsystem \"platform\" {{ owner = \"x\" }}\n\
         authority \"platform\" {{\napprovers = [\"lee\"]\nsystems = [\"platform\"]\nmax_duration = \"120d\"\n}}\n"
    );
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("all.hcl"), &text).unwrap();
    let (found, has_errors) = run(folder.path(), LintFormat::Plain);
    assert!(!has_errors, "{found}");
    let standing = fs::read_to_string("testdata/standing/SEC-100.hcl").unwrap();
    assert!(page.contains(standing.trim_end()));
}

/// Lines that would break a renderer are made here, not kept.
#[test]
fn long_lines_and_deep_nesting_are_told_not_suffered() {
    let folder = tempfile::tempdir().unwrap();
    let long = "x".repeat(300_000);
    let deep = "[".repeat(100_000);
    let blocks = "a {\n".repeat(100_000);
    let many = "x = 1\n".to_owned() + &(0..50_000).map(|n| format!("y{n} = 1\n")).collect::<String>();
    for (name, text) in [
        ("long-key", format!("{long} = 1\n")),
        ("long-value", format!("process_owner = \"{long}\" x = 1\n")),
        ("long-comment", format!("/* {long} */ nonsense = 1\n")),
        ("long-unseen", format!("{long}\u{202e}\n")),
        ("deep-list", format!("process_owner = {deep}\n")),
        ("deep-blocks", blocks),
        ("many-problems", many),
    ] {
        let path = folder.path().join(format!("{name}.hcl"));
        fs::write(&path, text).unwrap();
        let (found, has_errors) = run(&path, LintFormat::Plain);
        assert!(has_errors, "{name}");
        let widest = found.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest < 1_500, "{name}: {widest}");
        assert!(found.len() < 100_000, "{name}: {}", found.len());
        run(&path, LintFormat::Json);
    }
}

#[test]
fn what_is_not_a_regular_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let missing = run(&folder.path().join("nowhere"), LintFormat::Plain);
    assert!(missing.1 && missing.0.contains("cannot be read"), "{}", missing.0);

    fs::write(folder.path().join("latin.hcl"), b"# caf\xe9\n").unwrap();
    let latin = run(folder.path(), LintFormat::Plain);
    assert!(latin.1 && latin.0.contains("not valid UTF-8"), "{}", latin.0);

    fs::write(folder.path().join("latin.hcl"), vec![b' '; 5 * 1024 * 1024]).unwrap();
    let large = run(folder.path(), LintFormat::Plain);
    assert!(large.1 && large.0.contains("larger than 4 MiB"), "{}", large.0);

    fs::remove_file(folder.path().join("latin.hcl")).unwrap();
    fs::create_dir(folder.path().join("folder.hcl")).unwrap();
    let deep = (0..40).fold(folder.path().to_owned(), |path, _| path.join("d"));
    fs::create_dir_all(&deep).unwrap();
    let deep = run(folder.path(), LintFormat::Plain);
    assert!(deep.1 && deep.0.contains("levels deep"), "{}", deep.0);
}

#[cfg(unix)]
#[test]
fn links_and_sockets_are_refused_wherever_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    let real = folder.path().join("real");
    fs::create_dir(&real).unwrap();
    fs::write(real.join("a.hcl"), "process_owner = \"x\"\n").unwrap();
    assert!(!run(&real, LintFormat::Plain).1);

    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&real, &link).unwrap();
    let through = run(&link, LintFormat::Plain);
    assert!(through.1 && through.0.contains("is a symbolic link"), "{}", through.0);

    let inside = real.join("folder");
    std::os::unix::fs::symlink(folder.path(), &inside).unwrap();
    let through = run(&real, LintFormat::Plain);
    assert!(through.1 && through.0.contains("is a symbolic link"), "{}", through.0);
    fs::remove_file(inside).unwrap();

    // A name is foreign text as well.
    fs::write(real.join("\u{1b}[2K.hcl"), "nonsense").unwrap();
    let named = run(&real, LintFormat::Plain);
    assert!(named.1 && !named.0.contains('\u{1b}'), "{:?}", named.0);
    fs::remove_file(real.join("\u{1b}[2K.hcl")).unwrap();

    let _socket = std::os::unix::net::UnixListener::bind(real.join("b.hcl")).unwrap();
    let socket = run(&real, LintFormat::Plain);
    assert!(socket.1 && socket.0.contains("not a regular file"), "{}", socket.0);
}

/// Every text of the cases, to be cut and mixed.
fn texts() -> Vec<String> {
    let mut texts = Vec::new();
    for case in cases() {
        for source in countersign::source::walk(&case.join("approvals"), "hcl").sources {
            texts.push(source.text.to_string());
        }
    }
    texts
}

fn judge(text: &str) -> Result<(), String> {
    let sources: Vec<Source> = check("a.hcl", text.as_bytes()).into_iter().collect();
    match Manifest::from_sources("approvals", &sources) {
        Ok(_) => Ok(()),
        Err(error) if error.problems.is_empty() => Err("refused without a reason".to_owned()),
        Err(error) => {
            let shown = error.render(countersign::source::Palette::Plain);
            let is_clean = shown.chars().all(|char| char == '\n' || !char.is_control());
            if is_clean { Ok(()) } else { Err(format!("unclean: {shown:?}")) }
        }
    }
}

fn mutated() -> impl Strategy<Value = String> {
    let snippet = prop_oneof![
        Just("\"".to_owned()),
        Just("{".to_owned()),
        Just("}".to_owned()),
        Just("[".to_owned()),
        Just("${x}".to_owned()),
        Just("<<EOT\nx\nEOT\n".to_owned()),
        Just("= null\n".to_owned()),
        Just("\\u202e".to_owned()),
        Just("except {}\n".to_owned()),
        Just("é".to_owned()),
        "\\PC{0,8}",
    ];
    (
        prop::sample::select(texts()),
        prop::collection::vec((any::<prop::sample::Index>(), 0..40usize, snippet), 0..4),
    )
        .prop_map(|(text, edits)| {
            let mut chars: Vec<char> = text.chars().collect();
            for (at, drop, with) in edits {
                let start = at.index(chars.len() + 1);
                let end = (start + drop).min(chars.len());
                chars.splice(start..end, with.chars());
            }
            chars.into_iter().collect()
        })
}

proptest! {
    #[test]
    fn no_text_makes_reading_panic(text in "\\PC{0,200}") {
        prop_assert!(judge(&text).is_ok(), "{:?}", judge(&text));
    }

    #[test]
    fn no_damage_to_a_manifest_makes_reading_panic(text in mutated()) {
        prop_assert!(judge(&text).is_ok(), "{:?}", judge(&text));
    }
}
