//! Reviews: the rows of `review` add up, no cell of its table is a formula, and `revoke` lists what a withdrawal blocks.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use countersign::authority::Decisions;
use countersign::catalog::Catalog;
use countersign::holdings::{Filter, HoldingState, Population, RecordedUses};
use countersign::manifest::Manifest;
use countersign::source::Source;
use jiff::civil::{Date, date};
use proptest::prelude::{ProptestConfig, any, prop, prop_assert_eq, proptest};
use serde_json::Value;

const TODAY: Date = date(2026, 11, 24);

const PARTIES: &str = r#"
process_owner = "security-engineering"
system "payments" { owner = "team-payments" }
system "reports" { owner = "team-reports" }
authority "all" {
  approvers    = ["lee", "max"]
  systems      = ["payments", "reports"]
  max_duration = "400d"
}
"#;

/// An approval made of small numbers: days count from today.
type Draft = (bool, (i32, i32), Option<i32>, Vec<(i32, usize, usize)>, Option<i32>, usize);

fn day(offset: i32) -> String {
    (TODAY + jiff::Span::new().days(offset)).to_string()
}

/// Writes the approval; what would be a mistake of the manifest is left out.
fn write_approval(at: usize, draft: &Draft) -> String {
    let (is_payments, (age, length), review_in, reviews, withdrawn, principals) = draft;
    let system = if *is_payments { "payments" } else { "reports" };
    let mut text = format!(
        "approval \"T-{at}\" {{\njustification = \"w\"\nsystem = \"{system}\"\nrequester = \"ana\"\napprovers = [\"lee\"]\n\
         approved_on = \"{}\"\nexpires_on = \"{}\"\n",
        day(-age),
        day(length - age)
    );
    if let Some(review_in) = review_in {
        text.push_str(&format!("review_by = \"{}\"\n", day(review_in - age)));
    }
    for (on, by, decision) in reviews {
        let (by, decision) = (["ana", "lee", "max", "kim"][*by], ["keep", "narrow", "revoke"][*decision]);
        text.push_str(&format!(
            "review {{\non = \"{}\"\nby = \"{by}\"\ndecision = \"{decision}\"\n}}\n",
            day(*on)
        ));
    }
    if let Some(after) = withdrawn {
        text.push_str(&format!(
            "withdrawn {{\non = \"{}\"\nby = \"max\"\nreason = \"r\"\n}}\n",
            day(after - age)
        ));
    }
    let principals: Vec<String> =
        (0..*principals).map(|number| format!("\"arn:aws:iam::111122223333:role/r{number}\"")).collect();
    text + &format!(
        "grant \"aws\" {{\nprincipals = [{}]\nactions = [\"s3:GetObject\"]\nresources = [\"arn:aws:s3:::b/*\"]\n}}\n}}\n",
        principals.join(", ")
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// Every principal of every grant is one row, in one state, and no filter loses one.
    #[test]
    fn the_counts_add_up(
        drafts in prop::collection::vec(
            (
                any::<bool>(),
                (0..60_i32, 1..120_i32),
                prop::option::of(0..60_i32),
                prop::collection::vec((-60..20_i32, 0..4_usize, 0..3_usize), 0..4),
                prop::option::of(0..80_i32),
                1..4_usize,
            ),
            0..6,
        ),
        due in prop::option::of(-10..60_i32),
    ) {
        let approvals: String = drafts.iter().enumerate().map(|(at, draft)| write_approval(at, draft)).collect();
        let manifest =
            Manifest::from_sources("m", &[Source::new("m.hcl", &format!("{PARTIES}{approvals}"))]).unwrap();
        let catalog = Catalog::default();
        let decisions = Decisions::new(&manifest, &catalog, TODAY);
        let principals: usize = drafts.iter().map(|draft| draft.5).sum();
        let filters = [
            Filter::default(),
            Filter { due: due.map(|due| TODAY + jiff::Span::new().days(due)), ..Filter::default() },
            Filter { system: Some("payments".to_owned()), ..Filter::default() },
            Filter { owner: Some("team-reports".to_owned()), ..Filter::default() },
        ];
        for filter in filters {
            let population =
                Population::collect(&manifest, &decisions, TODAY, Some(&RecordedUses::default()), &filter);
            let rows = population.holdings.len();
            prop_assert_eq!(rows + population.left_out, principals);
            prop_assert_eq!(population.count_states().values().sum::<usize>(), rows);
            prop_assert_eq!(population.count_reviews().values().sum::<usize>(), rows);
            let ids: BTreeSet<&str> = population.holdings.iter().map(|one| one.id.as_str()).collect();
            prop_assert_eq!(ids.len(), rows);
            for holding in &population.holdings {
                // The state says the same as the gate.
                let flaws = decisions.find_flaws(holding.approval, holding.approval.sample());
                let holds = matches!(holding.state, HoldingState::InForce | HoldingState::Expiring);
                prop_assert_eq!(holds, flaws.is_empty());
            }
        }
    }
}

fn countersign(words: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_countersign")).args(words).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

fn review(approvals: &str, format: &str) -> String {
    let (code, text) =
        countersign(&["review", "--approvals", approvals, "--as-of", "2026-11-24", "--format", format]);
    assert_eq!(code, Some(0), "{text}");
    text
}

#[test]
fn a_review_by_who_asked_leaves_the_row_overdue() {
    let text = review("testdata/review/approvals", "json");
    let report: Value = serde_json::from_str(&text).unwrap();
    let row = report["rows"].as_array().unwrap().iter().find(|row| row["ticket"] == "SEC-9").unwrap();
    assert_eq!(row["state"], "overdue_review");
    assert_eq!(row["last_reviewed_on"], Value::Null);
    let kept = report["rows"].as_array().unwrap().iter().find(|row| row["ticket"] == "SEC-7").unwrap();
    assert_eq!((&kept["state"], &kept["review_due"]), (&"in_force".into(), &"2026-11-28".into()));
}

#[test]
fn a_spreadsheet_runs_no_cell() {
    let text = review("testdata/review/approvals", "csv");
    assert!(text.contains(r#""'=HYPERLINK(""https://example.com"")""#), "{text}");
    let html = review("testdata/review/approvals", "html");
    assert!(!html.contains("<script") && html.contains("SEC-8"), "{html}");
}

#[test]
fn review_keeps_its_schema() {
    let schema: Value = serde_json::from_str(&fs::read_to_string("schemas/review-v1.json").unwrap()).unwrap();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    for approvals in
        ["testdata/review/approvals", "testdata/demo/approvals", "testdata/lint/good-every-word/approvals"]
    {
        let report: Value = serde_json::from_str(&review(approvals, "json")).unwrap();
        let wrong: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{approvals}: {wrong:?}");
    }
}

/// The addresses of what blocks, by ticket.
fn blocked_addresses(approvals: &Path) -> BTreeSet<String> {
    let (_, text) = countersign(&[
        "check",
        "testdata/demo/plan.json",
        "--without-sources",
        "--all",
        "--approvals",
        approvals.to_str().unwrap(),
        "--as-of",
        "2026-11-24",
        "--format",
        "json",
    ]);
    let report: Value = serde_json::from_str(&text).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    findings.filter_map(|finding| finding["address"].as_str().map(str::to_owned)).collect()
}

/// What `revoke` lists is what blocks once a `withdrawn` block stands in the approval, and did not block before.
#[test]
fn revoke_lists_what_a_withdrawal_blocks() {
    let demo = Path::new("testdata/demo/approvals");
    let before = blocked_addresses(demo);
    let mut listed_some = false;
    for ticket in ["SEC-1423", "SEC-1431"] {
        let folder = tempfile::tempdir().unwrap();
        for file in fs::read_dir(demo).unwrap() {
            let file = file.unwrap();
            let mut text = fs::read_to_string(file.path()).unwrap();
            if file.file_name().to_str() == Some(&format!("{ticket}.hcl")) {
                let block =
                    "  withdrawn {\n    on = \"2026-11-24\"\n    by = \"max\"\n    reason = \"r\"\n  }\n";
                text = text.replacen("  grant \"aws\"", &format!("{block}  grant \"aws\""), 1);
                assert!(text.contains(block));
            }
            fs::write(folder.path().join(file.file_name()), text).unwrap();
        }
        let fallen: BTreeSet<String> =
            blocked_addresses(folder.path()).difference(&before).cloned().collect();
        let (code, text) = countersign(&[
            "revoke",
            ticket,
            "testdata/demo/plan.json",
            "--without-sources",
            "--approvals",
            demo.to_str().unwrap(),
            "--as-of",
            "2026-11-24",
        ]);
        let listed = text.lines().filter_map(|line| line.strip_prefix("remove ").map(str::to_owned));
        let listed: BTreeSet<String> = listed.collect();
        assert!(listed.is_superset(&fallen), "{ticket}: {listed:?} lacks some of {fallen:?}");
        assert_eq!(code, Some(i32::from(!listed.is_empty())), "{text}");
        listed_some |= !fallen.is_empty();
    }
    assert!(listed_some, "no approval of the demo is used");
}
