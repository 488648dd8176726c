//! From what is written to a manifest: the only way.
//!
//! Takes decoded files and returns a [`Manifest`], or every error: duplicate and unknown names, identities that could be
//! taken for others, dates in the wrong order, grants that cannot be judged. Whether a decision is valid is not asked here.

mod decisions;
mod declarations;
mod parties;
mod runs;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::identity::is_identity;
use super::{Glob, Manifest, ManifestError, raw};
use crate::parallel::map_chunks;
use crate::resolve::place::PlaceWord;
use crate::source::{Place, Problem, Source, Span, Spanned};

/// So many files are read at a time: parsing is nine tenths of what a manifest costs.
const FILES: usize = 32;

/// Checks what the sources say, beside what was wrong with reading them.
pub(super) fn manifest(
    name: &str,
    sources: &[Source],
    given_facts: &BTreeMap<String, String>,
    mut problems: Vec<Problem>,
) -> Result<Manifest, ManifestError> {
    let mut files: Vec<raw::RawFile> = Vec::new();
    let mut all_systems_read = problems.is_empty();
    let decode = |(): &mut (), sources: &[Source]| sources.iter().map(raw::decode).collect::<Vec<_>>();
    for (file, wrong) in map_chunks(sources, FILES, || (), decode).into_iter().flatten() {
        problems.extend(wrong);
        all_systems_read &=
            file.as_ref().is_some_and(|file| file.systems.iter().all(|system| system.name.is_some()));
        files.extend(file);
    }
    // What is missing may stand in a file that could not be read; then its absence is not reported.
    let is_whole = problems.is_empty();
    let given_facts = Arc::new(given_facts.clone());
    let mut check =
        Validator { is_whole, all_systems_read, given_facts, place_sets: BTreeMap::new(), problems };
    let manifest = check.manifest(name, &files);
    let mut problems = check.problems;
    problems.sort_by(|a, b| (&a.source.name, a.span).cmp(&(&b.source.name, b.span)));
    match manifest {
        Some(manifest) if problems.is_empty() => Ok(manifest),
        Some(_) | None => Err(ManifestError { problems }),
    }
}

struct Validator {
    is_whole: bool,
    /// Whether every `system` block could be read as far as its name.
    all_systems_read: bool,
    /// Facts from outside the manifest, then those of the manifest that do not contradict them.
    given_facts: Arc<BTreeMap<String, String>>,
    /// Sets of places with a name.
    place_sets: BTreeMap<(PlaceWord, String), Vec<String>>,
    problems: Vec<Problem>,
}

impl Validator {
    fn manifest(&mut self, name: &str, files: &[raw::RawFile]) -> Option<Manifest> {
        let process_owner = self.process_owner(name, files);
        self.place_sets = self.place_sets(files);
        let systems = self.systems(files);
        // A name means one person or team.
        let mut names = Seen::new();
        let (persons, by_login) = self.persons(files, &mut names);
        let teams = self.teams(files, &mut names);
        let facts = self.facts(files);
        let providers = self.providers(files);
        let given_facts = Arc::make_mut(&mut self.given_facts);
        for (label, fact) in &facts {
            given_facts.entry(label.clone()).or_insert_with(|| fact.value.clone());
        }
        let names: BTreeSet<&str> = all(files, |file| &file.systems)
            .filter_map(|(_, system)| system.name.as_ref())
            .map(|name| name.value.as_str())
            .collect();
        let (approvals, by_id) = self.approvals(files, &names);
        let mut manifest = Manifest {
            approvals,
            by_id,
            systems,
            authorities: BTreeMap::new(),
            persons,
            by_login,
            teams,
            facts,
            providers,
            process_owner: process_owner?,
        };
        manifest.authorities = self.authorities(files, &names, &manifest);
        Some(manifest)
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

fn value(text: &Spanned<String>) -> String {
    text.value.clone()
}

fn globs(texts: &[Spanned<String>]) -> Vec<Glob> {
    texts.iter().map(|text| Glob::new(&text.value)).collect()
}
