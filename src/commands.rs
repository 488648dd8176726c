//! One module a subcommand: reads what it is told to, writes to the writer it is given.

pub mod lint;
