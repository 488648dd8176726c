//! Where formats with one place a finding point to.
//!
//! Takes a finding of a report and returns the line to look at: what is planned, or the call of the downloaded module that
//! has it, where the repository has that file as it was planned, else what was approved, else a line of the manifest,
//! since some consumers refuse a whole file for one finding without a place. A consumer looks for a path in the
//! repository, so that a place elsewhere is shown in texts only.

use super::CheckReport;
use super::model::{FindingEntry, SiteEntry};
use crate::finding::SiteKind;

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

/// Finds the line in the repository to look at, where one is known. The sites of a finding stand in the order in which they
/// are looked at.
pub(super) fn find_line<'a>(finding: &'a FindingEntry<'_>) -> Option<Line<'a>> {
    find_site(finding, |site| !site.elsewhere).map(Line::of_site)
}

/// As [`find_line`] for texts, also in a file that the repository does not have. The line of the manifest that stands in for
/// another says nothing to a reader.
pub(super) fn find_shown_line<'a>(finding: &'a FindingEntry<'_>) -> Option<Line<'a>> {
    let known = find_site(finding, |site| is_written(site) && !site.elsewhere);
    known.or_else(|| find_site(finding, |site| !is_of(site, SiteKind::Manifest))).map(Line::of_site)
}

/// As [`find_line`], and else the line of the manifest as it was read, or the beginning of where the approvals were read.
pub(super) fn find_line_or_manifest<'a>(
    finding: &'a FindingEntry<'_>,
    report: &'a CheckReport<'_>,
) -> Line<'a> {
    let approved = || finding.sites.iter().find(|site| is_of_manifest(site) && is_below(&site.file));
    let manifest = || Line { file: &report.trust.path, line: 1, column: 1 };
    find_line(finding).or_else(|| approved().map(Line::of_site)).unwrap_or_else(manifest)
}

/// The other places of a finding in the repository, with what stands there.
pub(super) fn list_other_sites<'a>(
    finding: &'a FindingEntry<'_>,
) -> impl Iterator<Item = (&'a str, Line<'a>)> {
    let main = find_line(finding);
    let known = finding.sites.iter().filter(|site| !site.elsewhere && !is_of(site, SiteKind::Rule));
    let all = known.map(|site| (&*site.what, Line::of_site(site)));
    all.filter(move |(_, line)| Some(line) != main.as_ref())
}

/// The first site of the configuration that counts, else that of the approval, else that of the manifest.
fn find_site<'a, 's>(
    finding: &'a FindingEntry<'s>,
    counts: impl Fn(&SiteEntry<'_>) -> bool,
) -> Option<&'a SiteEntry<'s>> {
    let of_kind = |is_kind: &dyn Fn(&SiteEntry<'_>) -> bool| {
        finding.sites.iter().find(|site| is_kind(site) && counts(site))
    };
    let approved = || of_kind(&|site| is_of(site, SiteKind::Approved));
    of_kind(&is_written).or_else(approved).or_else(|| of_kind(&|site| is_of(site, SiteKind::Manifest)))
}

fn is_written(site: &SiteEntry<'_>) -> bool {
    is_of(site, SiteKind::Planned) || is_of(site, SiteKind::Call)
}

fn is_of_manifest(site: &SiteEntry<'_>) -> bool {
    is_of(site, SiteKind::Approved) || is_of(site, SiteKind::Manifest)
}

fn is_of(site: &SiteEntry<'_>, kind: SiteKind) -> bool {
    site.what == kind.word()
}

/// Whether a path leads to something below the folder that it begins in.
fn is_below(path: &str) -> bool {
    !path.starts_with('/') && !path.split(['/', '\\']).any(|part| part == ".." || part.ends_with(':'))
}
