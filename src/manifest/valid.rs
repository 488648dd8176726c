//! From what is written to a manifest: the only way.
//!
//! Takes decoded files and returns a [`Manifest`], or every error: duplicate and unknown names, identities that could be
//! taken for others, dates in the wrong order, grants that cannot be judged. Whether a decision is valid is not asked here.

mod access_reviews;
mod authorities;
mod ceilings;
mod decisions;
mod declarations;
mod exceptions;
mod keys;
mod parties;
mod runs;
mod signatures;

pub(super) use signatures::find_decision;
mod subjects;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::identity::is_identity;
use super::request::RequestPart;
use super::{Approval, Glob, Manifest, ManifestDraft, ManifestError, raw};
use crate::parallel::map_chunks;
use crate::resolve::place::PlaceWord;
use crate::source::{Place, Problem, Source, Span, Spanned, Walk};
use spanned_hcl::did_you_mean;

/// So many files are read at a time, at most.
const MAX_SHARE: usize = 32;

/// So many shares there are, at least, where there are as many files: the files of a large manifest may be few.
const SHARES: usize = 16;

/// How many of so many files one core takes at a time.
fn share_of(files: usize) -> usize {
    (files / SHARES).clamp(1, MAX_SHARE)
}

/// Files that were decoded, and what was wrong with them.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) files: Vec<raw::RawFile>,
    /// Signatures that stand beside no file.
    stray_signatures: Vec<String>,
    /// Whether every file could be read.
    are_all_read: bool,
    problems: Vec<Problem>,
}

/// Decodes what was read.
pub(super) fn decode(walk: Walk) -> Decoded {
    let Walk { sources, marked, signatures, mut problems } = walk;
    let (mut signatures, stray_signatures) = raw::pair_signatures(&sources, signatures);
    let mut files: Vec<raw::RawFile> = Vec::new();
    let mut are_all_read = problems.is_empty();
    let decode = |(): &mut (), sources: &[Source]| sources.iter().map(raw::decode).collect::<Vec<_>>();
    for (file, wrong) in map_chunks(&sources, share_of(sources.len()), || (), decode).into_iter().flatten() {
        problems.extend(wrong);
        are_all_read &= file.is_some();
        files.extend(file.map(|mut file| {
            file.is_marked = marked.contains(&file.source.name);
            file.signatures = signatures.remove(&*file.source.name).unwrap_or_default();
            file
        }));
    }
    Decoded { files, stray_signatures, are_all_read, problems }
}

/// Checks what decoded files say. What is written of approvals is taken out of them.
pub(super) fn manifest(
    name: &str,
    decoded: &mut Decoded,
    given_facts: &BTreeMap<String, String>,
) -> Result<Manifest, ManifestError> {
    let Decoded { files, stray_signatures, are_all_read, problems } = decoded;
    let unknown_names: Vec<String> =
        files.iter().flat_map(|file| file.unknown_names.iter().cloned()).collect();
    let mut check = Validator {
        are_all_read: *are_all_read,
        unknown_names: Arc::new(unknown_names),
        has_nameless_system: all(files, |file| &file.systems).any(|(_, system)| system.name.is_none()),
        has_stand_ins: false,
        given_facts: Arc::new(given_facts.clone()),
        place_sets: Arc::default(),
        problems: problems.clone(),
    };
    let mut draft = check.manifest(name, files);
    draft.stray_signatures.clone_from(stray_signatures);
    if check.problems.is_empty() && check.has_stand_ins {
        // Whatever is missing was reported; a manifest with a stand-in is none, even if it was not.
        check.problems.push(Problem::unread(name, "the manifest is not complete"));
    }
    if check.problems.is_empty() {
        let sources = files.iter().map(|file| file.source.clone()).collect();
        return Ok(Manifest { sources, ..draft });
    }
    let draft = check.make_draft(draft, files);
    let mut problems = check.problems;
    sort_problems(&mut problems);
    Err(ManifestError { problems, draft: Some(Box::new(draft)) })
}

/// In the order of files and places.
pub(super) fn sort_problems(problems: &mut [Problem]) {
    problems.sort_by(|a, b| (&a.source.name, a.span).cmp(&(&b.source.name, b.span)));
}

struct Validator {
    /// Whether every file could be read.
    are_all_read: bool,
    /// Names at the top of files that mean nothing.
    unknown_names: Arc<Vec<String>>,
    /// Whether a `system` block has no readable name.
    has_nameless_system: bool,
    /// Whether something stands for what is missing.
    has_stand_ins: bool,
    /// Facts from outside the manifest, then those of the manifest that do not contradict them.
    given_facts: Arc<BTreeMap<String, String>>,
    /// Sets of places with a name.
    place_sets: Arc<BTreeMap<(PlaceWord, String), Vec<String>>>,
    problems: Vec<Problem>,
}

impl Validator {
    /// One that knows the same and has found nothing yet.
    fn without_problems(&self) -> Self {
        Self {
            are_all_read: self.are_all_read,
            unknown_names: Arc::clone(&self.unknown_names),
            has_nameless_system: self.has_nameless_system,
            has_stand_ins: false,
            given_facts: Arc::clone(&self.given_facts),
            place_sets: Arc::clone(&self.place_sets),
            problems: Vec::new(),
        }
    }

    /// The manifest, with stand-ins for what is missing.
    fn manifest(&mut self, name: &str, files: &mut [raw::RawFile]) -> Manifest {
        let process_owner = self.process_owner(name, files);
        let serial = self.validate_serial(files);
        self.place_sets = Arc::new(self.place_sets(files));
        let systems = self.validate_systems(files);
        // A name means one person or team.
        let mut names = Seen::new();
        let (persons, by_login) = self.validate_persons(files, &mut names);
        Self::check_signatures(files, &persons);
        let teams = self.teams(files, &mut names);
        let facts = self.validate_facts(files);
        let providers = self.validate_providers(files);
        let given_facts = Arc::make_mut(&mut self.given_facts);
        for (label, fact) in &facts {
            given_facts.entry(label.clone()).or_insert_with(|| fact.value.clone());
        }
        // What is written of an approval goes where it is validated: both together would be too much for a large manifest.
        let written = files.iter_mut().map(|file| (file.source.clone(), std::mem::take(&mut file.approvals)));
        let written: Vec<_> = written.collect();
        let exceptions: Vec<_> = files
            .iter_mut()
            .map(|file| (file.source.clone(), std::mem::take(&mut file.exceptions)))
            .collect();
        let names = system_names(files);
        let mut tickets = Seen::new();
        let (approvals, by_id) = self.validate_approvals(written, &names, &mut tickets);
        let exceptions = self.validate_exceptions(exceptions, &names, &mut tickets);
        let mut manifest = Manifest {
            by_identity: subjects::index_identities(&approvals),
            approvals,
            by_id,
            systems,
            authorities: BTreeMap::new(),
            delegations: BTreeMap::new(),
            hygiene: self.validate_hygiene(files),
            exceptions,
            overrides: BTreeMap::new(),
            persons,
            by_login,
            teams,
            facts,
            providers,
            process_owner,
            code_owners: None,
            tickets: None,
            serial,
            earlier_serial: None,
            stray_signatures: Vec::new(),
            sources: Vec::new(),
        };
        manifest.authorities = self.validate_authorities(files, &names, &manifest);
        manifest.delegations = self.validate_delegations(files, &manifest);
        manifest.overrides = self.validate_overrides(files, &names, &manifest);
        manifest
    }

    /// A manifest with mistakes. Of a decision more can be said where all authorities over its system are written down.
    fn make_draft(&self, manifest: Manifest, files: &[raw::RawFile]) -> ManifestDraft {
        let known = system_names(files);
        let authorities = || all(files, |file| &file.authorities).map(|(_, raw)| raw);
        let is_open = |raw: &raw::RawAuthority| raw.approvers.is_empty() || raw.max_duration.is_none();
        let is_open_over = |system: &str| {
            let mut open = authorities().filter(|raw| is_open(raw) || raw.systems.is_empty());
            open.any(|raw| raw.systems.is_empty() || raw.systems.iter().any(|own| own.value == system))
                || authorities().flat_map(|raw| &raw.systems).any(|own| {
                    !known.contains(own.value.as_str()) && did_you_mean(&own.value, [system]).is_some()
                })
        };
        let is_misspelt =
            |system: &str| !known.contains(system) && did_you_mean(system, known.iter().copied()).is_some();
        let may_be_elsewhere = self.may_stand_elsewhere("authority");
        let is_undecidable = |approval: &Approval| {
            let is_open = |system: &str| is_misspelt(system) || is_open_over(system);
            let has_decision = !approval.approvers.is_empty();
            let is_readable = !approval.unreadable.contains(&RequestPart::System);
            may_be_elsewhere || !has_decision || !is_readable || approval.system_name().is_some_and(is_open)
        };
        let numbered = manifest.approvals.iter().enumerate();
        let undecidable =
            numbered.filter(|(_, approval)| is_undecidable(approval)).map(|(at, _)| at).collect();
        let is_unread = |approval: &Approval, part| approval.unreadable.contains(&part);
        let are_blocks_read = self.are_all_read && self.unknown_names.is_empty();
        let are_systems_read = are_blocks_read
            && !authorities().any(|raw| raw.systems.is_empty())
            && !manifest.approvals.iter().any(|approval| is_unread(approval, RequestPart::System));
        let is_person_unread = |approval: &Approval| {
            approval.approvers.is_empty() || is_unread(approval, RequestPart::Requester)
        };
        let are_persons_read = are_blocks_read
            && !authorities().any(|raw| raw.approvers.is_empty())
            && !manifest.approvals.iter().any(is_person_unread);
        let of_authorities = authorities().flat_map(|raw| &raw.systems).map(|system| system.value.as_str());
        let systems = manifest.approvals.iter().filter_map(Approval::system_name).chain(of_authorities);
        let unknown_systems = systems.filter(|system| !known.contains(system)).map(str::to_owned).collect();
        ManifestDraft {
            undecidable,
            unknown_systems,
            are_blocks_read,
            are_systems_read,
            are_persons_read,
            manifest,
        }
    }

    /// Whether a block or attribute that nobody found may stand in a file that could not be read, or under a name that
    /// was misspelt.
    fn may_stand_elsewhere(&self, name: &str) -> bool {
        let is_near = |unknown: &String| did_you_mean(unknown, [name]).is_some();
        !self.are_all_read || self.unknown_names.iter().any(is_near)
    }

    fn refuse(&mut self, source: &Source, span: Span, message: String, help: &str) {
        self.problems.push(Problem::error(source, span, message).help(help));
    }

    /// Whether a name is an identity that no earlier block has.
    fn is_new(&mut self, kind: &str, source: &Source, name: &Spanned<String>, seen: &mut Seen) -> bool {
        if !is_identity(source, name, &mut self.problems) {
            return false;
        }
        let place = Place { source: source.clone(), span: name.span };
        if let Some(first) = seen.insert(name.value.to_ascii_lowercase(), place) {
            let message = format!("duplicate {kind} `{}`", name.value);
            self.problems.push(
                Problem::error(source, name.span, message)
                    .label("duplicate")
                    .help("remove one of them")
                    .related(first, "first defined here"),
            );
            return false;
        }
        true
    }
}

/// The names of all systems, whatever else is wrong with their blocks.
fn system_names(files: &[raw::RawFile]) -> BTreeSet<&str> {
    let names = all(files, |file| &file.systems).filter_map(|(_, system)| system.name.as_ref());
    names.map(|name| name.value.as_str()).collect()
}

/// Names in lower case, and where they stand.
type Seen = BTreeMap<String, Place>;

/// Every block of a kind with its file.
fn all<'a, T>(
    files: &'a [raw::RawFile],
    of: impl Fn(&'a raw::RawFile) -> &'a Vec<T>,
) -> impl Iterator<Item = (&'a Source, &'a T)>
where
    T: 'a,
{
    files.iter().flat_map(move |file| of(file).iter().map(move |block| (&file.source, block)))
}

fn take_value(text: &Spanned<String>) -> String {
    text.value.clone()
}

fn make_globs(texts: &[Spanned<String>]) -> Vec<Glob> {
    texts.iter().map(|text| Glob::new(&text.value)).collect()
}
