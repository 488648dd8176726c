//! Signatures in words: what is wrong with one, and what to do about it.

use crate::trust::SignatureFault;

/// Says what is wrong with a signature: one lower-case sentence without a full stop.
pub(super) fn describe_signature(ticket: &str, file: &str, fault: &SignatureFault) -> String {
    match fault {
        SignatureFault::Unreadable => format!("`{file}` is no signature of `ssh-keygen -Y sign`"),
        SignatureFault::OtherNamespace { found, wanted } => {
            format!("`{file}` was made for the namespace `{found}` and not for `{wanted}`")
        }
        SignatureFault::UnknownKey { fingerprint } => {
            format!("`{file}` was made with the key {fingerprint}, which no `person` has")
        }
        SignatureFault::OtherPerson { named, person } => {
            format!("`{file}` is named after `{named}`, and the key is one of `{person}`")
        }
        SignatureFault::Revoked { person, key } => {
            format!("`{file}` was made with the key `{key}` of `{person}`, which is revoked")
        }
        SignatureFault::Retired { person, key } => {
            format!("`{file}` was made with the key `{key}` of `{person}`, which is retired")
        }
        SignatureFault::OtherBytes => {
            format!("`{file}` was made below other bytes than the file of {ticket} has")
        }
        SignatureFault::LineEnds => {
            format!("`{file}` stands below {ticket}, whose file has carriage returns at its line ends")
        }
        SignatureFault::Marked => {
            format!("`{file}` stands below {ticket}, whose file begins with a byte order mark")
        }
        SignatureFault::NotAlone => {
            format!("`{file}` stands below {ticket}, whose file holds more than that decision")
        }
        SignatureFault::OtherLabel { label } => {
            format!("`{file}` stands below `{label}`, whose file is not named after it")
        }
    }
}

/// Says what to do about it: an instruction.
pub(super) fn remedy_of_signature(file: &str, fault: &SignatureFault) -> String {
    match fault {
        SignatureFault::Unreadable | SignatureFault::OtherNamespace { .. } => {
            format!("remove `{file}`, and sign with `countersign sign`")
        }
        SignatureFault::UnknownKey { .. } => {
            format!("have the key added to its `person`, or remove `{file}`")
        }
        SignatureFault::OtherPerson { person, .. } => format!("name the file after `{person}`, or remove it"),
        SignatureFault::Revoked { person, .. } | SignatureFault::Retired { person, .. } => {
            format!("have `{person}` sign again with an active key, or remove `{file}`")
        }
        SignatureFault::OtherBytes => {
            format!("restore the file as it was signed, or have it signed again; until then remove `{file}`")
        }
        SignatureFault::LineEnds => {
            "save the file with line feeds alone (`approvals/** -text` in .gitattributes keeps them), and sign that"
                .to_owned()
        }
        SignatureFault::Marked => "save the file as UTF-8 without a mark, and sign that".to_owned(),
        SignatureFault::NotAlone => {
            "move the approval to a file of its own, named after its ticket, and sign that".to_owned()
        }
        SignatureFault::OtherLabel { label } => format!("name the file `{label}.hcl`, and sign that"),
    }
}
