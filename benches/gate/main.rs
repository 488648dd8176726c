//! What the gate costs: time and peak memory of `check`, beside the floor of reading the same file and skipping it, on every
//! shape of plan and manifest that cost more than others once.
//!
//! ```sh
//! cargo bench --bench gate                       # every shape
//! cargo bench --bench gate -- shapes mixed trust # some shapes
//! cargo bench --bench gate -- sizes              # one shape, up to 100,000 grants or approvals
//! cargo bench --bench gate -- counts mixed trust # instructions of every shape, or of some, and how they grow
//! cargo bench --bench gate -- ratios             # fails where a sample of the shapes grows faster than its size
//! cargo bench --bench gate -- write SHAPE SIZE FOLDER # writes a plan and its manifest, for a profiler
//! ```

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod manifest;
mod measure;
mod plan;
mod shapes;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use countersign::cli::Cli;
use countersign::commands::{Exit, run};
use serde::Deserialize;
use serde::de::IgnoredAny;

use measure::{Cost, count_instructions, find_exponent, measure, print_cost};
use shapes::{Case, SAMPLE, SHAPES, Shape};

/// How often each is measured.
const RUNS: usize = 5;

/// Grants and approvals of the one shape.
const SIZES: [(usize, usize); 9] = [
    (1, 1),
    (100, 100),
    (1_000, 1_000),
    (10_000, 1_000),
    (10_000, 10_000),
    (100_000, 1_000),
    (100_000, 10_000),
    (100, 100_000),
    (10_000, 100_000),
];

/// The largest power of the size by which a shape of the sample may grow: 1 is in proportion, 2 is a loop in a loop.
const MAX_EXPONENT: f64 = 1.3;

/// Counting takes fifty times as long as running, so it is done at a part of the sizes that are timed.
const COUNTED_PART: usize = 4;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    // Cargo says that this is a benchmark.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["floor", plan] => floor(Path::new(plan))?,
        ["gate", words @ ..] => gate(words)?,
        ["counts", names @ ..] => report_counts(names)?,
        ["ratios"] => return check_ratios(),
        ["write", name, size, folder] => (find_shape(name)?.make)(size.parse()?).write(Path::new(folder))?,
        ["sizes"] => report_sizes()?,
        ["shapes", names @ ..] => report_shapes(|shape| names.contains(&shape.name))?,
        _ => report_shapes(|_| true)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// What a reader needs that skips: the address and the type of each change.
#[derive(Deserialize)]
struct SkippedPlan {
    #[expect(dead_code, reason = "it is read, and that is all")]
    resource_changes: Vec<SkippedChange>,
}

/// One change, of which the rest is skipped.
#[derive(Deserialize)]
struct SkippedChange {
    #[expect(dead_code, reason = "it is read, and that is all")]
    address: String,
    #[expect(dead_code, reason = "it is read, and that is all")]
    change: IgnoredAny,
}

/// Reads a plan, or each plan of a folder, and skips through it.
fn floor(plan: &Path) -> Result<(), Box<dyn Error>> {
    let files = if plan.is_dir() {
        fs::read_dir(plan)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, std::io::Error>>()?
    } else {
        vec![plan.to_owned()]
    };
    for file in files {
        serde_json::from_slice::<SkippedPlan>(&fs::read(file)?)?;
    }
    print_cost();
    Ok(())
}

/// The whole of `check`, packs and manifest included.
fn gate(words: &[&str]) -> Result<(), Box<dyn Error>> {
    let all = ["countersign", "check", "--as-of", "2026-11-24", "--format", "json"];
    let exit = run(&Cli::parse_from(all.iter().chain(words)), &mut std::io::sink())?;
    if exit == Exit::Failed {
        return Err("the plan was not judged".into());
    }
    print_cost();
    Ok(())
}

/// A case on disk.
struct WrittenCase {
    plan: String,
    /// The arguments of `check`.
    words: Vec<String>,
}

impl WrittenCase {
    /// Writes it into a folder of its own.
    fn new(case: &Case) -> Result<Self, Box<dyn Error>> {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("gate");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        case.write(&folder)?;
        let path = |name: &str| folder.join(name).display().to_string();
        let plan = if case.plans.len() == 1 { path("plans/workspace-0000.json") } else { path("plans") };
        let mut words = vec!["gate".to_owned(), plan.clone(), "--approvals".to_owned(), path("approvals")];
        if case.sources.is_empty() {
            words.push("--without-sources".to_owned());
        } else {
            words.extend(["--sources".to_owned(), path("tfplan")]);
        }
        Ok(Self { plan, words })
    }

    fn words(&self) -> Vec<&str> {
        self.words.iter().map(String::as_str).collect()
    }

    fn gate(&self) -> Result<Cost, Box<dyn Error>> {
        measure(&self.words(), RUNS)
    }

    fn floor(&self) -> Result<Cost, Box<dyn Error>> {
        measure(&["floor", &self.plan], RUNS)
    }

    /// The size of the plan, or of all plans, in bytes.
    fn size(&self) -> Result<u64, Box<dyn Error>> {
        let sizes = walkdir::WalkDir::new(&self.plan).into_iter().map(|entry| Ok(entry?.metadata()?));
        let sizes: Vec<fs::Metadata> = sizes.collect::<Result<_, Box<dyn Error>>>()?;
        Ok(sizes.iter().filter(|metadata| metadata.is_file()).map(fs::Metadata::len).sum())
    }
}

fn report_sizes() -> Result<(), Box<dyn Error>> {
    println!("   grants approvals   plan MB   gate ms   floor ms  ratio   gate MB  floor MB");
    for (grants, approvals) in SIZES {
        let case = WrittenCase::new(&shapes::reading(grants, approvals))?;
        let (gate, floor) = (case.gate()?, case.floor()?);
        println!(
            "{grants:>9} {approvals:>9} {:>9.1} {:>9.1} {:>10.1} {:>6.1} {:>9} {:>9}",
            megabytes(case.size()?),
            milliseconds(gate),
            milliseconds(floor),
            milliseconds(gate) / milliseconds(floor),
            memory(gate),
            memory(floor),
        );
    }
    Ok(())
}

fn report_shapes(is_wanted: impl Fn(&Shape) -> bool) -> Result<(), Box<dyn Error>> {
    println!(
        "shape                              size   plan MB    gate ms                     floor ms   ratio  gate MB  exponent"
    );
    for Shape { name, size, make } in SHAPES.iter().filter(|shape| is_wanted(shape)) {
        let mut times = [0.0; 3];
        let mut last = None;
        for (time, factor) in times.iter_mut().zip([1, 2, 4]) {
            let case = WrittenCase::new(&make(size * factor))?;
            let gate = case.gate()?;
            *time = milliseconds(gate);
            last = Some((gate, case.floor()?, case.size()?));
        }
        let Some((gate, floor, bytes)) = last else { continue };
        let exponent = match count_at((size / COUNTED_PART).max(1), *make)? {
            Some(counts) => format!("{:.2}", find_exponent(counts)),
            None => format!("{:.2} (time)", find_exponent(times)),
        };
        let [one, two, four] = times;
        println!(
            "{name:<32} {:>6} {:>9.1} {one:>8.1} {two:>8.1} {four:>8.1} {:>10.1} {:>7.1} {:>8} {exponent:>9}",
            size * 4,
            megabytes(bytes),
            milliseconds(floor),
            four / milliseconds(floor),
            memory(gate),
        );
    }
    Ok(())
}

/// Prints how many instructions each shape costs, all of them or those of these names.
fn report_counts(names: &[&str]) -> Result<(), Box<dyn Error>> {
    println!(
        "shape                              size   millions at it, twice and four times the size   exponent"
    );
    for shape in SHAPES.iter().filter(|shape| names.is_empty() || names.contains(&shape.name)) {
        let size = (shape.size / COUNTED_PART).max(1);
        let counts = count_at(size, shape.make)?.ok_or("valgrind is not installed")?;
        let [one, two, four] = counts.map(|count| count / 1e6);
        let exponent = find_exponent(counts);
        println!("{:<32} {size:>6} {one:>14.1} {two:>14.1} {four:>14.1} {exponent:>13.2}", shape.name);
    }
    Ok(())
}

fn find_shape(name: &str) -> Result<&'static Shape, Box<dyn Error>> {
    Ok(SHAPES
        .iter()
        .find(|shape| shape.name == name)
        .ok_or_else(|| format!("no shape is called `{name}`"))?)
}

/// Counts instructions at a size, twice and four times the size.
fn count_at(size: usize, make: fn(usize) -> Case) -> Result<Option<[f64; 3]>, Box<dyn Error>> {
    let mut counts = [0.0; 3];
    for (count, factor) in counts.iter_mut().zip([1, 2, 4]) {
        let case = WrittenCase::new(&make(size * factor))?;
        let Some(instructions) = count_instructions(&case.words())? else { return Ok(None) };
        *count = as_float(instructions);
    }
    Ok(Some(counts))
}

/// Fails where a shape of the sample costs more than in proportion to its size.
fn check_ratios() -> Result<ExitCode, Box<dyn Error>> {
    let mut is_linear = true;
    for (name, size) in SAMPLE {
        let shape = find_shape(name)?;
        let costs = match count_at(*size, shape.make)? {
            Some(counts) => counts,
            None => time_at(*size * COUNTED_PART, shape.make)?,
        };
        let exponent = find_exponent(costs);
        let verdict = if exponent > MAX_EXPONENT { "grows faster than its size" } else { "ok" };
        println!("{name:<32} {exponent:>5.2}  {verdict}");
        is_linear &= exponent <= MAX_EXPONENT;
    }
    Ok(if is_linear { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Times a size, twice and four times the size, in milliseconds.
fn time_at(size: usize, make: fn(usize) -> Case) -> Result<[f64; 3], Box<dyn Error>> {
    let mut times = [0.0; 3];
    for (time, factor) in times.iter_mut().zip([1, 2, 4]) {
        *time = milliseconds(WrittenCase::new(&make(size * factor))?.gate()?);
    }
    Ok(times)
}

fn milliseconds(cost: Cost) -> f64 {
    cost.time.as_secs_f64() * 1e3
}

fn memory(cost: Cost) -> String {
    cost.kibibytes.map_or("-".to_owned(), |kib| format!("{}", kib * 1_024 / 1_000_000))
}

fn megabytes(bytes: u64) -> f64 {
    as_float(bytes) / 1e6
}

#[expect(clippy::cast_precision_loss, reason = "a number for people")]
fn as_float(number: u64) -> f64 {
    number as f64
}
