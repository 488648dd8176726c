//! What the gate costs: time and peak memory of `check`, beside the floor of reading the same file and skipping it.
//!
//! `cargo bench --bench gate`. Each run is a process of its own: this program, called again. Times are the best of
//! several; memory is the kernel's high-water mark (`VmHWM`), so it is given on Linux only.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod made;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use clap::Parser;
use countersign::cli::Cli;
use countersign::commands::{Exit, run};

/// Grants and approvals of each case.
const CASES: [(usize, usize); 6] =
    [(100, 100), (1_000, 100), (1_000, 1_000), (10_000, 1_000), (20_000, 1_000), (10_000, 10_000)];

/// How often each is measured.
const RUNS: usize = 7;

/// What one process did.
#[derive(Clone, Copy)]
struct Cost {
    time: Duration,
    /// Where the system says.
    kibibytes: Option<u64>,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["floor", plan] => floor(Path::new(plan))?,
        ["gate", plan, manifest] => gate(plan, manifest)?,
        _ => {
            report()?;
            return Ok(ExitCode::SUCCESS);
        }
    }
    if let Some(kibibytes) = high_water() {
        println!("{kibibytes}");
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads a file and skips through it.
fn floor(plan: &Path) -> Result<(), Box<dyn Error>> {
    let bytes = fs::read(plan)?;
    serde_json::from_slice::<serde::de::IgnoredAny>(&bytes)?;
    Ok(())
}

/// The whole of `check`, packs and manifest included.
fn gate(plan: &str, manifest: &str) -> Result<(), Box<dyn Error>> {
    let words = [
        "countersign",
        "check",
        plan,
        "--without-sources",
        "--approvals",
        manifest,
        "--as-of",
        "2026-11-24",
        "--format",
        "json",
    ];
    let exit = run(&Cli::parse_from(words), &mut std::io::sink())?;
    if exit == Exit::Failed { Err("the plan was not judged".into()) } else { Ok(()) }
}

fn report() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("gate");
    fs::create_dir_all(&folder)?;
    println!("   grants approvals   plan MB   gate ms   floor ms  ratio   gate MB  floor MB   us a grant");
    for (grants, approvals) in CASES {
        let plan = folder.join(format!("plan-{grants}-{approvals}.json"));
        let manifest = folder.join(format!("approvals-{approvals}"));
        made::plan(&plan, grants, approvals)?;
        made::manifest(&manifest, approvals)?;
        let (file, approved) = (plan.display().to_string(), manifest.display().to_string());
        let gate = best(&["gate", &file, &approved])?;
        let floor = best(&["floor", &file])?;
        let size = fs::metadata(&plan)?.len();
        let ms = |cost: Cost| cost.time.as_secs_f64() * 1e3;
        let mb =
            |cost: Cost| cost.kibibytes.map_or("-".to_owned(), |kib| format!("{}", kib * 1_024 / 1_000_000));
        println!(
            "{grants:>9} {approvals:>9} {:>9.1} {:>9.1} {:>10.1} {:>6.1} {:>9} {:>9} {:>12.1}",
            megabytes(size),
            ms(gate),
            ms(floor),
            ms(gate) / ms(floor),
            mb(gate),
            mb(floor),
            gate.time.as_secs_f64() * 1e6 / f64::from(u32::try_from(grants)?),
        );
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a size for people")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// The best time and the most memory of several processes.
fn best(words: &[&str]) -> Result<Cost, Box<dyn Error>> {
    let mut best = Cost { time: Duration::MAX, kibibytes: None };
    for _ in 0..RUNS {
        let start = Instant::now();
        let output = Command::new(std::env::current_exe()?).args(words).output()?;
        let time = start.elapsed();
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        let kibibytes = String::from_utf8_lossy(&output.stdout).trim().parse().ok();
        best = Cost { time: best.time.min(time), kibibytes: best.kibibytes.max(kibibytes) };
    }
    Ok(best)
}

/// The most memory that this process had, in KiB.
fn high_water() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}
