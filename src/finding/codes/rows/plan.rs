//! What a plan does not show, and what nobody reads.

use crate::finding::FindingSeverity::{Critical, High, Medium};
use crate::finding::accountability::AccountableRole::{ModuleAuthor, Operator, ProcessOwner, RuleAuthor};
use crate::finding::accountability::FailedSide::{Execution, Process};
use crate::finding::codes::{Code, CodeRow};

pub(super) const ROWS: &[CodeRow] = &[
    CodeRow {
        code: Code::UnknownUntilApply,
        name: "UNKNOWN_UNTIL_APPLY",
        severity: High,
        critical_where: None,
        side: Execution,
        accountable: Operator,
        informed: &[ModuleAuthor],
        meaning: "what the grant gives is known only after apply",
        remedy: "use names that are known at plan time, or apply the dependencies first and plan again",
        controls: &["AC-3", "CM-3b"],
        explanation: "A value that decides what the grant gives is computed during the apply, so the plan cannot be \
            compared with an approval. Undecided is blocked.",
    },
    CodeRow {
        code: Code::Undecided,
        name: "UNDECIDED",
        severity: High,
        critical_where: None,
        side: Process,
        accountable: ProcessOwner,
        informed: &[Operator],
        meaning: "whether approvals cover the grant cannot be decided",
        remedy: "change what the reason names, and plan again",
        controls: &["AC-3", "CM-3"],
        explanation: "The grant is neither proved to be within the approvals nor proved to exceed them: a fact is \
            missing, a document cannot be read, or a condition cannot be compared. Undecided is blocked, and the finding \
            names the reason.",
    },
    CodeRow {
        code: Code::UngovernedPath,
        name: "UNGOVERNED_PATH",
        severity: High,
        critical_where: None,
        side: Execution,
        accountable: Operator,
        informed: &[ProcessOwner],
        meaning: "the apply runs code whose effect the plan does not show",
        remedy: "remove it, or have it approved with a `grant \"terraform\"` block that names its address",
        controls: &["CM-3", "AC-6", "NHI6:2025"],
        explanation: "A provisioner, an external program or a similar resource runs code during the apply. That code \
            can grant access that no plan shows.",
    },
    CodeRow {
        code: Code::UnsupportedType,
        name: "UNSUPPORTED_TYPE",
        severity: Medium,
        critical_where: None,
        side: Process,
        accountable: ProcessOwner,
        informed: &[RuleAuthor],
        meaning: "no rule and no table says what the resource type does to access",
        remedy: "add a rule for the type with `--rules DIR`, or declare in the manifest that it gives no access",
        controls: &["CM-3"],
        explanation: "A rule pack reads the provider, and neither a rule nor the table of the pack knows the type: it is \
            of a newer version of the provider, or of another provider of that name. What nobody has read does not pass. \
            If the type gives nobody access, the process owner declares it in the manifest: `provider \"hashicorp/aws\" \
            { type \"aws_x\" { … } }` with `access = \"none\"` and a `reason`. Otherwise a pack of `--rules` reads it.",
    },
    CodeRow {
        code: Code::UnsupportedProvider,
        name: "UNSUPPORTED_PROVIDER",
        severity: Medium,
        critical_where: None,
        side: Process,
        accountable: ProcessOwner,
        informed: &[RuleAuthor],
        meaning: "no rule pack reads the provider",
        remedy: "declare in the manifest that the provider gives no access, or add a rule pack with `--rules DIR`",
        controls: &["CM-3", "SR-3"],
        explanation: "The plan changes objects of a provider that no rule pack reads, so nobody knows what they do to \
            access. If the provider gives nobody access, the process owner declares it in the manifest: `provider \
            \"NAMESPACE/NAME\" { … }` with `access = \"none\"` and a `reason`. Otherwise a pack of `--rules` reads its types.",
    },
    CodeRow {
        code: Code::IncompletePlan,
        name: "INCOMPLETE_PLAN",
        severity: Medium,
        critical_where: None,
        side: Execution,
        accountable: Operator,
        informed: &[],
        meaning: "the plan does not show everything that the apply will do",
        remedy: "make a full plan, without `-target`, and check that plan",
        controls: &["CM-3"],
        explanation: "The plan was made with `-target`, has deferred changes, ended in an error, or leaves something \
            open. What it does not show cannot be judged.",
    },
    CodeRow {
        code: Code::SourcesUnseen,
        name: "SOURCES_UNSEEN",
        severity: Medium,
        critical_where: None,
        side: Process,
        accountable: Operator,
        informed: &[ProcessOwner],
        meaning: "the plan was checked without the sources that it was made from",
        remedy: "check the plan file (`countersign check tfplan`), or add `--sources tfplan`; `--without-sources` accepts \
            what plan JSON cannot show",
        controls: &["CM-3"],
        explanation: "Plan JSON does not show everything that an apply runs: ephemeral resources, provisioners of \
            `removed` blocks, and `dynamic` blocks whose `for_each` is known only after apply. The plan file holds the \
            sources, which do.\n\nWhere the plan file is not at hand, `--without-sources` accepts just that, and report and \
            record say so. What plan JSON shows to be open still blocks.",
    },
    CodeRow {
        code: Code::ConflictingFacts,
        name: "CONFLICTING_FACTS",
        severity: High,
        critical_where: None,
        side: Process,
        accountable: ProcessOwner,
        informed: &[Operator],
        meaning: "two sources say that one provider reaches two different places",
        remedy: "correct the stated fact, or the provider's configuration",
        controls: &["CM-3", "AC-6"],
        explanation: "Which account, project or region a grant lands in is said by the provider's configuration, by data \
            sources that the plan has read through it, by the objects that it manages, and by facts of the manifest and \
            the command line. Facts fill in where the plan is silent. They never overrule it: where two differ, nothing \
            in that place is approved.",
    },
    CodeRow {
        code: Code::PlanChanged,
        name: "PLAN_CHANGED",
        severity: Critical,
        critical_where: None,
        side: Execution,
        accountable: Operator,
        informed: &[ProcessOwner],
        meaning: "what is to be applied is not what the record allows",
        remedy: "plan again, check that plan with `--record`, and apply it with the record of that check",
        controls: &["CM-3d", "CC8.1"],
        explanation: "`apply --record` demands a record in which `check` allowed the very bytes of the plan file. This plan \
            file has other bytes, the record says that it is blocked, or a file that Terraform reads again when it applies \
            is another one. A plan file is an archive that nobody has signed, and what it runs can be changed without a trace \
            in what it shows, so that only its digest tells that it is the one that was judged.",
    },
];
