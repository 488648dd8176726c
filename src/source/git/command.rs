//! The program `git`, with nothing that a change under review could have put in its way.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::{GitError, ObjectId};
use crate::source::program::find_programs;

/// Variables that `git` is given, and no others: what it inherits could point it to another repository, other objects or
/// another configuration.
const VARIABLES: [(&str, &str); 11] = [
    ("LC_ALL", "C"),
    // An object is read, never what is said to replace it.
    ("GIT_NO_REPLACE_OBJECTS", "1"),
    ("GIT_GRAFT_FILE", NOTHING),
    // Only the repository's own configuration is left, which the options below overrule.
    ("GIT_CONFIG_NOSYSTEM", "1"),
    ("GIT_CONFIG_SYSTEM", NOTHING),
    ("GIT_CONFIG_GLOBAL", NOTHING),
    ("GIT_ATTR_NOSYSTEM", "1"),
    // An object that a partial clone lacks is not fetched: a transport runs programs.
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_OPTIONAL_LOCKS", "0"),
];

/// Settings of the repository that could run a program, or show other objects.
const SETTINGS: [&str; 6] = [
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.commitGraph=false",
    "core.pager=cat",
    "protocol.allow=never",
];

#[cfg(windows)]
const NOTHING: &str = "NUL";
#[cfg(not(windows))]
const NOTHING: &str = "/dev/null";

/// Bytes of an answer about refs that are read: four names are asked for.
const MAX_ANSWER_BYTES: usize = 64 << 10;

/// Characters of an error message that are shown.
const MAX_SAID_CHARACTERS: usize = 300;

/// The program, and the repository that it is run for.
#[derive(Clone, Debug)]
pub(super) struct GitCommand {
    program: PathBuf,
    git_dir: PathBuf,
}

impl GitCommand {
    /// The first `git` in an absolute folder of `PATH` that lies outside of the work tree.
    pub(super) fn find(work_tree: &Path, git_dir: PathBuf) -> Result<Self, GitError> {
        let is_outside = |path: &PathBuf| path.canonicalize().is_ok_and(|path| !path.starts_with(work_tree));
        let program = find_programs(Path::new("git")).find(is_outside).ok_or(GitError::NotInstalled)?;
        Ok(Self { program, git_dir })
    }

    /// The program with one of its commands.
    pub(super) fn command(&self, name: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.env_clear().envs(VARIABLES);
        // The root of Windows, without which no program starts there.
        command.envs(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
        command.arg("--git-dir").arg(&self.git_dir).args(["--no-pager", "--literal-pathspecs"]);
        command.args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
        command.arg(name).current_dir(self.git_dir.parent().unwrap_or(&self.git_dir));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// The one ref of a name, by its full name, and what it leads to.
    pub(super) fn find_reference(&self, name: &str) -> Result<(String, ObjectId), GitError> {
        let candidates = match name.starts_with("refs/") {
            true => vec![name.to_owned()],
            false => ["heads", "remotes", "tags"].map(|kind| format!("refs/{kind}/{name}")).to_vec(),
        };
        let mut command = self.command("for-each-ref");
        command.args(["--format=%(objectname) %(refname)", "--end-of-options"]).args(&candidates);
        let answer = read_answer(command.output().map_err(GitError::NotRun)?)?;
        let mut found = Vec::new();
        for line in answer.lines() {
            let malformed = || GitError::Malformed { what: "the list of refs".to_owned() };
            let (id, reference) = line.split_once(' ').ok_or_else(malformed)?;
            // A name stands for all that lies below it, too.
            if candidates.iter().any(|candidate| candidate == reference) {
                found.push((reference.to_owned(), ObjectId::parse(id).ok_or_else(malformed)?));
            }
        }
        match found.as_slice() {
            [] => Err(GitError::NoReference { name: name.to_owned() }),
            [only] => Ok(only.clone()),
            several => {
                let found = several.iter().map(|(reference, _)| reference.clone()).collect();
                Err(GitError::Ambiguous { name: name.to_owned(), found })
            }
        }
    }
}

fn read_answer(output: Output) -> Result<String, GitError> {
    if !output.status.success() {
        return Err(GitError::Failed { said: quote_error(&output.stderr) });
    }
    match String::from_utf8(output.stdout) {
        Ok(text) if text.len() <= MAX_ANSWER_BYTES => Ok(text),
        Ok(_) | Err(_) => Err(GitError::Malformed { what: "the list of refs".to_owned() }),
    }
}

/// The first line of what `git` says.
pub(super) fn quote_error(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.lines().next().unwrap_or_default().chars().take(MAX_SAID_CHARACTERS).collect()
}
