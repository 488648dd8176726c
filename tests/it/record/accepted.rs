//! Other people's code takes a record for what it is: in-toto-attestation and securesystemslib from PyPI, and
//! @sigstore/verify from npm, installed into a folder of the test. Where Python, Node or a package cannot be had the test says
//! so and passes for that part, because nothing was tried.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::stage::Stage;

const PYTHON_PACKAGES: [&str; 2] = ["in-toto-attestation==0.9.3", "securesystemslib[crypto]==1.6.0"];

const NODE_PACKAGES: [&str; 3] =
    ["@sigstore/verify@4.1.3", "@sigstore/bundle@5.0.1", "@sigstore/protobuf-specs@0.5.2"];

fn works(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn others_accept_a_record_end_to_end() {
    let skip = |what: &str| eprintln!("skipped: {what}");
    let stage = Stage::of_case();
    assert_eq!(stage.check("record.json", &["--actor", "ana"]).0, 0);
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/record");
    let venv = stage.at("venv");
    if !works(Command::new("python3").args(["-m", "venv"]).arg(&venv)) {
        return skip(
            "python3 makes no virtual environment, so neither Python's readers nor npm's see a record",
        );
    }
    let mut pip = Command::new(venv.join("bin/pip"));
    if !works(pip.args(["install", "--quiet", "--disable-pip-version-check"]).args(PYTHON_PACKAGES)) {
        return skip(
            "PyPI's packages cannot be installed, so neither Python's readers nor npm's see a record",
        );
    }
    let output = Command::new(venv.join("bin/python"))
        .arg(scripts.join("accept.py"))
        .arg(stage.at("record.json"))
        .output()
        .unwrap();
    let said = text(&output);
    assert!(output.status.success(), "{said}");
    assert!(
        said.contains("in-toto-attestation: valid") && said.contains("securesystemslib: verified"),
        "{said}"
    );

    let modules = stage.at("node");
    fs::create_dir(&modules).unwrap();
    let mut npm = Command::new("npm");
    npm.args(["install", "--silent", "--no-audit", "--no-fund"]).args(NODE_PACKAGES).current_dir(&modules);
    if !works(&mut npm) {
        return skip("npm's packages cannot be installed, so @sigstore/verify sees no record");
    }
    let output = Command::new("node")
        .arg(scripts.join("accept.cjs"))
        .arg(stage.at("record.bundle"))
        .env("NODE_PATH", modules.join("node_modules"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output));
}
