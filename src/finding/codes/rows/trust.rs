//! Decisions that cannot be checked, because of where they stand or who signed them.

use crate::finding::FindingSeverity::{Critical, High};
use crate::finding::accountability::AccountableRole::{Approver, Operator, ProcessOwner};
use crate::finding::accountability::FailedSide::Process;
use crate::finding::codes::{Code, CodeRow};

pub(super) const ROWS: &[CodeRow] = &[
    CodeRow {
        code: Code::UnsignedInChange,
        name: "UNSIGNED_IN_CHANGE",
        severity: High,
        critical_where: None,
        side: Process,
        accountable: Operator,
        informed: &[ProcessOwner],
        meaning: "the approval stands only in the change under review, and its approvers have not signed it",
        remedy: "merge the approval first, or have its approvers sign it (`countersign sign TICKET`)",
        controls: &["AC-5", "CM-5", "CC8.1"],
        explanation: "Whoever writes a change can write an approval into it, in anybody's name. With `--trust-ref REF` an \
            approval counts without a signature only where REF holds it. One that only the change holds counts if so many of \
            its approvers signed its file as the authority requires; the authority itself, systems and persons count from \
            REF alone.",
    },
    CodeRow {
        code: Code::SignatureInvalid,
        name: "SIGNATURE_INVALID",
        severity: Critical,
        critical_where: None,
        side: Process,
        accountable: ProcessOwner,
        informed: &[Approver],
        meaning: "a signature beside the approval is not good",
        remedy: "sign the file again with an active key, and find out who changed it; or remove the signature",
        controls: &["AU-10", "AU-10(2)", "A.8.15"],
        explanation: "A file `TICKET.PERSON.sig` stands beside the approval, and it is not a signature of that person below \
            just these bytes: a byte was changed, line ends included, the key is unknown, revoked, retired or another \
            person's, or it was made for another purpose. A signature that is there is checked wherever the approval \
            stands, and a bad one blocks what the approval would cover.",
    },
    CodeRow {
        code: Code::AuthorityRollback,
        name: "AUTHORITY_ROLLBACK",
        severity: Critical,
        critical_where: None,
        side: Process,
        accountable: ProcessOwner,
        informed: &[Operator],
        meaning: "the serial of the authority is lower than it was before",
        remedy: "restore the newer authority, or raise `serial` above the highest that it had",
        controls: &["CM-5", "AU-9"],
        explanation: "The manifest has a `serial`, which goes up whenever the authority changes and never down. A version that \
            `--trust-ref` led to before, along the first parents of its commit, had a higher one: somebody brought \
            back an older authority, in which somebody may decide who no longer should.",
    },
    CodeRow {
        code: Code::NoManifest,
        name: "NO_MANIFEST",
        severity: High,
        critical_where: None,
        side: Process,
        accountable: ProcessOwner,
        informed: &[Operator],
        meaning: "there is no manifest, so nobody has decided anything",
        remedy: "write a first manifest with `countersign init PLAN --approver LOGIN`, and merge it where decisions are read",
        controls: &["AC-3", "CM-3"],
        explanation: "No folder `approvals/` stands at the root of the repository, or the commit of `--trust-ref` has \
            none. The run is a dry run: it says what would need an approval, and blocks whatever the plan is, since \
            nobody is named who could allow it.\n\nA path that `--approvals` names and that is not there is an error (exit \
            code 2): a misspelt path is no first use.",
    },
];
