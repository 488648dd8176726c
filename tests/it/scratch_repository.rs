//! A repository in a temporary folder, and the gate run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The parts that cases are made of.
const PARTS: &str = "testdata/trust";

/// A repository with the branches `main`, which holds the authority, and `change`, which is checked out.
pub(crate) struct Repository {
    folder: tempfile::TempDir,
    outside: tempfile::TempDir,
}

/// What a run printed.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) exit: i32,
    pub(crate) text: String,
}

impl Repository {
    /// One whose `main` holds the authority and no approval.
    pub(crate) fn new() -> Self {
        Self::with_format("sha1")
    }

    pub(crate) fn with_format(format: &str) -> Self {
        let repository = Self { folder: tempfile::tempdir().unwrap(), outside: tempfile::tempdir().unwrap() };
        repository.git(&["init", "--quiet", "--initial-branch=main", "--object-format", format]);
        for name in ["user.name", "user.email"] {
            repository.git(&["config", name, "test"]);
        }
        repository.copy("plan.json", "plan.json");
        repository.copy("main.hcl", "approvals/main.hcl");
        repository.commit("main");
        repository.git(&["checkout", "--quiet", "-b", "change"]);
        repository
    }

    /// One whose `main` holds an approval of what is planned.
    pub(crate) fn with_approval() -> Self {
        let repository = Self::new();
        repository.on_main(|repository| repository.copy("SEC-7.hcl", "approvals/SEC-7.hcl"));
        repository
    }

    /// A folder that is not below the repository.
    pub(crate) fn folder_outside(&self) -> PathBuf {
        self.outside.path().to_owned()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file of the work tree.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Copies one of the parts.
    pub(crate) fn copy(&self, part: &str, name: &str) {
        self.write(name, read_part(part));
    }

    /// Commits the work tree and returns the digits of the commit.
    pub(crate) fn commit(&self, message: &str) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Commits to `main` what `change` writes, and brings the branch `change` there.
    pub(crate) fn on_main(&self, change: impl Fn(&Self)) -> String {
        self.git(&["checkout", "--quiet", "main"]);
        change(self);
        let commit = self.commit("merge");
        self.git(&["checkout", "--quiet", "-B", "change"]);
        commit
    }

    /// Runs git and returns what it prints.
    pub(crate) fn git(&self, words: &[&str]) -> String {
        let output = Command::new("git")
            .args(words)
            .current_dir(self.folder.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_AUTHOR_DATE", "2026-11-20T09:00:00Z")
            .env("GIT_COMMITTER_DATE", "2026-11-20T09:00:00Z")
            .output()
            .unwrap();
        assert!(output.status.success(), "git {words:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    /// The command that judges the plan with decisions of `main`.
    pub(crate) fn check_command(&self) -> Command {
        self.check_against("main")
    }

    pub(crate) fn check_against(&self, reference: &str) -> Command {
        let mut command = self.countersign();
        command.args(["check", "plan.json", "--without-sources", "--as-of", "2026-11-24"]);
        command.args(["--trust-ref", reference]);
        command
    }

    pub(crate) fn countersign(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        command.current_dir(self.folder.path()).env("COLUMNS", "200").env("COUNTERSIGN_COLOR", "never");
        command
    }

    /// Judges the plan with decisions of `main`.
    pub(crate) fn check(&self) -> Run {
        run(&mut self.check_command())
    }
}

/// One of the parts that cases are made of.
pub(crate) fn read_part(part: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PARTS).join(part)).unwrap()
}

pub(crate) fn run(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    // However its lines are broken.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // From the first finding on: who answers for it stands above.
    let heading = text.find(" answers for ").and_then(|at| Some(at + text.get(at..)?.find(" finding")?));
    let first = heading.and_then(|at| text.get(at..)?.split_once(' ')?.1.split_once(' '));
    let text = first.map_or(text.clone(), |(_, findings)| findings.to_owned());
    Run { exit: output.status.code().unwrap(), text }
}

impl Run {
    /// Whether it was blocked by this finding and no other.
    pub(crate) fn is_blocked_by(&self, code: &str) -> bool {
        self.exit == 1 && self.text.starts_with(code) && self.text.contains("; 1 finding (")
    }
}
