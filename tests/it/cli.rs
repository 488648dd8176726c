//! Whole command lines: those in `testdata/cli/*.trycmd`, and every `console` block of the README.
//!
//! `? 1` under a command is its exit code. `UPDATE=1 cargo test --test it cli::` writes what comes out anew.

#[test]
fn command_lines_do_what_is_written() {
    if crate::is_updating() && std::env::var_os("TRYCMD").is_none() {
        // trycmd knows only its own switch, and reads it from the environment of the process.
        let status = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["cli::command_lines_do_what_is_written", "--exact"])
            .env("TRYCMD", "overwrite")
            .status();
        assert!(status.unwrap().success());
        return;
    }
    trycmd::TestCases::new()
        .env("COLUMNS", "80")
        .case("testdata/cli/*.trycmd")
        .case("README.md")
        .case("docs/review.md");
}

/// Help is read in terminals that are 80 columns wide.
#[test]
fn help_fits_the_terminal() {
    let help = std::fs::read_to_string("testdata/cli/help.trycmd").unwrap();
    let wide = help.lines().find(|line| line.chars().count() > 80);
    assert_eq!(wide, None);
}

/// A symbolic link in a folder of plans is refused: a plan that is passed over would be judged by nobody.
#[cfg(unix)]
#[test]
fn a_symlinked_plan_in_a_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let demo = std::fs::canonicalize("testdata/demo/plan.json").unwrap();
    std::fs::write(
        folder.path().join("a.json"),
        r#"{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{"root_module":{}},"resource_changes":[],"configuration":{"root_module":{}},"complete":true,"errored":false}"#,
    )
    .unwrap();
    let check = || {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_countersign"))
            .args([
                "check",
                "--without-sources",
                "--approvals",
                "testdata/demo/approvals",
                "--as-of",
                "2026-11-24",
            ])
            .arg(folder.path())
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    };
    let alone = check();
    assert_eq!(alone.0, Some(0), "{}", alone.1);
    for (link, to) in [("b.json", demo.as_path()), ("more", demo.parent().unwrap())] {
        let link = folder.path().join(link);
        std::os::unix::fs::symlink(to, &link).unwrap();
        let linked = check();
        assert!(linked.0 == Some(2) && linked.1.contains("symbolic link"), "{linked:?}");
        std::fs::remove_file(link).unwrap();
    }
}
