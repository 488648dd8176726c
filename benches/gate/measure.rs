//! Measures processes: each run is this program, called again.
//!
//! Times are the processor's, the best of several runs; memory is the kernel's high-water mark (`VmHWM`), so it is given on
//! Linux only. Instructions are counted by valgrind where it is installed: they hardly vary, however busy the machine is.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// What one process did.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    pub(crate) time: Duration,
    /// Where the system says.
    pub(crate) kibibytes: Option<u64>,
}

/// Set where instructions are counted: the clock cannot be read under valgrind.
const COUNTED: &str = "COUNTERSIGN_GATE_COUNTED";

/// Prints what this process cost so far, for [`measure`].
#[expect(clippy::print_stdout, reason = "it is read by the process that called this one")]
pub(crate) fn print_cost() {
    if std::env::var_os(COUNTED).is_some() {
        return;
    }
    let clock = clock_gettime(ClockId::ProcessCPUTime);
    let nanoseconds = i128::from(clock.tv_sec) * 1_000_000_000 + i128::from(clock.tv_nsec);
    println!("{nanoseconds} {}", high_water().unwrap_or_default());
}

/// The least time and the most memory of several processes.
pub(crate) fn measure(words: &[&str], runs: usize) -> Result<Cost, Box<dyn Error>> {
    let mut best = Cost { time: Duration::MAX, kibibytes: None };
    for _ in 0..runs {
        let text = run(Command::new(std::env::current_exe()?).args(words))?.0;
        let (time, kibibytes) = text.trim().split_once(' ').ok_or("the process did not say what it cost")?;
        best.time = best.time.min(Duration::from_nanos(time.parse()?));
        best.kibibytes = best.kibibytes.max(kibibytes.parse().ok().filter(|kibibytes| *kibibytes > 0));
    }
    Ok(best)
}

/// The instructions of one process; `None` where nothing can count them.
pub(crate) fn count_instructions(words: &[&str]) -> Result<Option<u64>, Box<dyn Error>> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        return Ok(None);
    }
    let mut command = Command::new("valgrind");
    command.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]);
    command.env(COUNTED, "1");
    let report = run(command.arg(std::env::current_exe()?).args(words))?.1;
    let count = report.lines().find_map(|line| line.split_once("refs:")).map(|(_, count)| count);
    let count = count.ok_or("valgrind did not say how many instructions there were")?;
    Ok(Some(count.trim().replace(',', "").parse()?))
}

/// Runs a command and returns what it wrote to both streams.
fn run(command: &mut Command) -> Result<(String, String), Box<dyn Error>> {
    let output = command.output()?;
    let [out, err] = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    if output.status.success() { Ok((out, err)) } else { Err(err.into()) }
}

/// The most memory that this process had, in KiB.
fn high_water() -> Option<u64> {
    let status = fs::read_to_string(Path::new("/proc/self/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}

/// The power of the size by which costs grow that were measured at a size, twice and four times the size, whatever a
/// process costs besides: twice the step for twice the size is one. Zero where they do not grow.
pub(crate) fn find_exponent([one, two, four]: [f64; 3]) -> f64 {
    if four < one * 1.05 {
        return 0.0;
    }
    ((four - two) / (two - one).max(f64::MIN_POSITIVE)).log2()
}
