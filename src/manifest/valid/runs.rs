//! `run` blocks: what may run, and where.

use super::{Validator, make_globs};
use crate::manifest::identity::is_identity;
use crate::manifest::raw::{RawRun, TARGET};
use crate::manifest::run::{ApprovedRun, ApprovedRunSubject};
use crate::source::{Problem, Source, Spanned};
use spanned_hcl::did_you_mean;

/// The provisioners that Terraform and OpenTofu have, and an apply of a part.
pub(super) const RUN_KINDS: [&str; 4] = ["local-exec", "remote-exec", "file", TARGET];

/// Characters of a SHA-256 in hexadecimal.
const DIGEST_CHARACTERS: usize = 64;

impl Validator {
    /// What a `run` block lets run; none where it does not say that clearly.
    pub(super) fn run(&mut self, source: &Source, raw: &RawRun) -> Option<ApprovedRun> {
        let kind = raw.kind.as_ref()?;
        let subject = if kind.value == TARGET {
            ApprovedRunSubject::Target { addresses: make_globs(&raw.addresses) }
        } else {
            self.refuse_unknown_kind(source, kind)?;
            let address = raw.address.as_ref()?;
            if !is_identity(source, address, &mut self.problems) {
                return None;
            }
            self.refuse_pattern(source, address)?;
            for digest in &raw.sha256 {
                self.refuse_other_text(source, digest)?;
            }
            if raw.sha256.is_empty() {
                return None;
            }
            ApprovedRunSubject::Provisioner {
                kind: kind.value.clone(),
                address: address.value.clone(),
                sha256: raw.sha256.iter().map(|digest| digest.value.to_ascii_lowercase()).collect(),
            }
        };
        Some(ApprovedRun { subject, span: raw.span })
    }

    fn refuse_unknown_kind(&mut self, source: &Source, kind: &Spanned<String>) -> Option<()> {
        if RUN_KINDS.contains(&kind.value.as_str()) {
            return Some(());
        }
        let help = match did_you_mean(&kind.value, RUN_KINDS) {
            Some(meant) => format!("did you mean `{meant}`"),
            None => "use `local-exec`, `remote-exec`, `file` or `target`".to_owned(),
        };
        let message = format!("unknown kind of run `{}`", kind.value);
        self.problems.push(Problem::error(source, kind.span, message).label("unknown").help(help));
        None
    }

    /// An address is that of one instance: what another one runs has a digest of its own.
    fn refuse_pattern(&mut self, source: &Source, address: &Spanned<String>) -> Option<()> {
        if !address.value.contains('*') {
            return Some(());
        }
        let message = format!("`{}` is a pattern, and a `run` block names one instance", address.value);
        self.refuse(source, address.span, message, "write one `run` block for each instance");
        None
    }

    fn refuse_other_text(&mut self, source: &Source, sha256: &Spanned<String>) -> Option<()> {
        let is_digest = sha256.value.len() == DIGEST_CHARACTERS
            && sha256.value.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_digest {
            return Some(());
        }
        let message = format!("`{}` is no SHA-256 in hexadecimal", sha256.value);
        self.refuse(source, sha256.span, message, "copy it from `countersign grants`, or from the finding");
        None
    }
}
