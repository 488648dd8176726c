//! What a record keeps of a grant beside its verdict.
//!
//! Takes a grant or a run with its tickets, and returns its [`GrantEvidence`]: who answers for the system, where it is
//! written, and the digests of what it gives. A digest of something short can be guessed, so that there is none of what
//! the plan marks as sensitive.

use crate::finding::{AccessDigests, GrantEvidence, Site, SiteKind};
use crate::grants::{Grant, Origin, Run};
use crate::lower::words::{in_words, without_usual};
use crate::manifest::Approval;
use crate::source::hash_bytes;
use crate::sources::PlaceRole;

use super::compared_access::read_statement;
use super::findings::FindingMaker;
use super::outcome::displayed_reading;
use super::owner::Parties;
use super::shape::describe_shape;

impl FindingMaker<'_> {
    /// Returns the evidence of a grant that these tickets cover, or would have to; `folder` is the path in the repository of
    /// the folder in which Terraform ran.
    pub(super) fn collect_grant_evidence(
        &self,
        grant: &Grant,
        tickets: &[String],
        folder: Option<&str>,
    ) -> GrantEvidence {
        let digests = (!grant.sensitive).then(|| digest_access(grant));
        self.make_evidence(&grant.origin, tickets, folder, digests, Vec::new())
    }

    /// Returns the evidence of a run.
    pub(super) fn collect_run_evidence(
        &self,
        run: &Run,
        tickets: &[String],
        folder: Option<&str>,
    ) -> GrantEvidence {
        match run {
            Run::Provisioner { origin, content, .. } => {
                let runs = content.texts().iter().map(|text| text.sha256.clone()).collect();
                self.make_evidence(origin, tickets, folder, None, runs)
            }
            Run::Target { .. } => self.make_evidence(&Origin::default(), tickets, folder, None, Vec::new()),
        }
    }

    fn make_evidence(
        &self,
        origin: &Origin,
        tickets: &[String],
        folder: Option<&str>,
        digests: Option<AccessDigests>,
        runs: Vec<String>,
    ) -> GrantEvidence {
        let approval: Option<&Approval> =
            tickets.iter().find_map(|ticket| self.manifest.find_decision(ticket));
        let own = origin.places.iter().find(|place| place.role == PlaceRole::Own);
        let site = own.map(|own| Site::of_place(SiteKind::Planned, &own.place));
        let parties = Parties { manifest: self.manifest, systems: &self.systems, folder };
        GrantEvidence {
            owner: parties.find_system_owner(approval, origin),
            module: origin.module.to_string(),
            site,
            digests,
            runs,
        }
    }
}

/// Digests what a grant gives: statement by statement as `grants` shows it, and its shape.
fn digest_access(grant: &Grant) -> AccessDigests {
    let statements = displayed_reading(grant).map_or(&[][..], |reading| &reading.access.statements);
    let shape = |statement| describe_shape(&read_statement(&without_usual(statement)), &grant.origin.place);
    AccessDigests {
        access: digest_lines(statements.iter().map(in_words)),
        shape: digest_lines(statements.iter().map(shape)),
    }
}

/// The SHA-256 of lines, in lower case and sorted, each with its end.
fn digest_lines(lines: impl Iterator<Item = String>) -> String {
    let mut lines: Vec<String> = lines.map(|line| line.to_ascii_lowercase() + "\n").collect();
    lines.sort();
    hash_bytes(lines.concat().as_bytes())
}
