//! Parses the command line, runs the command, and sets the exit code: here and nowhere else.

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use countersign::cli::{Cli, Color};
use countersign::commands::{Exit, run};
use countersign::source::Palette;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    // A panic is our bug; it must never look like an answer.
    let ended = std::panic::catch_unwind(|| {
        // Where no colours are, none are looked for.
        let out: Box<dyn Write> =
            if cli.is_for_programs() { Box::new(std::io::stdout()) } else { Box::new(anstream::stdout()) };
        let mut out = std::io::BufWriter::new(out);
        let ended = run(&cli, &mut out);
        let flushed = out.flush();
        (ended, flushed)
    });
    let exit = match ended {
        Ok((Ok(exit), Ok(()))) => exit,
        Ok((Ok(_), Err(error))) => {
            let _ = writeln!(anstream::stderr(), "countersign: cannot write standard output: {error}");
            Exit::Failed
        }
        Ok((Err(failure), _)) => {
            let coloured = anstream::AutoStream::choice(&std::io::stderr()) != anstream::ColorChoice::Never;
            let palette = if coloured { Palette::Coloured } else { Palette::Plain };
            let _ = failure.write(palette, &mut anstream::stderr());
            Exit::Failed
        }
        Err(_) => Exit::Failed,
    };
    match exit {
        Exit::Allowed => ExitCode::SUCCESS,
        Exit::Blocked => ExitCode::from(1),
        Exit::Failed => ExitCode::from(2),
    }
}
