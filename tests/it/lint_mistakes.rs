//! A law of `lint`: mistakes of any layer are reported at once. However many independent ones are put into one manifest, of
//! reading it, of what it says, of its decisions and of its upkeep, each is said.

use std::fs;

use countersign::commands::lint::LintFormat;
use proptest::prelude::{ProptestConfig, prop, prop_assert, proptest};
use serde_json::Value;

use crate::lint::run;

/// Mistakes that are independent of each other: a text, in which `@` stands for a number, and what is said of it.
const MISTAKES: [(&str, &str, &str); 26] = [
    ("approval \"T-@\" { DECISION SCOPE colour = 1 }", "INVALID_MANIFEST", "unknown attribute `colour`"),
    (
        "approval \"T-@\" { REQUEST SCOPE approvers = [\"lee\"] expires_on = \"2027-02-01\" }",
        "INVALID_MANIFEST",
        "`approved_on`",
    ),
    (
        "approval \"T-@\" { DECISION grant \"aww\" { principals = [\"p@\"] actions = [\"a\"] } }",
        "INVALID_MANIFEST",
        "dialect `aww`",
    ),
    (
        "approval \"T-@\" { DECISION grant \"aws\" { principals = [\"${account}\"] actions = [\"a\"] } }",
        "INVALID_MANIFEST",
        "account at hand",
    ),
    (
        "approval \"T-@\" { REQUEST SCOPE approvers = [\"lee\"] approved_on = \"2026-11-20\" expires_on = \"2026-11-01\" }",
        "INVALID_MANIFEST",
        "is before `approved_on`",
    ),
    ("approval \"T-@\" { DECISION SCOPE title = 5 }", "INVALID_MANIFEST", "`title`"),
    (
        "authority \"a@\" { approvers = [\"lee\"] systems = [\"other\"] max_duration = \"1d\" threshold = 0 }",
        "INVALID_MANIFEST",
        "`threshold` 0",
    ),
    (
        "authority \"a@\" { approvers = [\"lee\"] systems = [\"other\"] max_duration = \"soon\" }",
        "INVALID_MANIFEST",
        "`soon`",
    ),
    (
        "delegate \"d@\" { from = \"lee\" to = [\"*\"] authority = \"s\" starts_on = \"2026-11-01\" expires_on = \"2027-01-01\" }",
        "INVALID_MANIFEST",
        "is a pattern",
    ),
    (
        "delegate \"d@\" { from = \"lee\" to = [\"kim\"] authority = \"unheard-of\" starts_on = \"2026-11-01\" expires_on = \"2027-01-01\" }",
        "INVALID_MANIFEST",
        "unknown authority",
    ),
    ("fact \"x/@\" { value = \"v\" }", "INVALID_MANIFEST", "fact name"),
    ("approval \"T-@\" { REQUEST SCOPE approvers = [\"ana\"] DAYS }", "SELF_APPROVED", "requested T-@"),
    ("approval \"T-@\" { REQUEST SCOPE approvers = [\"kim\"] DAYS }", "NO_AUTHORITY", "`kim` approved T-@"),
    ("approval \"T-@\" { DECISION }", "REQUEST_INCOMPLETE", "T-@ is incomplete"),
    (
        "approval \"T-@\" { REQUEST SCOPE approvers = [\"lee\"] approved_on = \"2026-11-20\" expires_on = \"2029-01-01\" }",
        "NO_AUTHORITY",
        "T-@ lasts",
    ),
    (
        "approval \"T-@\" { DECISION grant \"aws\" { principals = [\"p@\"] actions = [\"iam:*\"] } }",
        "CEILING_EXCEEDED",
        "T-@ allows more",
    ),
    (
        "approval \"T-@\" { DECISION SCOPE review_by = \"2026-11-21\" }",
        "REVIEW_OVERDUE",
        "T-@ was to be reviewed",
    ),
    (
        "approval \"T-@\" { REQUEST SCOPE approvers = [\"lee\"] approved_on = \"2026-11-01\" expires_on = \"2026-11-22\" }",
        "EXPIRED",
        "T-@ expired",
    ),
    (
        "approval \"T-@\" { REQUEST SCOPE approvers = [\"lee\"] approved_on = \"2026-11-01\" expires_on = \"2026-11-25\" }",
        "EXPIRES_SOON",
        "T-@ expires on",
    ),
    ("approval \"T-@\" { DECISION SCOPE accounts = [\"444455556666\"] }", "UNUSED", "T-@ never counts"),
    ("person \"person-@\" { logins = [\"login-@\"] }", "UNUSED", "person `person-@`"),
    ("team \"team-@\" { members = [\"lee\"] }", "UNUSED", "team `team-@`"),
    ("system \"unused-@\" { owner = \"ops\" }", "UNUSED", "system `unused-@`"),
    (
        "delegate \"d@\" { from = \"kim\" to = [\"lee\"] authority = \"s\" starts_on = \"2026-11-01\" expires_on = \"2027-01-01\" }",
        "VOID_DELEGATION",
        "delegation `d@` hands on nothing",
    ),
    (
        "approval \"T-@\" { REQUEST SCOPE approvers = [\"lee\"] DAYS subject { kind = \"human\" owner = \"nobody-@\" } }",
        "UNKNOWN_PERSON",
        "`nobody-@`",
    ),
    (
        "approval \"T-@\" { justification = \"why\" system = \"s\" requester = \"ana\" approvers = [\"lee\"] DAYS SCOPE }",
        "MISSING_EVIDENCE",
        "T-@ does not say",
    ),
];

/// The manifest that is right without the mistakes.
const SOUND: &str = "process_owner = \"ops\"\nhygiene {\nunknown_person = \"warn\"\nmissing_evidence = \"warn\"\n}\nsystem \"s\" {\nowner = \"ops\"\nmatch { accounts = [\"111122223333\"] }\n}\n\
     system \"other\" {\nowner = \"ops\"\nmatch { accounts = [\"444455556666\"] }\n}\nperson \"ana\" { logins = [\"ana-gh\"] }\nperson \"kim\" { logins = [\"kim-gh\"] }\n\
     authority \"s\" {\napprovers = [\"lee\", \"max\"]\nsystems = [\"s\"]\nmax_duration = \"400d\"\n\
     ceiling {\ngrant \"aws\" { actions = [\"s3:*\"] }\n}\n}\n\
     delegate \"good\" {\nfrom = \"lee\"\nto = [\"kim-gh\"]\nauthority = \"s\"\nstarts_on = \"2020-01-01\"\nexpires_on = \"2020-01-02\"\n}\n";

/// Writes out a mistake: one attribute or block a line.
fn write_mistake(text: &str, number: usize) -> String {
    let text = text
        .replace("DECISION", "REQUEST approvers = [\"lee\"] DAYS")
        .replace(
            "REQUEST",
            "justification = \"why\" system = \"s\" requester = \"ana\" evidence = [\"https://x\"]",
        )
        .replace("DAYS", "approved_on = \"2026-11-20\" expires_on = \"2027-02-01\"")
        .replace("SCOPE", "grant \"aws\" { principals = [\"p@\"] actions = [\"s3:GetObject\"] }")
        .replace('@', &number.to_string());
    // An attribute ends its line.
    let mut lines = String::new();
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        lines.push_str(word);
        let is_next_a_name = words.clone().nth(1).is_some_and(|word| word == "=")
            || words.peek().is_some_and(|word| ["grant", "subject", "}"].contains(word));
        lines.push(if is_next_a_name || word == "}" || word == "{" { '\n' } else { ' ' });
    }
    lines + "\n"
}

/// Manifests in an ordinary run: each is linted as a whole, with all rule packs.
const SAMPLE: u32 = 48;

fn config() -> ProptestConfig {
    ProptestConfig { cases: SAMPLE, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_mistake_is_reported_beside_the_others(
        chosen in prop::collection::vec(0..MISTAKES.len(), 1..12),
    ) {
        let mut text = SOUND.to_owned();
        for (number, at) in chosen.iter().enumerate() {
            text.push_str(&write_mistake(MISTAKES[*at].0, number));
        }
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.hcl"), &text).unwrap();
        let (found, _) = run(folder.path(), LintFormat::Json);
        let found: Value = serde_json::from_str(&found).unwrap();
        for (number, at) in chosen.iter().enumerate() {
            let (_, code, message) = MISTAKES[*at];
            let message = message.replace('@', &number.to_string());
            let is_said = |problem: &&Value| {
                problem["code"] == code && problem["message"].as_str().unwrap().contains(&message)
            };
            // A message without a number is said once for each mistake.
            let alike = chosen.iter().filter(|other| MISTAKES[**other].2 == MISTAKES[*at].2).count();
            let needed = if MISTAKES[*at].2.contains('@') { 1 } else { alike };
            let count = found["problems"].as_array().unwrap().iter().filter(is_said).count();
            prop_assert!(count >= needed, "{code} `{message}` is said {count} times of {needed}\n{text}\n{found:#}");
        }
    }
}
