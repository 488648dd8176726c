//! A law over every plan of `testdata`: under a manifest that says who decides, what `request` drafts makes `check` pass, but for
//! what it says that it did not draft; and it drafts nothing that the plan does not want.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use access_algebra::{Access, Containment, Effect, Pattern, Statement, contains};
use clap::Parser;
use countersign::cli::Cli;
use countersign::commands::{Exit, run};
use countersign::grants::collect;
use countersign::lower::{Dialect, Side, lower};
use countersign::manifest::{Approval, Manifest};
use countersign::plan::{ByteSize, Plan, decode};
use countersign::report::escape::for_terminal;
use countersign::resolve::facts::StatedFacts;
use countersign::rules;
use countersign::source::Source;
use serde_json::Value;

/// Who decides, and what plan JSON does not say.
const OWNERS: &str = r#"
process_owner = "security"

system "everything" {
  owner = "team"

  match {
    addresses = ["*"]
  }
}

authority "everything" {
  approvers    = ["lee"]
  systems      = ["everything"]
  max_duration = "120d"
}
"#;

const FACTS: [(&str, &str); 4] = [
    ("aws.account", "123456789012"),
    ("azuread.tenant", "00000000-0000-4000-8000-000000000001"),
    ("kubernetes.cluster", "prod"),
    ("google.project", "acme-prod"),
];

/// What came of a draft.
struct Accepted {
    plan: PathBuf,
    exit: Exit,
    /// The addresses that are still found after the draft is accepted.
    left: BTreeSet<String>,
    /// Those that the draft says it left out.
    refused: BTreeSet<String>,
    draft: String,
}

struct Case {
    folder: tempfile::TempDir,
    plan: PathBuf,
}

impl Case {
    fn new(plan: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("owners.hcl"), OWNERS).unwrap();
        Self { folder, plan: plan.to_owned() }
    }

    /// Runs a command on the plan; `None` where it cannot be judged.
    fn run(&self, words: &[&str]) -> Option<(Exit, String)> {
        let plan = self.plan.to_str().unwrap();
        let approvals = self.folder.path().to_str().unwrap();
        let mut all = vec!["countersign", words[0], plan, "--without-sources", "--approvals", approvals];
        all.extend(["--as-of", "2026-11-24"]);
        let facts: Vec<String> = FACTS.iter().map(|(name, value)| format!("{name}={value}")).collect();
        facts.iter().for_each(|fact| all.extend(["--fact", fact]));
        all.extend(&words[1..]);
        let mut out = Vec::new();
        let exit = run(&Cli::parse_from(all), &mut out).ok()?;
        Some((exit, String::from_utf8(out).unwrap()))
    }

    /// Drafts, and checks with the draft in the manifest.
    fn accept(&self) -> Option<Accepted> {
        let asked = ["request", "--ticket", "SEC-9", "--reason", "a test of drafts", "--requester", "ana"];
        let (_, draft) = self.run(&asked)?;
        fs::write(self.folder.path().join("SEC-9.hcl"), &draft).unwrap();
        let (exit, report) = self.run(&["check", "--format", "json"]).unwrap_or_else(|| {
            panic!("{}: the draft is refused\n{draft}", self.plan.display());
        });
        let report: Value = serde_json::from_str(&report).unwrap();
        let address = |finding: &Value| for_terminal(finding["address"].as_str().unwrap_or("the plan"));
        let left = report["findings"].as_array().unwrap().iter().map(address).collect();
        let refused = draft.lines().skip_while(|line| !line.starts_with("# Not drafted")).skip(1);
        let refused = refused.filter(|line| !line.starts_with("#   next: "));
        let refused = refused.map(|line| {
            let text = line.trim_start_matches("# ");
            let end = text.find(": ").unwrap_or_else(|| panic!("{line}"));
            text[..end].to_owned()
        });
        let refused = refused.collect();
        Some(Accepted { plan: self.plan.clone(), exit, left, refused, draft })
    }
}

fn list_plans() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let entries = walkdir::WalkDir::new(root).sort_by_file_name().into_iter();
    let files = entries.map(|entry| entry.unwrap().into_path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "json")).collect()
}

/// Every plan that can be judged, with what came of its draft.
fn list_accepted() -> &'static [Accepted] {
    static ACCEPTED: OnceLock<Vec<Accepted>> = OnceLock::new();
    ACCEPTED.get_or_init(|| list_plans().iter().filter_map(|plan| Case::new(plan).accept()).collect())
}

#[test]
fn what_is_drafted_makes_the_check_pass() {
    let (mut wrong, mut judged, mut drafted) = (Vec::new(), 0, 0);
    for Accepted { plan, exit, left, refused, draft } in list_accepted() {
        judged += 1;
        drafted += usize::from(draft.contains("approval "));
        let is_right = left == refused && (*exit == Exit::Allowed) == left.is_empty();
        if !is_right {
            wrong.push(format!("{}:\n  left    {left:?}\n  refused {refused:?}\n{draft}", plan.display()));
        }
    }
    assert!(judged > 300 && drafted > 150, "{judged} plans, {drafted} drafts");
    assert!(wrong.is_empty(), "{} of {judged}\n{}", wrong.len(), wrong.join("\n"));
}

/// What a plan gives in each dialect, whatever it does to what was there before.
fn read_planned(text: &str) -> Option<BTreeMap<Dialect, Access>> {
    let plan = Plan::read(text).ok()?;
    let facts: StatedFacts =
        FACTS.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let inventory = collect(&plan, &rules::load(Vec::new()).unwrap(), &facts).ok()?;
    let mut planned: BTreeMap<Dialect, Access> = BTreeMap::new();
    for grant in &inventory.grants {
        let statements = grant.readings.iter().flat_map(|reading| reading.access.statements.iter().cloned());
        planned.entry(grant.dialect).or_default().statements.extend(statements);
    }
    for access in planned.values_mut() {
        // A denial of one document is none of another.
        access.statements.retain(|statement| statement.effect == Effect::Allow);
        *access = without_modes(access);
    }
    Some(planned)
}

/// An access however it is held: an approval says how it may be held at most, and a plan how it is.
fn without_modes(access: &Access) -> Access {
    let mut access = access.clone();
    for statement in &mut access.statements {
        statement.conditions.retain(|condition| !condition.key.starts_with("mode:"));
    }
    access
}

/// Every action, as a policy means it: without what no policy can speak of, such as credentials, which the plan's own
/// statements leave out.
fn without_pseudo_actions(mut access: Access, planned: &Access) -> Access {
    let is_any = |statement: &&Statement| statement.actions.include.iter().any(Pattern::is_any);
    let left_out = planned.statements.iter().find(is_any).map(|statement| statement.actions.exclude.clone());
    for statement in access.statements.iter_mut().filter(|statement| is_any(&&**statement)) {
        statement.actions.exclude.extend(left_out.iter().flatten().cloned());
    }
    access
}

/// The algebra says of each draft without a name that is known only after apply that the plan contains it. `*` for the rest of a
/// name, and a reference, are not compared: what they stand for is not known.
#[test]
fn a_draft_is_never_wider_than_its_plan() {
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for Accepted { plan: path, draft, .. } in list_accepted() {
        let bytes = fs::read(path).unwrap();
        let text = decode(&bytes, ByteSize::OF_PLAN).unwrap();
        if !draft.contains("approval ") || draft.contains("${") {
            continue;
        }
        let planned = read_planned(&text).unwrap();
        let sources = [Source::new("owners.hcl", OWNERS), Source::new("draft.hcl", draft)];
        let manifest = Manifest::from_sources("draft", &sources).unwrap();
        for (dialect, terms, exclusions) in manifest.approvals().iter().flat_map(Approval::written_grants) {
            // An approval means more than a plan that says the same, such as a role under any path, so both are read as a plan.
            if !exclusions.is_empty() {
                continue;
            }
            compared += 1;
            let whole = planned.get(&dialect).cloned().unwrap_or_default();
            let drafted = without_modes(&lower(dialect, Side::Planned, &terms).access);
            match contains(&whole, &without_pseudo_actions(drafted, &whole)) {
                Containment::Contained => {}
                other => wrong.push(format!("{}: {other:?}\n{draft}", path.display())),
            }
        }
    }
    assert!(compared > 100, "{compared}");
    assert!(wrong.is_empty(), "{} of {compared}\n{}", wrong.len(), wrong.join("\n"));
}
