//! The files that a provisioner runs or copies, by their content.
//!
//! Takes the type and the arguments of a provisioner and the files beside the sources, and returns the digest of each file
//! by its path from the folder in which Terraform ran. `script`, `scripts` and `source` name files, of which a folder is all
//! that lies in it; so does the command of `local-exec`, see [`super::command_files`]. A file that runs and was not found has no
//! digest, and is named.

use std::collections::{BTreeMap, BTreeSet};

use super::command_files::{self, NamedFile};
use crate::reason::Reason;
use crate::sources::FileStore;

/// Files of one provisioner, at most: a folder of more is a package that nobody reads before approving it.
const MAX_FILES: usize = 200;

/// Words of a command that are looked up because they may name files, at most.
const MAX_NAMES: usize = 200;

/// Digests of files by path.
pub(super) type FileDigests = BTreeMap<String, String>;

/// What a provisioner says of files.
#[derive(Clone, Debug, Default)]
pub(super) struct FileArguments<'a> {
    /// Arguments that name files whose content runs or is copied, each with its path.
    pub(super) named: Vec<(&'a str, &'a str)>,
    /// The command of `local-exec`.
    pub(super) command: Option<&'a str>,
    /// Its interpreter; empty where that is the usual shell.
    pub(super) interpreter: Vec<&'a str>,
    pub(super) working_dir: &'a str,
    /// Other texts that it is given, which may name files.
    pub(super) others: Vec<&'a str>,
}

/// Reads the files of a provisioner; `path` names it.
pub(super) fn read_files(
    arguments: &FileArguments<'_>,
    files: Option<&dyn FileStore>,
    path: &str,
) -> Result<FileDigests, Reason> {
    let mut digests = FileDigests::new();
    let not_read = |argument: &str, file: &str| Reason::ContentNotRead {
        argument: format!("{path}.{argument}"),
        file: file.to_owned(),
    };
    let read = |file: &str| Some(files?.read(file)?.sha256.to_string());
    for (argument, file) in &arguments.named {
        let digest = if file.starts_with('~') { None } else { read(file) };
        match (digest, files.and_then(|files| files.list_folder(file))) {
            (Some(digest), _) => {
                digests.insert((*file).to_owned(), digest);
            }
            (None, Some(listed)) if !file.starts_with('~') && listed.len() <= MAX_FILES => {
                for one in listed {
                    let digest = read(&one).ok_or_else(|| not_read(argument, &one))?;
                    digests.insert(one, digest);
                }
            }
            (None, _) => return Err(not_read(argument, file)),
        }
    }
    for file in list_of_command(arguments) {
        match file {
            NamedFile::Runs(file) => {
                let digest = read(&file).ok_or_else(|| not_read("command", &file))?;
                digests.insert(file, digest);
            }
            NamedFile::Unclear(word) => return Err(not_read("command", &word)),
            NamedFile::Mentioned(file) => {
                if digests.len() < MAX_FILES
                    && let Some(digest) = read(&file)
                {
                    digests.insert(file, digest);
                }
            }
        }
    }
    Ok(digests)
}

/// What a command names: first what runs.
fn list_of_command(arguments: &FileArguments<'_>) -> Vec<NamedFile> {
    let FileArguments { command, interpreter, working_dir, others, .. } = arguments;
    let mut files = match command {
        None => return Vec::new(),
        Some(command) if interpreter.is_empty() => command_files::list_in_text(command, working_dir),
        Some(command) => {
            let words = interpreter.iter().copied().chain([*command]);
            command_files::list_in_words(words, working_dir)
        }
    };
    files.extend(others.iter().flat_map(|text| command_files::list_in_value(text, working_dir)));
    let (runs, mentioned): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|file| !matches!(file, NamedFile::Mentioned(_)));
    let mentioned: BTreeSet<NamedFile> = mentioned.into_iter().collect();
    runs.into_iter().chain(mentioned.into_iter().take(MAX_NAMES)).collect()
}
