//! Tickets: whatever an export says, it takes approvals away and lets nothing by.

use countersign::catalog::Catalog;
use countersign::finding::Assessment;
use countersign::grants::collect;
use countersign::judge::{Extent, Judge, ReferenceMeanings};
use countersign::manifest::{Manifest, TicketExport};
use countersign::plan::Plan;
use countersign::resolve::facts::StatedFacts;
use countersign::rules::{self, Rules};
use jiff::civil::date;
use proptest::prelude::{ProptestConfig, Strategy, any, prop, prop_assert, proptest};
use serde_json::json;
use std::path::Path;

/// Judges the plan of the demo, with what it leaves alone.
fn judge(manifest: &Manifest, rules: &Rules, text: &str) -> Assessment {
    let facts: StatedFacts =
        manifest.facts.iter().map(|(label, fact)| (label.clone(), fact.value.clone())).collect();
    let inventory = collect(&Plan::read(text).unwrap(), rules, &facts).unwrap();
    let catalog = Catalog::default();
    let judge = Judge::new(manifest, &catalog, date(2026, 11, 24), Extent::All);
    let plan = judge.on_plan(ReferenceMeanings::default());
    let rulings = inventory.map(|grant| plan.judge(&grant));
    judge.assess(vec![rulings])
}

/// A line of an export: which ticket, how it stands, and who it names.
fn line() -> impl Strategy<Value = (usize, bool, Option<usize>, Vec<usize>)> {
    (0..4_usize, any::<bool>(), prop::option::of(0..3_usize), prop::collection::vec(0..3_usize, 0..3))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_export_lets_by_what_is_blocked_without_it(
        lines in prop::collection::vec(line(), 1..5),
        day in prop::option::of(22..27_i8),
        claims in any::<bool>(),
    ) {
        let rules = rules::load(Vec::new()).unwrap();
        let text = std::fs::read_to_string("testdata/demo/plan.json").unwrap();
        let mut manifest = Manifest::read(Path::new("testdata/demo/approvals"), &Default::default()).unwrap();
        let without = judge(&manifest, &rules, &text);
        prop_assert!(without.grants.iter().any(|grant| grant.verdict.passes()));
        let logins = ["ana", "lee", "max"];
        let mut export = String::new();
        if let Some(day) = day {
            let projects: &[&str] = if claims { &["SEC"] } else { &["OPS"] };
            let at = format!("2026-11-{day}T12:00:00Z");
            export.push_str(&json!({"exported_at": at, "projects": projects}).to_string());
            export.push('\n');
        }
        let mut seen = std::collections::BTreeSet::new();
        for (ticket, ended, requester, approvers) in lines {
            let id = ["SEC-1423", "sec-1431", "SEC-1290", "SEC-1"][ticket];
            if seen.insert(ticket) {
                let approvers: Vec<&str> = approvers.iter().map(|at| logins[*at]).collect();
                let requester = requester.map(|at| logins[at]);
                let line = json!({
                    "id": id, "status": "any", "ended": ended, "requester": requester, "approvers": approvers,
                });
                export.push_str(&format!("{line}\n"));
            }
        }
        manifest.tickets = Some(TicketExport::read("tickets.jsonl", &export).unwrap());
        let with = judge(&manifest, &rules, &text);
        prop_assert!(!with.is_allowed() || without.is_allowed());
        for (own, other) in with.grants.iter().zip(&without.grants) {
            prop_assert!(own.address == other.address);
            prop_assert!(!own.verdict.passes() || other.verdict.passes(), "{} passes by {export}", own.address);
        }
    }
}
