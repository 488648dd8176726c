//! What is wrong with where a manifest comes from: an authority that went back, signatures of nothing.

use super::{LintCode, Reviewer};
use crate::manifest::EarlierSerial;
use crate::source::{Problem, Source, Span};

impl Reviewer<'_> {
    pub(super) fn review_trust(&mut self) {
        let manifest = self.manifest;
        if let Some(EarlierSerial { value, commit }) = manifest.find_rollback() {
            let (place, now) = match &manifest.serial {
                Some(serial) => (&serial.place, format!("serial {}", serial.value)),
                None => (&manifest.process_owner.place, "no serial".to_owned()),
            };
            let message = format!("the authority has {now}, and had serial {value} in commit {commit}");
            let help = "restore the newer authority, or raise `serial`";
            let problem = Problem::error(&place.source, place.span, message).help(help);
            self.problems.push(problem.code(LintCode::AuthorityRollback.name()));
        }
        for file in &manifest.stray_signatures {
            let source = Source::new(file, "");
            let message = "the signature stands beside no file of the manifest";
            self.warn(LintCode::StraySignature, &source, Span::default(), message, |problem| {
                problem.help("remove it, or name it `TICKET.PERSON.sig`")
            });
        }
    }
}
