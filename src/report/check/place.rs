//! Where formats with one place a finding point to.
//!
//! Takes a finding of a report and returns the line to look at: what is planned, where its place is known, else what was
//! approved, else where the approvals were read, since some consumers refuse a whole file for one finding without a place.

use super::CheckReport;
use super::model::{FindingEntry, SiteEntry};

/// A line of a file; columns count characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    pub(super) file: &'a str,
    pub(super) line: usize,
    pub(super) column: usize,
}

impl<'a> Line<'a> {
    fn of_site(site: &'a SiteEntry<'_>) -> Self {
        Self { file: &site.file, line: site.line, column: site.column }
    }
}

/// Finds the line to look at, where one is known.
pub(super) fn find_line<'a>(finding: &'a FindingEntry<'_>) -> Option<Line<'a>> {
    let of = |what: &str| finding.sites.iter().find(|site| site.what == what);
    of("planned").or_else(|| of("approved")).map(Line::of_site)
}

/// As [`find_line`], and the beginning of where the approvals were read where no line is known.
pub(super) fn find_line_or_manifest<'a>(
    finding: &'a FindingEntry<'_>,
    report: &'a CheckReport<'_>,
) -> Line<'a> {
    find_line(finding).unwrap_or(Line { file: &report.trust.path, line: 1, column: 1 })
}

/// The other places of a finding, with what stands there.
pub(super) fn list_other_sites<'a>(
    finding: &'a FindingEntry<'_>,
) -> impl Iterator<Item = (&'a str, Line<'a>)> {
    let main = find_line(finding);
    let all = finding.sites.iter().map(|site| (&*site.what, Line::of_site(site)));
    all.filter(move |(what, line)| *what != "rule" && Some(line) != main.as_ref())
}
