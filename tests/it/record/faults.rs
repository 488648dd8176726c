//! A run ends with 0 only where its record is whole on the disk, and there is never a part of one under its name: full
//! disks, folders that cannot be written, closed pipes, and system calls that fail or are the last.
//!
//! Faults of system calls are made by strace, full and read-only disks by mounts in a namespace of their own. Where
//! either cannot be had the test says so and passes, because nothing was tried.

use std::fs::{self, File};
use std::process::{Command, Stdio};

use super::stage::{NOW, Stage};

/// A check that is allowed, of plan JSON, so that no other program runs.
const CHECK: [&str; 7] = ["check", "plan.json", "--sources", "tfplan", "--now", NOW, "--record"];

/// What a run with a fault came to.
struct Fault<'s> {
    stage: &'s Stage,
    /// What the record is without a fault.
    whole: String,
}

impl<'s> Fault<'s> {
    fn new(stage: &'s Stage) -> Self {
        assert!(stage.run(&[&CHECK[..], &["whole.json"]].concat()).status.success());
        Self { stage, whole: stage.read("whole.json") }
    }

    /// Says what is wrong with a run that wrote to this file, and takes the file away.
    fn find_wrong(&self, name: &str, code: Option<i32>, about: &str) -> Option<String> {
        let found = fs::read_to_string(self.stage.at(name)).ok();
        let _gone = fs::remove_file(self.stage.at(name));
        match (code, found) {
            (Some(0), None) => Some(format!("{about}: 0 without a record")),
            (_, Some(text)) if text != self.whole => Some(format!("{about}: a part of a record")),
            (_, Some(_) | None) => None,
        }
    }
}

fn works(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}

fn skip(what: &str) {
    eprintln!("skipped: {what}");
}

/// System calls with how they fail, and whether each of them is tried by default or every fifth: most of these are of the
/// loader and of the inputs.
const FAULTS: [(&str, &str, bool); 16] = [
    ("write", "error=ENOSPC", true),
    ("write", "error=EIO", true),
    ("write", "error=EINTR", true),
    ("write", "retval=1", true),
    ("write", "signal=KILL", true),
    ("fsync", "error=ENOSPC", true),
    ("fsync", "error=EIO", true),
    ("fsync", "signal=KILL", true),
    ("renameat", "error=EIO", true),
    ("renameat2", "error=EIO", true),
    ("renameat2", "error=EROFS", true),
    ("renameat2", "signal=KILL", true),
    ("unlink", "error=EACCES", true),
    ("openat", "error=EMFILE", false),
    ("openat", "error=EROFS", false),
    ("read", "error=EIO", false),
];

#[test]
fn no_failing_system_call_leaves_a_part_of_a_record() {
    if !works("strace", &["-qq", "-o", "/dev/null", "-e", "inject=fsync:error=EIO", "true"]) {
        return skip("strace cannot be run, so no system call fails");
    }
    let is_all = std::env::var_os("COUNTERSIGN_FAULTS").is_some();
    let stage = Stage::of_case();
    let fault = Fault::new(&stage);
    let mut wrong = Vec::new();
    let (mut runs, mut failed) = (0, 0);
    for (call, how, is_each) in FAULTS {
        for at in (1..).step_by(if is_each || is_all { 1 } else { 5 }) {
            let output = Command::new("strace")
                .args(["-f", "-qq", "-o", "log", "-e", &format!("trace={call}")])
                .args(["-e", &format!("inject={call}:{how}:when={at}")])
                .arg(env!("CARGO_BIN_EXE_countersign"))
                .args(CHECK)
                .args(["r.json", "--output", "json=o.json"])
                .current_dir(stage.at("."))
                .output()
                .unwrap();
            let log = stage.read("log");
            if !log.contains("(INJECTED)") && !log.contains("killed by SIGKILL") {
                break;
            }
            runs += 1;
            failed += usize::from(output.status.code() != Some(0));
            wrong.extend(fault.find_wrong("r.json", output.status.code(), &format!("{call} {how} {at}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(runs > 30 && failed > 20, "{runs} faults, {failed} of them failures");
}

/// What fills standard output, or nobody who reads it: what was not said is not recorded.
#[test]
fn what_was_not_said_is_not_recorded() {
    let stage = Stage::of_case();
    let before = stage.list();
    for format in ["human", "json"] {
        let arguments = [&CHECK[..], &["r.json", "--format", format]].concat();
        let full = File::options().write(true).open("/dev/full").unwrap();
        let status = stage.command(&arguments).stdout(full).stderr(Stdio::null()).status().unwrap();
        assert_eq!((status.code(), stage.list()), (Some(2), before.clone()), "/dev/full, {format}");
        let mut child =
            stage.command(&arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        drop(child.stdout.take());
        assert_eq!(
            (child.wait().unwrap().code(), stage.list()),
            (Some(2), before.clone()),
            "closed, {format}"
        );
    }
}

/// Runs a script with mounts that nobody else sees; none where that cannot be done.
fn run_in_namespace(stage: &Stage, script: &str) -> Option<String> {
    let namespace = [&["-m"][..], &["-r", "-m"]].into_iter().find(|options| {
        works("unshare", &[options, &["sh", "-c", "mount -t tmpfs none /mnt"][..]].concat())
    })?;
    let output = Command::new("unshare")
        .args(namespace)
        .args(["sh", "-c", script])
        .current_dir(stage.at("."))
        .env("COUNTERSIGN", env!("CARGO_BIN_EXE_countersign"))
        .output()
        .unwrap();
    Some(String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

#[test]
fn a_full_disk_leaves_no_record() {
    let stage = Stage::of_case();
    // With a long name the record is longer than a page: one page holds its start, none holds nothing.
    let [command, rest @ ..] = CHECK;
    let check = format!("$COUNTERSIGN {command} --actor {} {}", "a".repeat(6000), rest.join(" "));
    fs::create_dir(stage.at("disk")).unwrap();
    for pages in [0, 1] {
        let script = format!(
            "exec 2>&1; mount -t tmpfs -o size=64k none disk && head -c {} /dev/zero > disk/fill
             {check} disk/r.json; echo exit $?; ls -A disk; rm disk/fill; {check} disk/r.json; echo exit $?; wc -l < disk/r.json",
            (16 - pages) * 4096
        );
        let Some(said) = run_in_namespace(&stage, &script) else {
            return skip("no file system can be mounted, so no disk is full");
        };
        let (full, free) = said.split_once("\nfill\n").unwrap_or_else(|| panic!("{said}"));
        assert!(full.ends_with("exit 2") && full.contains("No space left"), "{pages} pages: {said}");
        assert!(free.contains("exit 0\n1\n"), "{said}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_refused() {
    let stage = Stage::of_case();
    let check = format!("$COUNTERSIGN {}", CHECK.join(" "));
    fs::create_dir(stage.at("disk")).unwrap();
    let script = format!(
        "exec 2>&1; mount --bind disk disk && mount -o remount,bind,ro disk; {check} disk/r.json; echo exit $?"
    );
    match run_in_namespace(&stage, &script) {
        None => skip("no file system can be mounted, so none is read-only"),
        Some(said) => assert!(said.ends_with("exit 2\n") && said.contains("read-only"), "{said}"),
    }
    for place in ["plan.json/r.json", "absent/r.json", "disk/", ".", "-"] {
        let output = stage.run(&[&CHECK[..], &[place]].concat());
        assert_eq!(output.status.code(), Some(2), "{place}");
    }
}

/// A record is made once: whatever stands at its place stays as it is.
#[test]
fn a_record_replaces_nothing() {
    let stage = Stage::of_case();
    let check = |arguments: &[&str]| stage.run(&[&CHECK[..], arguments].concat()).status.code();
    stage.write("empty", b"");
    std::os::unix::fs::symlink("elsewhere", stage.at("link")).unwrap();
    std::os::unix::fs::symlink("empty", stage.at("other-link")).unwrap();
    let before = stage.list();
    let taken =
        ["plan.json", "tfplan", "empty", "link", "other-link", "approvals", "/dev/null", "approvals/all.hcl"];
    for place in taken {
        assert_eq!(check(&[place]), Some(2), "{place}");
    }
    for [record, report] in [["a.json", "json=a.json"], ["./a.json", "json=approvals/../a.json"]] {
        assert_eq!(check(&[record, "--output", report]), Some(2), "{record}");
    }
    assert_eq!((stage.list(), stage.read("empty")), (before, String::new()));
    assert_eq!(check(&["a.json"]), Some(0));
    let first = stage.read("a.json");
    assert_eq!((check(&["a.json"]), stage.read("a.json")), (Some(2), first), "nor by the same record");
}

/// Of several runs at once that would make one record, one makes it.
#[test]
fn one_of_several_runs_makes_the_record() {
    let stage = Stage::of_case();
    let fault = Fault::new(&stage);
    let start = |_| {
        let mut command = stage.command(&[&CHECK[..], &["r.json"]].concat());
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let runs: Vec<_> = (0..6).map(start).collect();
    let codes: Vec<_> = runs.into_iter().map(|mut run| run.wait().unwrap().code()).collect();
    assert_eq!(codes.iter().filter(|code| **code == Some(0)).count(), 1, "{codes:?}");
    assert_eq!(fault.find_wrong("r.json", Some(0), "several runs"), None);
    assert!(!stage.list().iter().any(|name| name.starts_with('.')), "{:?}", stage.list());
}
