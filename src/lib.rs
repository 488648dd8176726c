//! `countersign` stands between `terraform plan` and `terraform apply`: it proves that each grant of access that the
//! apply would make is *contained* in an approved Access, or shows a witness and names one accountable owner.
//!
//! This page is the map. `README.md` is for users, `rules/README.md` for authors of rule packs, `docs/glossary.md` has
//! the words.
//!
//! # The flow
//!
//! ```text
//! plan ───────► plan ────────┐
//! sources ────► sources ─────┼─► resolve ─► grants ─┐
//! rules/*.hcl ► rules ───────┘                      ├─► judge ─► Assessment ─► report, exit code
//! approvals/*.hcl ─► manifest ─► authority ─────────┘
//! ```
//!
//! Both sides are *lowered* to one algebra, [`access_algebra`]: clouds differ only in how their documents are lowered.
//! One procedure decides containment, one kind of witness shows where it fails, and one evaluator confirms every
//! witness. There are three answers: contained, exceeds (with a witness), undecided (with a reason). Undecided never
//! passes, and what was not read is not absent.
//!
//! # The crates
//!
//! | crate | its part |
//! |---|---|
//! | `crates/access-algebra` | sets of requests: containment, witnesses, and the evaluator that confirms them |
//! | `crates/spanned-hcl` | HCL to structs, with a span and a suggestion for every error |
//! | `crates/rule-language` | the language of the rule packs, compiled when the program is built |
//!
//! # The modules, in reading order
//!
//! A module uses only modules above it in this list; `tests/it/architecture.rs` checks that. So rules and containment
//! never see a plan, rules never see approvals, and reports never see rules.
//!
//! | module | its part |
//! |---|---|
//! | [`parallel`] | work divided among the cores |
//! | [`source`] | files that people wrote: read, checked, and shown with their errors |
//! | [`value`] | a plan's values, which may have unknown parts |
//! | [`json`] | JSON to values, refusing what two readers could read in two ways |
//! | [`reason`] | why something could not be decided, as data |
//! | [`address`] | the parts of a Terraform address |
//! | [`sources`] | the configuration that a plan was made of: what is written, and where |
//! | [`lower`] | what each cloud's documents mean, as Access |
//! | [`subject`] | kinds of subjects: whom a grant empowers |
//! | [`catalog`] | what named roles hold: their content beside their name |
//! | [`containment`] | whether a planned access lies within approved ones, and what exceeds |
//! | [`escalation`] | with which permissions their holder can raise its own rights |
//! | [`possible`] | the values that an expression may have, with what they rest on |
//! | [`rules`] | which resource types grant what: packs of data, and their evaluation |
//! | [`plan`] | what Terraform or OpenTofu says it will do, and whether it says all of it |
//! | [`exists`] | what states and the exports of clouds say that there is |
//! | [`resolve`] | what values that the plan leaves unknown are, as far as plan and sources show them |
//! | [`grants`] | every access that a plan would give, with where it comes from |
//! | [`words`] | what the core returns, in words for people |
//! | [`trust`] | from where decisions are read, and who signed them |
//! | [`manifest`] | what people decided: approvals, systems, authorities; raw, then valid |
//! | [`authority`] | whether a decision holds: who may decide what, and for how long |
//! | [`finding`] | what is wrong, as data: a closed list of codes, who answers, both sides of the access |
//! | [`judge`] | grants against approvals on a day: verdicts, and findings with an owner |
//! | [`request`] | the approval that would cover what a plan wants and nobody has approved |
//! | [`initial`] | the first manifest of a repository, drafted from a plan |
//! | [`compare`] | two documents alone, without a plan or a manifest |
//! | [`holdings`] | who holds what, under which approval, until when |
//! | [`report`] | an assessment or an inventory, written out |
//! | [`record`] | the evidence of one run |
//! | [`cli`] | what may be typed |
//! | [`commands`] | one a subcommand: files, clock, environment and streams are touched here and in [`source`] only |
//!
//! `main` parses, runs a command, and is the one place that sets the exit code.
//!
//! # Where to change what
//!
//! | what | where |
//! |---|---|
//! | a word of the rule language | [`rule_language`], with a case in `testdata/packs/` |
//! | a resource type that grants access | `rules/<provider>/*.hcl`, with a case in `testdata/rules/`; no Rust |
//! | what a resource type that has no rule is | its line in `rules/<provider>/types.table`; no Rust |
//! | how a witness is worded | [`access_algebra::polish`], with the vocabularies in [`catalog::words`] |
//! | what a cloud's document means | its file in [`lower`], with a line in `testdata/lowering/` |
//! | what is wider than what | [`access_algebra::contains`], and then [`access_algebra::evaluate`], which shares no code with it |
//! | a way to raise one's own rights | a line of `rules/escalation/paths.table`, with a case in `testdata/escalation/`; no Rust |
//! | what AWS's actions and managed policies are | `rules/catalog/generate.mjs`, with newer versions; no Rust |
//! | a block or attribute of the manifest | [`manifest`], with a case in `testdata/lint/` |
//! | when an approval counts | [`authority`] |
//! | where approvals are read, what a signature is worth | [`trust`] |
//! | a kind of finding, and who answers for it | a variant of [`finding::Code`] and its row in `finding/codes/rows/`; its sentence in `report/finding_words.rs`; its name in `schemas/check-v1.json`; a case in `testdata/findings/` |
//! | why something is undecided | a variant of [`reason::Reason`], its sentence in [`words`], with a line in `testdata/reasons/` |
//! | what blocks a plan as a whole | a variant of [`plan::AlarmCause`], and its sentence in [`words`] |
//! | how results look | one folder a command, one file a format in [`report`] |
//! | a way past the gate | a plan in `testdata/plans/hostile/` first |

pub mod parallel;
pub mod source;
pub mod value;
pub mod json;
pub mod reason;
pub mod address;
pub mod sources;
pub mod lower;
pub mod subject;
pub mod catalog;
pub mod containment;
pub mod escalation;
pub mod possible;
pub mod rules;
pub mod plan;
pub mod exists;
pub mod resolve;
pub mod grants;
pub mod words;
pub mod trust;
pub mod manifest;
pub mod authority;
pub mod finding;
pub mod judge;
pub mod request;
pub mod initial;
pub mod compare;
pub mod holdings;
pub mod report;
pub mod record;
pub mod cli;
pub mod commands;
