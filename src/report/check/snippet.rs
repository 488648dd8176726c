//! The lines that a finding is about: what is planned, and what was approved, under each other.
//!
//! Takes a finding and writes the lines of its first planned place, of the call before it where its block was downloaded,
//! and of its approval. Nothing is written where the planned lines are not at hand, and nothing of a grant that the plan
//! marks as sensitive: what is hidden in the plan may stand in the sources as it is. Only the lines of the places are
//! shown, never those around them.

use std::io::{self, Write};

use spanned_hcl::{Excerpt, Palette, render_excerpts};

use crate::finding::{Finding, PlannedAccess, Site, SiteKind, SiteReach};
use crate::report::look::Look;
use crate::sources::find_headings;

/// Writes the lines that a finding is about, and nothing where they are not at hand.
pub(super) fn write_snippet(finding: &Finding, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let excerpts: Vec<Excerpt> = list_sites(finding).into_iter().filter_map(make_excerpt).collect();
    // The writer drops the colours where they are not wanted.
    out.write_all(render_excerpts(&excerpts, look.width, Palette::Coloured).as_bytes())
}

/// The sites whose lines are shown, in the order in which they are looked at.
fn list_sites(finding: &Finding) -> Vec<&Site> {
    let Some(PlannedAccess::Statements(_)) = finding.access.as_ref().map(|access| &access.planned) else {
        return Vec::new();
    };
    let sites = || finding.sites.iter();
    let Some(planned) = sites().position(|site| site.what == SiteKind::Planned && site.text.is_some()) else {
        return Vec::new();
    };
    let before = sites().take(planned + 1);
    before.chain(sites().filter(|site| site.what == SiteKind::Approved)).collect()
}

fn make_excerpt(site: &Site) -> Option<Excerpt> {
    let place = site.text.clone()?;
    let reach = match site.reach {
        SiteReach::Repository => "",
        SiteReach::Elsewhere => " (not in the repository)",
    };
    let headings = find_headings(&place.source, place.span.start).join(", ");
    let within = if headings.is_empty() { String::new() } else { format!(": {headings}") };
    let title = format!("{}{reach}{within}", site.what.word());
    Some(Excerpt { title, file: site.file.clone(), place, label: String::new() })
}
