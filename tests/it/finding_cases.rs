//! The case folders in `testdata/findings/`: how they are found and run.
//!
//! A folder is named after the code that it raises, `CODE` or `CODE-what`. It holds the inputs, and what is expected:
//! `expected.json`, and `report.txt`, the report for people. `README.md` beside the folders says what else may be in one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use countersign::finding::Code;
use serde_json::{Map, Value, json};

/// The day on which cases are judged, where `args` names none.
const DAY: &str = "2026-11-24";

/// What a case is run with, where it has no `args`.
const WORDS: [&str; 5] = ["check", "plan.json", "--without-sources", "--approvals", "approvals"];

/// One folder.
pub(crate) struct Case {
    pub(crate) folder: PathBuf,
    /// The name of the folder.
    pub(crate) name: String,
    pub(crate) code: Code,
}

/// What came out of a case.
pub(crate) struct CaseRun {
    pub(crate) exit: i32,
    /// The report for people.
    pub(crate) report: String,
    /// The report for programs.
    pub(crate) json: Value,
}

impl Case {
    /// Every case, in order of name.
    pub(crate) fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/findings");
        let mut folders: Vec<PathBuf> = { fs::read_dir(&root).unwrap() }
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_dir())
            .collect();
        folders.sort();
        folders.into_iter().map(Self::new).collect()
    }

    fn new(folder: PathBuf) -> Self {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let code = Code::from_name(name.split('-').next().unwrap());
        Self { code: code.unwrap_or_else(|| panic!("{name} begins with no code")), name, folder }
    }

    /// Whether it is the one that stands for its code.
    pub(crate) fn is_main(&self) -> bool {
        self.name == self.code.name()
    }

    /// Runs it once in each format.
    pub(crate) fn run(&self) -> CaseRun {
        let scratch = self.folder.join("commits").is_dir().then(|| self.make_repository());
        let folder = scratch.as_ref().map_or(self.folder.as_path(), |scratch| scratch.path());
        let human = self.run_in(folder, "human");
        let exit = human.status.code().unwrap();
        let report = text(human.stdout, human.stderr);
        let output = self.run_in(folder, "json");
        assert_eq!(output.status.code(), Some(exit), "{}: the format decides the exit code", self.name);
        let json = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
        CaseRun { exit, report, json }
    }

    fn run_in(&self, folder: &Path, format: &str) -> Output {
        let words = fs::read_to_string(self.folder.join("args"));
        let words: Vec<String> = match &words {
            Ok(words) => words.lines().map(str::to_owned).collect(),
            Err(_) => WORDS.map(str::to_owned).to_vec(),
        };
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        command.args(&words).args(["--color", "never", "--format", format]);
        if !words.iter().any(|word| word == "--as-of" || word == "--now") {
            command.args(["--as-of", DAY]);
        }
        command.current_dir(folder).env("COLUMNS", "80").output().unwrap()
    }

    /// A repository with a commit for each folder in `commits`, and the other files of the case in its work tree.
    fn make_repository(&self) -> tempfile::TempDir {
        let scratch = tempfile::tempdir().unwrap();
        let git = |words: &[&str]| {
            let output = Command::new("git")
                .args([
                    "-c",
                    "user.name=test",
                    "-c",
                    "user.email=test@example.com",
                    "-c",
                    "init.defaultBranch=main",
                ])
                .args(words)
                .current_dir(scratch.path())
                .env("GIT_CONFIG_GLOBAL", "/dev/null")
                .env("GIT_CONFIG_NOSYSTEM", "1")
                .env("GIT_AUTHOR_DATE", "2026-11-20T09:00:00Z")
                .env("GIT_COMMITTER_DATE", "2026-11-20T09:00:00Z")
                .output()
                .unwrap();
            assert!(output.status.success(), "{}", text(output.stdout, output.stderr));
        };
        git(&["init", "--quiet"]);
        let mut commits: Vec<PathBuf> = { fs::read_dir(self.folder.join("commits")).unwrap() }
            .map(|entry| entry.unwrap().path())
            .collect();
        commits.sort();
        for commit in commits {
            copy(&commit, scratch.path(), &[]);
            git(&["add", "--all"]);
            git(&["commit", "--quiet", "--message", commit.file_name().unwrap().to_str().unwrap()]);
        }
        copy(&self.folder, scratch.path(), &["commits", "args", "expected.json", "report.txt"]);
        scratch
    }
}

impl CaseRun {
    pub(crate) fn findings(&self) -> &[Value] {
        self.json["findings"].as_array().map_or(&[], Vec::as_slice)
    }

    /// What `expected.json` holds: the exit code, and of each finding who answers and why.
    pub(crate) fn outline(&self) -> Value {
        const MEMBERS: [&str; 9] =
            ["code", "severity", "address", "ticket", "side", "owner", "informed", "remedy", "controls"];
        let findings = self.findings().iter().map(|finding| {
            let members = MEMBERS.map(|name| (name.to_owned(), finding[name].clone()));
            Value::Object(Map::from_iter(members))
        });
        json!({ "exit": self.exit, "verdict": self.json["verdict"], "findings": findings.collect::<Vec<_>>() })
    }
}

fn text(stdout: Vec<u8>, stderr: Vec<u8>) -> String {
    String::from_utf8(stdout).unwrap() + &String::from_utf8(stderr).unwrap()
}

/// Copies a folder over another.
fn copy(from: &Path, to: &Path, but: &[&str]) {
    let is_meant =
        |entry: &walkdir::DirEntry| entry.depth() != 1 || !but.iter().any(|name| entry.file_name() == *name);
    for entry in
        walkdir::WalkDir::new(from).min_depth(1).into_iter().filter_entry(is_meant).map(Result::unwrap)
    {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(&target).unwrap();
        } else {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}
