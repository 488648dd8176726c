//! Signatures below approvals, ours and those of the installed `ssh-keygen`, with every defect that one can have.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use countersign::trust::SigningKey;

use crate::scratch_repository::{Repository, Run, read_part, run};

/// Kinds of keys, as `ssh-keygen` makes them.
const KINDS: [&[&str]; 5] = [
    &["-t", "ed25519"],
    &["-t", "ecdsa", "-b", "256"],
    &["-t", "ecdsa", "-b", "384"],
    &["-t", "rsa", "-b", "2048"],
    &["-t", "rsa", "-b", "4096"],
];

const NAMESPACE: &str = "countersign-approval";

/// Keys in a folder that is not the repository's.
struct Keys {
    folder: tempfile::TempDir,
}

impl Keys {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Makes a key and returns its public half. One in 256 ecdsa keys of 256 bits is shorter than the library reads; such a
    /// one is left to `ssh-keygen`, and another is made.
    fn make(&self, name: &str, kind: &[&str], passphrase: &str) -> String {
        loop {
            let public = self.make_any(name, kind, passphrase);
            if SigningKey::read(&fs::read(self.path(name)).unwrap()).is_ok() {
                return public;
            }
            fs::remove_file(self.path(name)).unwrap();
            fs::remove_file(self.path(name).with_extension("pub")).unwrap();
        }
    }

    fn make_any(&self, name: &str, kind: &[&str], passphrase: &str) -> String {
        let path = self.path(name);
        let made = Command::new("ssh-keygen")
            .args(["-q", "-C", name, "-N", passphrase, "-f"])
            .arg(&path)
            .args(kind)
            .status()
            .unwrap();
        assert!(made.success());
        fs::read_to_string(path.with_extension("pub")).unwrap().trim_end().to_owned()
    }

    /// Signs as `ssh-keygen` does.
    fn sign(&self, name: &str, namespace: &str, hash: &str, file: &Path) -> Vec<u8> {
        let output = Command::new("ssh-keygen")
            .args(["-q", "-Y", "sign", "-n", namespace, "-O", &format!("hashalg={hash}"), "-f"])
            .arg(self.path(name))
            .stdin(fs::File::open(file).unwrap())
            .stderr(Stdio::null())
            .output()
            .unwrap();
        assert!(output.status.success());
        output.stdout
    }

    /// Whether `ssh-keygen` takes a signature below a file.
    fn verifies(&self, public: &str, signature: &Path, file: &Path) -> bool {
        let allowed = self.path("allowed");
        fs::write(&allowed, format!("lee namespaces=\"{NAMESPACE}\" {public}\n")).unwrap();
        let mut command = Command::new("ssh-keygen");
        command.args(["-q", "-Y", "verify", "-I", "lee", "-n", NAMESPACE, "-f"]).arg(allowed).arg("-s");
        command.arg(signature).stdin(fs::File::open(file).unwrap()).stderr(Stdio::null());
        command.stdout(Stdio::null()).status().unwrap().success()
    }
}

fn person(name: &str, keys: &[(&str, &str)]) -> String {
    let keys = keys.iter().enumerate().map(|(at, (ssh, state))| {
        format!("  key \"k{at}\" {{\n    ssh = \"{ssh}\"\n    state = \"{state}\"\n  }}\n")
    });
    format!("person \"{name}\" {{\n{}}}\n", keys.collect::<String>())
}

/// A repository whose `main` holds the authority with these persons, and whose change proposes SEC-7.
fn proposing(persons: &str, authority: &str) -> Repository {
    let repository = Repository::new();
    let main = format!("{authority}\n{persons}");
    repository.on_main(|repository| repository.write("approvals/main.hcl", &main));
    repository.copy("SEC-7.hcl", "approvals/SEC-7.hcl");
    repository
}

fn sign(repository: &Repository, key: &Path) -> Run {
    run(repository.countersign().args(["sign", "SEC-7", "--key"]).arg(key))
}

/// Both write what both take, for every kind of key and hash; and a changed byte is noticed.
#[test]
fn every_kind_of_key_signs_both_ways() {
    for kind in KINDS {
        let keys = Keys::new();
        let public = keys.make("lee", kind, "");
        let repository = proposing(&person("lee", &[(&public, "active")]), &read_part("main.hcl"));
        let (file, signature) =
            (repository.path("approvals/SEC-7.hcl"), repository.path("approvals/SEC-7.lee.sig"));
        assert!(repository.check().is_blocked_by("UNSIGNED_IN_CHANGE"));
        let signed = sign(&repository, &keys.path("lee"));
        assert!(signed.exit == 0 && signed.text.contains("SEC-7 signed as lee"), "{kind:?}: {signed:?}");
        assert!(keys.verifies(&public, &signature, &file), "{kind:?}");
        let ours = repository.check();
        assert_eq!(ours.exit, 0, "{kind:?}: {ours:?}");
        for hash in ["sha256", "sha512"] {
            fs::write(&signature, keys.sign("lee", NAMESPACE, hash, &file)).unwrap();
            let theirs = repository.check();
            assert_eq!(theirs.exit, 0, "{kind:?} {hash}: {theirs:?}");
        }
        repository.write("approvals/SEC-7.hcl", read_part("SEC-7.hcl") + "\n");
        assert!(repository.check().is_blocked_by("SIGNATURE_INVALID"), "{kind:?}");
    }
}

#[test]
fn every_defect_of_a_signature_blocks() {
    let keys = Keys::new();
    let lee = keys.make("lee", KINDS[0], "");
    let max = keys.make("max", KINDS[1], "");
    let retired = keys.make("retired", KINDS[0], "");
    let revoked = keys.make("revoked", KINDS[0], "");
    keys.make("unknown", KINDS[0], "");
    let persons = person("lee", &[(&lee, "active"), (&retired, "retired"), (&revoked, "revoked")])
        + &person("max", &[(&max, "active")]);
    for (what, said, defect) in list_defects(&keys) {
        let repository = proposing(&persons, &read_part("main.hcl"));
        let file = repository.path("approvals/SEC-7.hcl");
        let bytes = defect(&repository, &file);
        repository.write("approvals/SEC-7.lee.sig", bytes);
        let found = repository.check();
        assert!(
            found.exit == 1 && found.text.starts_with("SIGNATURE_INVALID") && found.text.contains(said),
            "{what}: {found:?}"
        );
        // Where it is merged, everything but a retired key blocks as well; and where it is read from the work tree.
        repository.on_main(|_| ());
        let merged = repository.check();
        let is_blocked = merged.exit == 1 && merged.text.starts_with("SIGNATURE_INVALID");
        assert_eq!(is_blocked, what != "a retired key", "{what}: {merged:?}");
    }
}

/// Writes a signature below a file, and what else is wrong.
type MakeSignature<'a> = Box<dyn Fn(&Repository, &Path) -> Vec<u8> + 'a>;

/// What is wrong, what is said of it, and how it is made.
type Defect<'a> = (&'a str, &'a str, MakeSignature<'a>);

/// Defects of signatures, and of keys.
fn list_defects(keys: &Keys) -> Vec<Defect<'_>> {
    let by = |name: &'static str| -> MakeSignature<'_> {
        Box::new(move |_: &Repository, file: &Path| keys.sign(name, NAMESPACE, "sha512", file))
    };
    let good = move |file: &Path| keys.sign("lee", NAMESPACE, "sha512", file);
    let mut defects: Vec<Defect<'_>> = vec![
        (
            "another namespace",
            "for the namespace `file`",
            Box::new(move |_, file| keys.sign("lee", "file", "sha512", file)),
        ),
        (
            "another kind of decision",
            "countersign-exception",
            Box::new(move |_, file| keys.sign("lee", "countersign-exception", "sha512", file)),
        ),
        ("an unknown key", "which no `person` has", by("unknown")),
        ("a retired key", "is retired", by("retired")),
        ("a revoked key", "is revoked", by("revoked")),
        ("another person's key", "the key is one of `max`", by("max")),
        (
            "junk behind it",
            "no signature",
            Box::new(move |_, file| [good(file), b"junk\n".to_vec()].concat()),
        ),
        (
            "junk before it",
            "no signature",
            Box::new(move |_, file| [b"junk\n".to_vec(), good(file)].concat()),
        ),
        ("nothing", "no signature", Box::new(move |_, _| Vec::new())),
        ("too much", "no signature", Box::new(move |_, file| good(file).repeat(40))),
    ];
    defects.extend(list_defects_of_files(keys));
    defects
}

/// Defects of what was signed.
fn list_defects_of_files(keys: &Keys) -> Vec<Defect<'_>> {
    let good = move |file: &Path| keys.sign("lee", NAMESPACE, "sha512", file);
    vec![
        (
            "another file",
            "other bytes",
            Box::new(move |repository, _| {
                repository.write("other", read_part("SEC-7.hcl").replace("SEC-7", "SEC-8"));
                good(&repository.path("other"))
            }),
        ),
        (
            "carriage returns",
            "carriage returns",
            Box::new(move |repository, file| {
                let signature = good(file);
                repository.write("approvals/SEC-7.hcl", read_part("SEC-7.hcl").replace('\n', "\r\n"));
                signature
            }),
        ),
        (
            "a byte order mark",
            "byte order mark",
            Box::new(move |repository, file| {
                let signature = good(file);
                repository.write("approvals/SEC-7.hcl", format!("\u{feff}{}", read_part("SEC-7.hcl")));
                signature
            }),
        ),
        (
            "two approvals in a file",
            "holds more than that decision",
            Box::new(move |repository, file| {
                let two = read_part("SEC-7.hcl") + &read_part("SEC-7.hcl").replace("SEC-7", "SEC-8");
                repository.write("approvals/SEC-7.hcl", two);
                good(file)
            }),
        ),
        (
            "another label",
            "not named after it",
            Box::new(move |repository, file| {
                repository.write("approvals/SEC-7.hcl", read_part("SEC-7.hcl").replace("SEC-7", "SEC-9"));
                good(file)
            }),
        ),
    ]
}

/// A threshold counts persons who signed, whatever keys they have.
#[test]
fn persons_are_counted_and_not_keys() {
    let keys = Keys::new();
    let (one, two) = (keys.make("one", KINDS[0], ""), keys.make("two", KINDS[1], ""));
    let max = keys.make("max", KINDS[0], "");
    let persons = person("lee", &[(&one, "active"), (&two, "active")]) + &person("max", &[(&max, "active")]);
    let authority = read_part("main.hcl").replace("max_duration", "threshold = 2\n  max_duration");
    let repository = proposing(&persons, &authority);
    let approval = read_part("SEC-7.hcl").replace("[\"lee\"]", "[\"lee\", \"max\"]");
    repository.write("approvals/SEC-7.hcl", &approval);
    assert_eq!(sign(&repository, &keys.path("one")).exit, 0);
    assert!(repository.check().text.contains("`max` has not signed it"), "{:?}", repository.check());
    // The second key of the same person replaces the first signature, or stands under another name.
    let file = repository.path("approvals/SEC-7.hcl");
    repository.write("approvals/SEC-7.LEE.sig", keys.sign("two", NAMESPACE, "sha512", &file));
    assert!(repository.check().is_blocked_by("UNSIGNED_IN_CHANGE"), "{:?}", repository.check());
    assert_eq!(sign(&repository, &keys.path("max")).exit, 0);
    assert_eq!(repository.check().exit, 0, "{:?}", repository.check());
    // A signature of somebody who is no approver is none of a decision.
    repository.write("approvals/SEC-7.hcl", read_part("SEC-7.hcl"));
    let stranger = sign(&repository, &keys.path("max"));
    assert!(stranger.exit == 2 && stranger.text.contains("not among the `approvers`"), "{stranger:?}");
}

/// Break-glass that stands only in the change counts where every one of its approvers signed it, and as nothing else.
#[test]
fn an_exception_of_the_change_needs_the_signatures_of_its_approvers() {
    let keys = Keys::new();
    let (lee, max) = (keys.make("lee", KINDS[0], ""), keys.make("max", KINDS[1], ""));
    let persons = person("lee", &[(&lee, "active")]) + &person("max", &[(&max, "active")]);
    let authority = read_part("main.hcl") + &read_part("override.hcl");
    let repository = proposing(&persons, &authority);
    fs::remove_file(repository.path("approvals/SEC-7.hcl")).unwrap();
    repository.copy("INC-7.hcl", "approvals/INC-7.hcl");
    let file = repository.path("approvals/INC-7.hcl");
    let check = || {
        let mut command = repository.countersign();
        command.args(["check", "plan.json", "--without-sources", "--trust-ref", "main"]);
        run(command.args(["--now", "2026-11-24T03:00:00Z"]))
    };
    let sign =
        |name: &str| run(repository.countersign().args(["sign", "INC-7", "--key"]).arg(keys.path(name)));
    assert!(check().text.starts_with("UNSIGNED_IN_CHANGE"), "{:?}", check());
    assert_eq!(sign("lee").exit, 0);
    assert!(check().text.contains("`max` has not signed it"), "{:?}", check());
    assert_eq!(sign("max").exit, 0);
    let excepted = check();
    assert!(excepted.exit == 0 && excepted.text.contains("INC-7"), "{excepted:?}");

    // A signature below an approval is none below an exception.
    let signature = keys.sign("max", NAMESPACE, "sha512", &file);
    repository.write("approvals/INC-7.max.sig", signature);
    assert!(check().text.starts_with("SIGNATURE_INVALID"), "{:?}", check());
    assert_eq!(sign("max").exit, 0);
    // More hours than were signed.
    repository.write("approvals/INC-7.hcl", read_part("INC-7.hcl").replace("T06:", "T12:"));
    assert!(check().text.starts_with("SIGNATURE_INVALID"), "{:?}", check());
}

#[test]
fn what_cannot_sign_says_what_can() {
    let keys = Keys::new();
    let locked = keys.make("locked", KINDS[0], "secret");
    let retired = keys.make("retired", KINDS[0], "");
    keys.make("unknown", KINDS[0], "");
    let persons = person("lee", &[(&locked, "active"), (&retired, "retired")]);
    let repository = proposing(&persons, &read_part("main.hcl"));
    let refused = [
        ("locked", "ssh-keygen -Y sign -f"),
        ("locked.pub", "no private key"),
        ("unknown", "no `person` of the manifest has the key"),
        ("retired", "is retired"),
        ("nowhere", "cannot read"),
    ];
    for (name, said) in refused {
        // The manifest of the work tree is the one of `main` here.
        let found = sign(&repository, &keys.path(name));
        assert!(found.exit == 2 && found.text.contains(said), "{name}: {found:?}");
    }
    assert!(!repository.path("approvals/SEC-7.lee.sig").exists());
    repository.write("approvals/SEC-7.hcl", read_part("SEC-7.hcl").replace('\n', "\r\n"));
    let returns = sign(&repository, &keys.path("unknown"));
    assert!(returns.exit == 2 && returns.text.contains("carriage returns"), "{returns:?}");
}
