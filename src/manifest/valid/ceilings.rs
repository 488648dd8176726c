//! The most that may be approved under an authority.

use std::collections::BTreeMap;

use super::Validator;
use super::decisions::problem_of_fault;
use crate::manifest::ceiling::Ceiling;
use crate::manifest::granted::{ApprovedGrants, GrantTemplate};
use crate::manifest::place_names::{PlaceNames, list_name};
use crate::manifest::template::{Dependencies, GrantScope};
use crate::manifest::valid::runs::RUN_KINDS;
use crate::manifest::{grant, raw};
use crate::resolve::place::PlaceWord;
use crate::source::{Place, Source};

/// Upper bound on the places in which one ceiling is written out: a company has hundreds of accounts, and a ceiling that
/// names each in each region is not read by anybody.
const MAX_PLACES: usize = 2_000;

impl Validator {
    /// The access in all places that the ceiling lists; `None` where it cannot be read, in a manifest with mistakes. A list without its word would limit nothing, so it is refused; where
    /// an authority reaches is said by the `match` of its systems.
    pub(super) fn validate_ceiling(&mut self, source: &Source, raw: &raw::RawCeiling) -> Option<Ceiling> {
        let before = self.problems.len();
        let places = self.validate_places(source, &raw.places);
        let mut used = Dependencies::default();
        let check = |raw| grant::check(source, raw, &mut used, &mut self.problems);
        let templates: Vec<GrantTemplate> = raw.grants.iter().filter_map(check).collect();
        for (reference, span) in &used.objects {
            let message = format!("a ceiling cannot refer to the object `{}` of a plan", reference.object);
            self.refuse(source, *span, message, "write a name or a pattern");
        }
        for (word, span) in used.places.iter().filter(|(word, _)| places.names(**word).is_empty()) {
            let list = list_name(*word);
            let message = format!("`${{{}}}` has no list of `{list}` in the ceiling", word.word());
            self.refuse(source, *span, message, &format!("add `{list} = [\"…\"]` to the ceiling"));
        }
        let is_used = |word: PlaceWord| used.places.contains_key(&word);
        let listed = raw.places.lists.iter().map(|(word, _)| *word);
        if let Some(word) = listed.into_iter().find(|word| !is_used(*word)) {
            let message =
                format!("`{}` without `${{{}}}` limits nothing in a ceiling", list_name(word), word.word());
            let help = "use the word in a `grant`, or restrict the system by its `match`";
            self.refuse(source, raw.span, message, help);
        }
        let Some(scopes) = list_scopes(&places, used.places.keys().copied()) else {
            let message = format!("the ceiling lists more than {MAX_PLACES} places");
            self.refuse(source, raw.span, message, "list fewer, or use a pattern instead of the word");
            return None;
        };
        let mut grants = ApprovedGrants::default();
        for template in &templates {
            for (at, scope) in scopes.iter().enumerate() {
                let faults = grants.add(template, scope, &self.given_facts);
                // What is wrong in one place is wrong in each.
                self.problems
                    .extend(faults.iter().filter(|_| at == 0).map(|fault| problem_of_fault(source, fault)));
            }
        }
        let kinds: Vec<_> = RUN_KINDS.iter().map(|kind| (*kind, *kind)).collect();
        let runs = self.read_words(source, &raw.runs, &kinds).into_iter().map(str::to_owned).collect();
        // Nothing is compared with a ceiling that says something else than was written.
        let is_whole = self.problems.len() == before
            && templates.len() == raw.grants.len()
            && (!grants.grants.is_empty() || !raw.runs.is_empty());
        self.has_stand_ins |= !is_whole;
        is_whole.then(|| Ceiling { grants, runs, place: Place { source: source.clone(), span: raw.span } })
    }
}

/// One scope for each choice of places; `None` where there are too many.
fn list_scopes(places: &PlaceNames, words: impl Iterator<Item = PlaceWord>) -> Option<Vec<GrantScope>> {
    let mut scopes = vec![GrantScope::default()];
    for word in words {
        let names = places.names(word);
        if scopes.len() * names.len() > MAX_PLACES {
            return None;
        }
        let with = |scope: &GrantScope, name: &String| {
            let mut places: BTreeMap<PlaceWord, String> = scope.places.clone();
            places.insert(word, name.clone());
            GrantScope { places, objects: BTreeMap::new() }
        };
        scopes = scopes.iter().flat_map(|scope| names.iter().map(move |name| with(scope, name))).collect();
    }
    Some(scopes)
}
