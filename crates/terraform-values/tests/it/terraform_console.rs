//! `terraform console`, which says what Terraform makes of expressions.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// What it wrote.
pub(crate) struct ConsoleAnswer {
    /// Its answers, each ending with a line break.
    pub(crate) text: String,
    /// Its errors and warnings.
    pub(crate) errors: String,
}

/// Asks it, in a folder with one file. `None` where there is no terraform.
pub(crate) fn ask_console(file: &str, lines: &str) -> Option<ConsoleAnswer> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("main.tf"), file).unwrap();
    let console = Command::new("terraform")
        .arg("console")
        .current_dir(folder.path())
        .env("CHECKPOINT_DISABLE", "1")
        .env_remove("TF_CLI_CONFIG_FILE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut console = console.ok()?;
    console.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = console.wait_with_output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{errors}");
    Some(ConsoleAnswer { text: String::from_utf8(output.stdout).unwrap(), errors })
}
