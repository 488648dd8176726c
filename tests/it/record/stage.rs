//! A folder in which a plan file can be checked and applied: the plan, its approvals, and a program in the place of
//! Terraform.

use std::fs;
use std::io::{Cursor, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// When everything is judged.
pub(super) const NOW: &str = "2026-11-24T12:00:00Z";

/// The stage of one test.
pub(super) struct Stage {
    folder: TempDir,
}

impl Stage {
    /// A plan file of `testdata/sources` that its approvals allow, as `tfplan`, with its plan JSON as `plan.json`.
    pub(super) fn of_case() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/sources");
        let stage = Self { folder: tempfile::tempdir().unwrap() };
        for name in ["tfplan", "plan.json"] {
            fs::copy(root.join("heredoc").join(name), stage.at(name)).unwrap();
        }
        fs::create_dir(stage.at("approvals")).unwrap();
        for entry in fs::read_dir(root.join("approvals")).unwrap() {
            let file = entry.unwrap().path();
            fs::copy(&file, stage.at("approvals").join(file.file_name().unwrap())).unwrap();
        }
        stage.put_terraform();
        stage
    }

    /// Plan JSON whose grant only the exception INC-7 covers.
    pub(super) fn of_exception() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/exceptions");
        let stage = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(stage.at("approvals")).unwrap();
        fs::copy(root.join("plans/create.json"), stage.at("plan.json")).unwrap();
        fs::copy(root.join("manifest.hcl"), stage.at("approvals/main.hcl")).unwrap();
        stage
    }

    /// A plan file that copies the folder `conf` to a machine, and an approval of just that.
    pub(super) fn of_files() -> Self {
        let stage = Self { folder: tempfile::tempdir().unwrap() };
        let plan = serde_json::json!({
            "format_version": "1.2", "terraform_version": "1.11.4",
            "resource_changes": [{
                "address": "terraform_data.warm", "mode": "managed", "type": "terraform_data", "name": "warm",
                "provider_name": "terraform.io/builtin/terraform",
                "change": {"actions": ["create"], "before": null, "after": {"id": "1"}, "after_unknown": {}},
            }],
            "configuration": {"root_module": {"resources": [{
                "address": "terraform_data.warm", "mode": "managed", "type": "terraform_data", "name": "warm",
                "provisioners": [{"type": "file"}],
            }]}},
        });
        stage.write("plan.json", plan.to_string().as_bytes());
        let sources = "resource \"terraform_data\" \"warm\" {\n  provisioner \"file\" {\n    source = \"conf\"\n    destination = \"/etc/x\"\n  }\n}\n";
        stage.write(
            "tfplan",
            &zip_of(&[
                ("tfplan", b""),
                ("tfconfig/modules.json", b"[{\"Key\":\"\",\"Dir\":\".\"}]"),
                ("tfconfig/m-/main.tf", sources.as_bytes()),
            ]),
        );
        fs::create_dir(stage.at("conf")).unwrap();
        stage.write("conf/a", b"a");
        stage.put_terraform();
        let grants = stage.run(&["grants", "tfplan", "--terraform", "./terraform", "--format", "json"]);
        let grants: Value = serde_json::from_slice(&grants.stdout).unwrap();
        let digest = grants["runs"][0]["texts"][0]["sha256"].as_str().unwrap();
        fs::create_dir(stage.at("approvals")).unwrap();
        let approval = RUN.replace("DIGEST", digest);
        stage.write("approvals/all.hcl", approval.as_bytes());
        stage
    }

    /// A program that shows `plan.json` and keeps what it is to apply.
    fn put_terraform(&self) {
        let script = "#!/bin/sh\nfor last; do :; done\ncase $1 in\nshow) cat plan.json;;\napply) cat \"$last\" > applied;;\nesac\n";
        self.write("terraform", script.as_bytes());
        fs::set_permissions(self.at("terraform"), fs::Permissions::from_mode(0o755)).unwrap();
    }

    pub(super) fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.at(name), bytes).unwrap();
    }

    pub(super) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.at(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// The program in the folder, without what a CI service says in the environment.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_countersign"));
        command.args(arguments).current_dir(self.folder.path()).env_clear().env("PATH", "/usr/bin:/bin");
        command
    }

    /// Checks the plan file and writes a record; how it ended, and what it said.
    pub(super) fn check(&self, record: &str, more: &[&str]) -> (i32, String) {
        let fixed = ["check", "tfplan", "--terraform", "./terraform", "--now", NOW, "--record", record];
        said(&self.run(&[&fixed[..], more].concat()))
    }

    /// Applies a plan file under a record.
    pub(super) fn apply(&self, plan: &str, record: &str) -> (i32, String) {
        let fixed = ["apply", plan, "--terraform", "./terraform", "--now", NOW, "--record", record];
        said(&self.run(&fixed))
    }

    pub(super) fn record(&self, name: &str) -> Value {
        serde_json::from_str(&self.read(name)).unwrap()
    }

    /// Whatever lies in the folder, in order.
    pub(super) fn list(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = entries.map(|name| name.to_str().unwrap().to_owned()).collect();
        names.sort();
        names
    }
}

const RUN: &str = r#"
process_owner = "sec"
system "ci" { owner = "team-ci" }
authority "ci" {
  approvers    = ["lee"]
  systems      = ["ci"]
  max_duration = "100d"
}
approval "SEC-9" {
  justification = "puts the configuration in its place"
  system        = "ci"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-01"
  expires_on    = "2026-12-01"
  run "file" {
    address = "terraform_data.warm"
    sha256  = "DIGEST"
  }
}
"#;

/// A zip of these files.
fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn said(output: &Output) -> (i32, String) {
    let text = [output.stdout.as_slice(), &output.stderr].concat();
    (output.status.code().unwrap_or(-1), String::from_utf8(text).unwrap())
}

pub(super) fn sha256(bytes: impl AsRef<[u8]>) -> String {
    countersign::source::hash_bytes(bytes.as_ref())
}
