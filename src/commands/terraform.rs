//! Terraform or OpenTofu, as a program that is run.
//!
//! `Program::find` takes the program that the user named, or looks for one, and returns it by its absolute path;
//! `Program::show` and `Program::apply` hand it the bytes of a plan file. The bytes are those that were read and
//! judged: they go through a descriptor, so that no file can be put in their place in between.
//!
//! `show` starts the provider binaries of the working folder, which a change under review may have brought along. So it
//! gets an environment without secrets, and neither its time nor its output is unlimited.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use wait_timeout::ChildExt as _;

use crate::plan::ByteSize;
use crate::source::program::{absolute_folders, find_programs};

/// Programs that read plan files, in the order in which they are looked for.
const NAMES: [&str; 2] = ["terraform", "tofu"];

/// Variables that `show` is given: where programs and their configuration are, and how text is written. Credentials of
/// clouds, tokens of CI services and values of variables are not among them.
const VARIABLES: [&str; 17] = [
    "APPDATA",
    "HOME",
    "LANG",
    "LC_ALL",
    "LOCALAPPDATA",
    "PATH",
    "SystemRoot",
    "TEMP",
    "TERRAFORM_CONFIG",
    "TF_CLI_CONFIG_FILE",
    "TF_DATA_DIR",
    "TF_ENCRYPTION",
    "TF_PLUGIN_CACHE_DIR",
    "TF_WORKSPACE",
    "TMP",
    "TMPDIR",
    "USERPROFILE",
];

/// Seconds that `show` may take. It starts every provider of the plan, and the largest needs some ten of them on a slow
/// machine; thirty such providers are more than any stack has.
const MAX_SHOW_SECONDS: u64 = 300;

/// Bytes of an error message that are kept.
const MAX_ERROR_BYTES: u64 = 64 << 10;

/// Lines of an error message that are shown: Terraform's longest for a plan file that it cannot read has ten.
const MAX_ERROR_LINES: usize = 12;

/// Why a program could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum TerraformError {
    /// There is none.
    #[error("neither `terraform` nor `tofu` is installed")]
    NotInstalled,
    /// The one that was named is not there.
    #[error("cannot run `{program}`: {error}")]
    NotRun {
        /// As it was named.
        program: String,
        /// What the system says.
        error: std::io::Error,
    },
    /// It failed.
    #[error("`{program} show -json` failed: {said}")]
    Failed {
        /// Its path.
        program: String,
        /// What it says.
        said: String,
    },
    /// The apply failed, in part or as a whole.
    #[error("`apply` failed: {status}")]
    NotApplied {
        /// How it ended.
        status: ExitStatus,
    },
    /// It took too long.
    #[error("`{program} show -json` did not end within {MAX_SHOW_SECONDS} seconds")]
    TooSlow {
        /// Its path.
        program: String,
    },
    /// It printed too much.
    #[error("`{program} show -json` printed more than {most}")]
    TooLong {
        /// Its path.
        program: String,
        /// What a plan may have.
        most: ByteSize,
    },
}

impl TerraformError {
    /// What to do about it.
    pub(super) fn help(&self) -> &'static str {
        match self {
            Self::NotInstalled => {
                "install one of them, or pass the output of `terraform show -json` with `--sources tfplan`"
            }
            Self::NotRun { .. } => "set `--terraform` to the program that wrote the plan file",
            Self::Failed { .. } => {
                "run `check` in the folder where the plan file was made, after `init`, with the program that wrote it \
                 (`--terraform`), or pass the output of `terraform show -json` with `--sources tfplan`"
            }
            Self::NotApplied { .. } => "read what Terraform wrote above, and plan again",
            Self::TooSlow { .. } | Self::TooLong { .. } => {
                "look at the provider binaries of this folder, which it starts, or pass the output of `terraform show \
                 -json` with `--sources tfplan`"
            }
        }
    }
}

/// A program that reads plan files.
#[derive(Debug)]
pub(super) struct Program {
    path: PathBuf,
}

impl Program {
    /// The program at the path that was named, or the first of that name, or of the usual ones, in a folder of `PATH`. Relative folders are passed over:
    /// they lead into what is under review.
    pub(super) fn find(named: Option<&Path>) -> Result<Self, TerraformError> {
        let is_path = |named: &&Path| named.components().nth(1).is_some() || named.is_absolute();
        if let Some(named) = named.filter(is_path) {
            let not_run = |error| TerraformError::NotRun { program: named.display().to_string(), error };
            return Ok(Self { path: named.canonicalize().map_err(not_run)? });
        }
        let names = named.map_or_else(|| NAMES.map(Path::new).to_vec(), |named| vec![named]);
        let not_found = || match named {
            None => TerraformError::NotInstalled,
            Some(named) => TerraformError::NotRun {
                program: named.display().to_string(),
                error: std::io::Error::from(std::io::ErrorKind::NotFound),
            },
        };
        let found = names.into_iter().find_map(|name| find_programs(name).next());
        found.map(|path| Self { path }).ok_or_else(not_found)
    }

    /// Returns the plan in the bytes of a plan file as JSON, which may have so many bytes.
    pub(super) fn show(&self, plan: &[u8], most: ByteSize) -> Result<Vec<u8>, TerraformError> {
        let handed = HandedFile::make(plan).map_err(|error| self.not_run(error))?;
        let mut command = Command::new(&self.path);
        command.args(["show", "-json", "-no-color"]).arg(handed.path()).env_clear();
        for name in VARIABLES {
            if let Some(value) = std::env::var_os(name) {
                let value = if name == "PATH" { join_folders(&value) } else { value };
                command.env(name, value);
            }
        }
        command.env("CHECKPOINT_DISABLE", "1").env("TF_IN_AUTOMATION", "1");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| self.not_run(error))?;
        let shown = read_aside(child.stdout.take(), most.bytes().saturating_add(1));
        let said = read_aside(child.stderr.take(), MAX_ERROR_BYTES);
        let ended = self.collect(&mut child, &shown, &said, most);
        if ended.is_err() {
            // Nobody waits for it any more; that it may be gone already is no failure.
            let _ended = child.kill();
        }
        ended
    }

    /// What a child prints, when it has ended well.
    fn collect(
        &self,
        child: &mut Child,
        shown: &Receiver<Vec<u8>>,
        said: &Receiver<Vec<u8>>,
        most: ByteSize,
    ) -> Result<Vec<u8>, TerraformError> {
        let limit = Duration::from_secs(MAX_SHOW_SECONDS);
        // Its output ends when it does, or earlier where there is too much of it.
        let bytes =
            shown.recv_timeout(limit).map_err(|_| TerraformError::TooSlow { program: self.name() })?;
        if most.is_exceeded_by(&bytes) {
            return Err(TerraformError::TooLong { program: self.name(), most });
        }
        let status = child.wait_timeout(limit).map_err(|error| self.not_run(error))?;
        match status {
            None => Err(TerraformError::TooSlow { program: self.name() }),
            Some(status) if status.success() => Ok(bytes),
            Some(_) => {
                let said = read_error(&said.recv_timeout(limit).unwrap_or_default());
                Err(TerraformError::Failed { program: self.name(), said })
            }
        }
    }

    /// Applies the bytes of a plan file, with the streams and the environment of this process.
    pub(super) fn apply(&self, plan: &[u8], options: &[String]) -> Result<ExitStatus, TerraformError> {
        let handed = HandedFile::make(plan).map_err(|error| self.not_run(error))?;
        let mut command = Command::new(&self.path);
        command.args(["apply", "-input=false"]).args(options).arg(handed.path());
        command.status().map_err(|error| self.not_run(error))
    }

    fn name(&self) -> String {
        self.path.display().to_string()
    }

    fn not_run(&self, error: std::io::Error) -> TerraformError {
        TerraformError::NotRun { program: self.name(), error }
    }
}

fn join_folders(path: &OsStr) -> OsString {
    std::env::join_paths(absolute_folders(Some(path))).unwrap_or_default()
}

/// Reads a stream in a thread of its own, up to a limit. What comes after it is left in the pipe, so that the program
/// stops there until it is ended.
fn read_aside(stream: Option<impl Read + Send + 'static>, limit: u64) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(stream) = stream {
            // What was read until it broke off is what there is.
            let _read = stream.take(limit).read_to_end(&mut bytes);
        }
        // Nobody may be waiting for it.
        let _sent = sender.send(bytes);
    });
    receiver
}

/// What Terraform says, from its first error on, without the frame that it draws.
fn read_error(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let text = anstream::adapter::strip_str(&text).to_string();
    let lines = text.lines().map(|line| line.trim_matches(['│', '╷', '╵', ' ']));
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    let first = lines.iter().position(|line| line.starts_with("Error:")).unwrap_or_default();
    lines.get(first..).unwrap_or_default().iter().take(MAX_ERROR_LINES).copied().collect::<Vec<_>>().join(" ")
}

/// Bytes that another process reads from a descriptor, and that have no name in any folder.
struct HandedFile {
    file: File,
}

impl HandedFile {
    fn make(bytes: &[u8]) -> std::io::Result<Self> {
        let mut file = tempfile::tempfile()?;
        file.write_all(bytes)?;
        // A child process inherits the descriptor.
        rustix::io::fcntl_setfd(&file, rustix::io::FdFlags::empty())?;
        Ok(Self { file })
    }

    fn path(&self) -> PathBuf {
        use std::os::fd::AsRawFd as _;
        PathBuf::from(format!("/dev/fd/{}", self.file.as_raw_fd()))
    }
}

#[cfg(test)]
mod tests {
    use super::read_error;

    #[test]
    fn an_error_is_quoted_from_where_it_begins() {
        let said = "╷\n│ Warning: a file is not there\n╵\n\n╷\n│ Error: Failed to read the plan\n│ \n│   the zip is cut short\n╵\n";
        assert_eq!(read_error(said.as_bytes()), "Error: Failed to read the plan the zip is cut short");
        assert_eq!(read_error(b"something else\n"), "something else");
    }
}
