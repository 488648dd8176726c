//! `sign`: a person's signature below a decision.
//!
//! Takes a ticket and a private key, and writes a detached signature over the exact bytes of the file that holds the
//! decision, beside it. Whose the key is stands in the manifest, so that nobody signs in another's name by mistake.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Exit, Failure, input, output_file};
use crate::cli::SignArgs;
use crate::manifest::{Approval, Manifest, PersonKey};
use crate::plan::ByteSize;
use crate::source::{escape_invisible, hash_bytes, walk_signed};
use crate::trust::{DecisionKind, KeyState, SignatureFault, SigningFault, SigningKey};

/// Signs a decision.
///
/// # Errors
///
/// Why it could not be signed.
pub fn run(args: &SignArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let path = input::manifest_path(args.approvals.as_deref());
    if !path.exists() {
        return Err(input::no_manifest(&path));
    }
    let walk = walk_signed(&path, "hcl");
    let marked = walk.marked.clone();
    let manifest = Manifest::from_walk(&path.to_string_lossy(), walk, &std::collections::BTreeMap::new());
    let manifest = manifest
        .map_err(|error| Failure::Problems { message: error.to_string(), problems: error.problems })?;
    let decision = manifest.decisions().find(|one| one.id.eq_ignore_ascii_case(&args.ticket));
    let decision = decision.ok_or_else(|| Failure::Missing {
        message: format!("the manifest has no decision `{}`", args.ticket),
        help: format!("write it to `{}` first", path.join(format!("{}.hcl", args.ticket)).display()),
    })?;
    let source = &decision.place.source;
    let kind = Manifest::find_signable(source, marked.contains(&source.name))
        .map_err(|fault| refuse_file(&decision.id, &fault))?;
    let (name, bytes) = input::read_one(&args.key, ByteSize::OF_INPUT)?;
    let key = SigningKey::read(&bytes).map_err(|_| no_key(&name))?;
    let (person, person_key) = find_person(&manifest, &key)?;
    refuse_stranger(&manifest, decision, person)?;
    let file = signature_path(Path::new(&*source.name), person);
    let content = source.text.as_bytes();
    let signature = key.sign(kind, content).map_err(|fault| match fault {
        SigningFault::Locked => locked(&args.key, kind, &source.name, &file),
        SigningFault::Unreadable => no_key(&name),
    })?;
    output_file::replace(&file, signature.as_bytes())?;
    let text = format!(
        "{} signed as {person} with key {} ({}): {}, sha256:{}",
        decision.id,
        person_key.name.value,
        person_key.key.fingerprint(),
        source.name,
        hash_bytes(content)
    );
    writeln!(out, "{}", escape_invisible(&text))
        .and_then(|()| {
            writeln!(out, "  next: commit {} beside it", escape_invisible(&file.display().to_string()))
        })
        .map_err(Failure::unwritten)?;
    Ok(Exit::Allowed)
}

/// Whose the key is, where it still counts.
fn find_person<'m>(manifest: &'m Manifest, key: &SigningKey) -> Result<(&'m str, &'m PersonKey), Failure> {
    let keys =
        manifest.persons.values().flat_map(|person| person.keys.iter().map(|own| (&*person.name, own)));
    let fingerprint = key.public().fingerprint();
    let found = { keys }.find(|(_, own)| own.key.fingerprint() == fingerprint);
    match found {
        Some((_, own)) if own.state != KeyState::Active => Err(Failure::Missing {
            message: format!("the key `{}` ({fingerprint}) is {}", own.name.value, own.state.word()),
            help: "sign with an active key".to_owned(),
        }),
        Some(found) => Ok(found),
        None => Err(Failure::Missing {
            message: format!("no `person` of the manifest has the key {fingerprint}"),
            help:
                "have its public half added: person \"NAME\" { key \"LAPTOP\" { ssh = \"ssh-ed25519 …\" } }"
                    .to_owned(),
        }),
    }
}

/// A signature of somebody who is no approver would count for nothing.
fn refuse_stranger(manifest: &Manifest, decision: &Approval, person: &str) -> Result<(), Failure> {
    let own = manifest.person_of(person);
    if decision.approvers.iter().any(|approver| manifest.persons_of(&approver.value).contains(&own)) {
        return Ok(());
    }
    Err(Failure::Missing {
        message: format!("`{person}` is not among the `approvers` of {}", decision.id),
        help: "name them there before anybody signs: signatures are over the whole file".to_owned(),
    })
}

fn refuse_file(ticket: &str, fault: &SignatureFault) -> Failure {
    let (because, help) = match fault {
        SignatureFault::LineEnds => (
            "its lines end with carriage returns",
            "save the file with line feeds alone; `approvals/** -text` in .gitattributes keeps them"
                .to_owned(),
        ),
        SignatureFault::Marked => {
            ("it begins with a byte order mark", "save it as UTF-8 without one".to_owned())
        }
        SignatureFault::OtherLabel { label } => {
            ("it is not named after it", format!("name it `{label}.hcl`"))
        }
        SignatureFault::NotAlone
        | SignatureFault::Unreadable
        | SignatureFault::OtherNamespace { .. }
        | SignatureFault::UnknownKey { .. }
        | SignatureFault::OtherPerson { .. }
        | SignatureFault::Revoked { .. }
        | SignatureFault::Retired { .. }
        | SignatureFault::OtherBytes => {
            ("it holds more than that decision", format!("move the decision to a file `{ticket}.hcl`"))
        }
    };
    Failure::Missing { message: format!("the file of {ticket} cannot be signed: {because}"), help }
}

fn no_key(name: &str) -> Failure {
    Failure::Missing {
        message: format!("`{name}` is no private key of SSH that can sign"),
        help: "use the file that `ssh-keygen -t ed25519` wrote, without `.pub`, or sign with `ssh-keygen -Y sign` \
               (`countersign sign --help`)"
            .to_owned(),
    }
}

/// A key that only `ssh-keygen` can use, with the command that writes the same file.
fn locked(key: &Path, kind: DecisionKind, source: &str, file: &Path) -> Failure {
    Failure::Missing {
        message: format!("`{}` is locked by a passphrase, or kept in hardware", key.display()),
        help: format!(
            "run `ssh-keygen -Y sign -f {} -n {} < {source} > {}`, which asks for it",
            key.display(),
            kind.namespace(),
            file.display()
        ),
    }
}

/// The name of a person's signature below a file.
fn signature_path(file: &Path, person: &str) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    file.with_file_name(format!("{stem}.{person}.sig"))
}
