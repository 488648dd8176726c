//! Parses the command line, runs the command, and sets the exit code: here and nowhere else.

use std::io::{self, Write};
use std::process::ExitCode;

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};
use clap::Parser;
use countersign::cli::{Cli, Color};
use countersign::commands::{Exit, run};
use countersign::report::escape::CommandGuard;
use countersign::source::Palette;
use supports_color::Stream;

fn main() -> ExitCode {
    report_panics();
    match Cli::try_parse() {
        Ok(cli) => run_command(&cli),
        Err(error) => say_usage(&error),
    }
}

/// A panic is our bug. What it says may quote a plan, so only the place is told.
fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(io::stderr(), "countersign: internal error at {place}; please report it");
    }));
}

/// Writes what clap says of a command line, which may have come from a branch name.
fn say_usage(error: &clap::Error) -> ExitCode {
    let text = error.render();
    let (out, choice): (Box<dyn Write>, _) = if error.use_stderr() {
        (Box::new(io::stderr()), choose_colors(&io::stderr(), Stream::Stderr))
    } else {
        (Box::new(io::stdout()), choose_colors(&io::stdout(), Stream::Stdout))
    };
    let mut out = guard_stream(out, choice);
    let _ = write!(out, "{}", text.ansi()).and_then(|()| out.flush());
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
}

fn run_command(cli: &Cli) -> ExitCode {
    match cli.color {
        Color::Auto => {}
        Color::Always => ColorChoice::Always.write_global(),
        Color::Never => ColorChoice::Never.write_global(),
    }
    // A panic must never look like an answer.
    let ended = std::panic::catch_unwind(|| {
        // What programs read has no colours, and its strings escape the commands.
        let out: Box<dyn Write> = if cli.is_for_programs() {
            Box::new(io::stdout())
        } else {
            Box::new(guard_stream(Box::new(io::stdout()), choose_colors(&io::stdout(), Stream::Stdout)))
        };
        let mut out = io::BufWriter::new(out);
        let ended = run(cli, &mut out);
        let flushed = out.flush();
        (ended, flushed)
    });
    let choice = choose_colors(&io::stderr(), Stream::Stderr);
    let mut stderr = guard_stream(Box::new(io::stderr()), choice);
    let exit = match ended {
        Ok((Ok(exit), Ok(()))) => exit,
        // Whoever reads has stopped reading, and knows. What was judged was not said, so it is no answer.
        Ok((Ok(_), Err(error))) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Failed,
        Ok((Err(failure), _)) if failure.is_unread() => Exit::Failed,
        Ok((Ok(_), Err(error))) => {
            let _ = writeln!(stderr, "countersign: cannot write standard output: {error}");
            Exit::Failed
        }
        Ok((Err(failure), _)) => {
            let palette = if choice == ColorChoice::Never { Palette::Plain } else { Palette::Coloured };
            let _ = failure.write(palette, &mut stderr);
            Exit::Failed
        }
        Err(_) => Exit::Failed,
    };
    let _ = stderr.flush();
    match exit {
        Exit::Allowed => ExitCode::SUCCESS,
        Exit::Blocked => ExitCode::from(1),
        Exit::Failed => ExitCode::from(2),
    }
}

/// Whether a stream has colours: as the command line says, then as `NO_COLOR`, `FORCE_COLOR` and `CLICOLOR_FORCE` do, then
/// as the terminal can.
fn choose_colors(raw: &impl RawStream, stream: Stream) -> ColorChoice {
    let is_wanted = !anstyle_query::no_color() && anstyle_query::clicolor() != Some(false);
    match ColorChoice::global() {
        ColorChoice::Auto if is_wanted && supports_color::on(stream).is_some() => ColorChoice::Always,
        ColorChoice::Auto | ColorChoice::AlwaysAnsi | ColorChoice::Always | ColorChoice::Never => {
            AutoStream::choice(raw)
        }
    }
}

/// A stream for people: with colours or without, and with no command that a CI service would run.
fn guard_stream(out: Box<dyn Write>, choice: ColorChoice) -> AutoStream<Box<dyn Write>> {
    AutoStream::new(Box::new(CommandGuard::new(out)), choice)
}
