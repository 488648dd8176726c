//! `revoke`: what rests on an approval, written for people, and the steps to remove it.
//!
//! Takes a [`Revocation`] and a writer. Nothing is decided here, and nothing is removed.

use std::io::{self, Write};

use jiff::civil::Date;

use super::escape::for_terminal;
use super::look::{Look, write_wrapped};
use super::words::count_of;
use crate::finding::{Site, SiteKind};

/// What rests on an approval at one address.
#[derive(Clone, Debug)]
pub struct Resting {
    /// The Terraform address.
    pub address: String,
    /// How many of its grants pass only with the approval.
    pub grants: usize,
    /// Tickets of other approvals that may apply to it, in order; it does not lie within these.
    pub others: Vec<String>,
    /// Where it is written.
    pub sites: Vec<Site>,
}

/// What ends with an approval.
#[derive(Clone, Copy, Debug)]
pub struct Revocation<'a> {
    /// Its ticket.
    pub ticket: &'a str,
    /// The day.
    pub as_of: Date,
    /// In order of address.
    pub resting: &'a [Resting],
    /// How many grants the plans change without adding access: they pass whatever is approved, so that it is not known
    /// whether they rest on it.
    pub open: usize,
}

/// What to do, in order.
const STEPS: [&str; 4] = [
    "edit the configuration, and add a `withdrawn` block to the approval",
    "run `terraform plan -out tfplan` and `countersign check tfplan`: a plan that only removes access passes",
    "apply it; `removed` with `destroy = false` and `terraform state rm` would leave the access where it is",
    "sessions and tokens that were handed out before live on until they end: end them where that cannot wait",
];

/// Writes what rests on the approval of a ticket.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(revocation: &Revocation<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let Revocation { ticket, as_of, resting, open } = *revocation;
    let own = for_terminal(ticket);
    for one in resting {
        let others: Vec<&String> =
            one.others.iter().filter(|other| !other.eq_ignore_ascii_case(ticket)).collect();
        writeln!(out, "remove {}", for_terminal(&one.address))?;
        let rests = if one.grants == 1 { "rests" } else { "rest" };
        let mut text = format!("{} {rests} on {own}", count_of(one.grants, "grant"));
        if !others.is_empty() {
            let names: Vec<&str> = others.iter().map(|other| other.as_str()).collect();
            text.push_str(&format!("; what {} covers of it may stay", names.join(" or ")));
        }
        write!(out, "  ")?;
        write_wrapped(&text, 2, look, out)?;
        let planned = one.sites.iter().find(|site| site.what == SiteKind::Planned);
        if let Some(site) = planned {
            writeln!(out, "  see {}:{}", for_terminal(&site.file), site.line)?;
        }
    }
    if open > 0 {
        let text = format!(
            "{} of these plans change without more access and pass whatever is approved; apply, and pass a plan that \
             changes nothing",
            count_of(open, "grant")
        );
        write_wrapped(&text, 0, look, out)?;
    }
    if resting.is_empty() && open > 0 {
        return writeln!(out, "it is not known whether more rests on {own} (as of {as_of})");
    }
    if resting.is_empty() {
        return writeln!(out, "nothing in these plans rests on {own} (as of {as_of})");
    }
    writeln!(out)?;
    for (at, step) in STEPS.iter().enumerate() {
        write!(out, "{}. ", at + 1)?;
        write_wrapped(step, 3, look, out)?;
    }
    let rest = if resting.len() == 1 { "rests" } else { "rest" };
    writeln!(out, "\n{} {rest} on {own} (as of {as_of})", count_of(resting.len(), "object"))
}
