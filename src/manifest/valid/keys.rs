//! Keys of persons: each is exactly one person's.

use std::collections::BTreeMap;

use super::Validator;
use crate::manifest::parties::PersonKey;
use crate::manifest::raw::RawPerson;
use crate::source::{Place, Problem, Source, Spanned};
use crate::trust::{KeyFault, KeyState, PublicKey};
use spanned_hcl::did_you_mean;

/// Where each key stands, by fingerprint.
pub(super) type SeenKeys = BTreeMap<String, Place>;

impl Validator {
    /// The keys of a person that no person above has.
    pub(super) fn validate_keys(
        &mut self,
        source: &Source,
        person: &RawPerson,
        seen: &mut SeenKeys,
    ) -> Vec<PersonKey> {
        let mut names: BTreeMap<&str, Place> = BTreeMap::new();
        let mut keys = Vec::new();
        for raw in &person.keys {
            let state = self.validate_key_state(source, raw.state.as_ref());
            let (Some(name), Some(line)) = (&raw.name, &raw.ssh) else { continue };
            let place = Place { source: source.clone(), span: name.span };
            if let Some(first) = names.insert(&name.value, place) {
                let message = format!("duplicate key `{}`", name.value);
                let problem = Problem::error(source, name.span, message).label("duplicate");
                self.problems.push(problem.help("give it another name").related(first, "first defined here"));
            }
            let Some(key) = self.validate_key(source, line, seen) else { continue };
            // A state that cannot be read was reported.
            keys.extend(state.map(|state| PersonKey { name: name.clone(), key, state }));
        }
        keys
    }

    fn validate_key(
        &mut self,
        source: &Source,
        line: &Spanned<String>,
        seen: &mut SeenKeys,
    ) -> Option<PublicKey> {
        let key = match PublicKey::parse(&line.value) {
            Ok(key) => key,
            Err(fault) => {
                let (message, help) = describe_fault(&fault);
                self.refuse(source, line.span, message, help);
                return None;
            }
        };
        let place = Place { source: source.clone(), span: line.span };
        if let Some(first) = seen.insert(key.fingerprint(), place) {
            let message = format!("the key {} stands twice", key.fingerprint());
            let problem = Problem::error(source, line.span, message).label("again");
            let help = "a key is one person's: remove one of them";
            self.problems.push(problem.help(help).related(first, "first written here"));
            return None;
        }
        Some(key)
    }

    fn validate_key_state(&mut self, source: &Source, written: Option<&Spanned<String>>) -> Option<KeyState> {
        let Some(written) = written else { return Some(KeyState::default()) };
        let state = KeyState::from_word(&written.value);
        if state.is_none() {
            let help = match did_you_mean(&written.value, KeyState::ALL.map(|(_, word)| word)) {
                Some(meant) => format!("did you mean `{meant}`"),
                None => "write `active`, `retired` or `revoked`".to_owned(),
            };
            let message = format!("`{}` is no state of a key", written.value);
            self.refuse(source, written.span, message, &help);
        }
        state
    }
}

fn describe_fault(fault: &KeyFault) -> (String, &'static str) {
    match fault {
        KeyFault::Unreadable => (
            "this is no public key of SSH".to_owned(),
            "copy the line of the file `*.pub`, such as `ssh-ed25519 AAAA…`",
        ),
        KeyFault::Unsupported { algorithm } => (
            format!("keys of the kind `{algorithm}` are not taken"),
            "use an ed25519 key (`ssh-keygen -t ed25519`), with `-sk` too; ecdsa of 256 or 384 bits, or rsa",
        ),
        KeyFault::Short { bits } => (
            format!("an RSA key of {bits} bits is too short"),
            "use an ed25519 key (`ssh-keygen -t ed25519`), or one of RSA with at least 2048 bits",
        ),
    }
}
