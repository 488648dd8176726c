//! Who may decide: authorities, delegations, and how much negligence weighs.

use std::collections::{BTreeMap, BTreeSet};

use super::{Seen, Validator, all};
use crate::manifest::hygiene::{Hygiene, HygieneLevel};
use crate::manifest::identity::is_identity;
use crate::manifest::parties::{Authority, Delegation, Separation};
use crate::manifest::{Manifest, raw};
use crate::source::{Place, Problem, Source, Spanned};
use crate::subject::SubjectKind;
use spanned_hcl::did_you_mean;

impl Validator {
    pub(super) fn validate_authorities(
        &mut self,
        files: &[raw::RawFile],
        systems: &BTreeSet<&str>,
        manifest: &Manifest,
    ) -> BTreeMap<String, Authority> {
        let mut seen = Seen::new();
        let mut authorities = BTreeMap::new();
        for (source, raw) in all(files, |file| &file.authorities) {
            let authority = self.validate_authority(source, raw, systems, manifest);
            let Some(name) = &raw.name else { continue };
            if self.is_new("authority", source, name, &mut seen) {
                authorities.insert(name.value.clone(), Authority { name: name.value.clone(), ..authority });
            }
        }
        authorities
    }

    /// An authority without its name.
    fn validate_authority(
        &mut self,
        source: &Source,
        raw: &raw::RawAuthority,
        systems: &BTreeSet<&str>,
        manifest: &Manifest,
    ) -> Authority {
        for approver in &raw.approvers {
            is_identity(source, approver, &mut self.problems);
        }
        for system in &raw.systems {
            self.is_known_system(source, system, systems);
        }
        if let Some(written) = raw.threshold {
            self.validate_threshold(source, written, &raw.approvers, manifest);
        }
        self.has_stand_ins |= raw.max_duration.is_none();
        let kinds: Vec<_> = SubjectKind::ALL.iter().map(|kind| (kind.word(), *kind)).collect();
        let separations: Vec<_> = Separation::ALL.iter().map(|one| (one.word(), *one)).collect();
        Authority {
            name: String::new(),
            approvers: raw.approvers.clone(),
            systems: raw.systems.clone(),
            max_duration: raw.max_duration.unwrap_or_default().value,
            threshold: raw.threshold.map_or(1, |threshold| threshold.value),
            tickets_required: raw.tickets_required.is_some_and(|flag| flag.value),
            max_review: raw.max_review.map(|length| length.value),
            max_key_age: raw.max_key_age.map(|length| length.value),
            subjects: self.read_words(source, &raw.subjects, &kinds).into_iter().collect(),
            separate_from: self.read_words(source, &raw.separate_from, &separations).into_iter().collect(),
            ceiling: raw.ceiling.as_ref().and_then(|ceiling| self.validate_ceiling(source, ceiling)),
            place: Place { source: source.clone(), span: raw.span },
        }
    }

    pub(super) fn validate_threshold(
        &mut self,
        source: &Source,
        threshold: Spanned<u64>,
        approvers: &[Spanned<String>],
        manifest: &Manifest,
    ) {
        let persons: BTreeSet<_> =
            approvers.iter().flat_map(|approver| manifest.persons_of(&approver.value)).collect();
        if threshold.value == 0 {
            let message = "`threshold` 0 would accept an approval that nobody gave".to_owned();
            self.refuse(source, threshold.span, message, "use at least 1");
        } else if usize::try_from(threshold.value).map_or(true, |wanted| wanted > persons.len()) {
            let people =
                if persons.len() == 1 { "1 person".to_owned() } else { format!("{} persons", persons.len()) };
            let message = format!("`threshold` {} exceeds the {people} in `approvers`", threshold.value);
            self.refuse(source, threshold.span, message, "lower the threshold, or add `approvers`");
        }
    }

    /// Words of a closed list.
    pub(super) fn read_words<T: Copy>(
        &mut self,
        source: &Source,
        texts: &[Spanned<String>],
        known: &[(&'static str, T)],
    ) -> Vec<T> {
        texts.iter().filter_map(|text| self.read_word(source, text, known)).collect()
    }

    pub(super) fn read_word<T: Copy>(
        &mut self,
        source: &Source,
        text: &Spanned<String>,
        known: &[(&'static str, T)],
    ) -> Option<T> {
        let found = known.iter().find(|(word, _)| *word == text.value).map(|(_, meant)| *meant);
        if found.is_none() {
            let help = match did_you_mean(&text.value, known.iter().map(|(word, _)| *word)) {
                Some(meant) => format!("did you mean `{meant}`"),
                None => {
                    let words: Vec<_> = known.iter().map(|(word, _)| format!("`{word}`")).collect();
                    format!("use {}", words.join(", "))
                }
            };
            let message = format!("unknown word `{}`", text.value);
            self.problems.push(Problem::error(source, text.span, message).label("unknown").help(help));
        }
        found
    }

    pub(super) fn validate_delegations(
        &mut self,
        files: &[raw::RawFile],
        manifest: &Manifest,
    ) -> BTreeMap<String, Delegation> {
        let mut seen = Seen::new();
        let mut delegations = BTreeMap::new();
        for (source, raw) in all(files, |file| &file.delegations) {
            for name in raw.from.iter().chain(&raw.to) {
                self.is_person(source, name, manifest);
            }
            if let (Some(starts), Some(expires)) = (raw.starts_on, raw.expires_on)
                && expires.value <= starts.value
            {
                let message =
                    format!("`expires_on` ({}) is not after `starts_on` ({})", expires.value, starts.value);
                self.refuse(source, expires.span, message, "correct the dates");
            }
            if let Some(authority) = &raw.authority {
                self.is_known_authority(source, authority, manifest);
            }
            let Some(name) = &raw.name else { continue };
            let is_new = self.is_new("delegation", source, name, &mut seen);
            let (Some(from), Some(authority), Some(starts_on), Some(expires_on), true) =
                (raw.from.clone(), raw.authority.clone(), raw.starts_on, raw.expires_on, is_new)
            else {
                self.has_stand_ins = true;
                continue;
            };
            let place = Place { source: source.clone(), span: raw.span };
            let name = name.value.clone();
            let to = raw.to.clone();
            let delegation =
                Delegation { name: name.clone(), from, to, authority, starts_on, expires_on, place };
            delegations.insert(name, delegation);
        }
        delegations
    }

    /// Whether a name is that of one person, as it has to be where a right is handed from one to another: of a team nobody
    /// knows who decided, and a pattern names whoever comes.
    fn is_person(&mut self, source: &Source, name: &Spanned<String>, manifest: &Manifest) {
        if name.value.contains(['*', '?']) {
            let message = format!("`{}` is a pattern, and a delegation names persons", name.value);
            self.refuse(source, name.span, message, "list each person");
        } else if manifest.is_team(&name.value) {
            let message = format!("`{}` is a team, and a delegation names persons", name.value);
            self.refuse(source, name.span, message, "list the persons");
        } else {
            is_identity(source, name, &mut self.problems);
        }
    }

    fn is_known_authority(&mut self, source: &Source, name: &Spanned<String>, manifest: &Manifest) {
        let known = &manifest.authorities;
        if known.contains_key(&name.value) || self.may_stand_elsewhere("authority") {
            return;
        }
        let help = match did_you_mean(&name.value, known.keys().map(String::as_str)) {
            Some(meant) => format!("did you mean `{meant}`"),
            None => format!("add a block `authority \"{}\"`, or remove the delegation", name.value),
        };
        let message = format!("unknown authority `{}`", name.value);
        self.problems.push(Problem::error(source, name.span, message).label("unknown").help(help));
    }

    pub(super) fn validate_hygiene(&mut self, files: &[raw::RawFile]) -> Hygiene {
        let mut hygiene = Hygiene::default();
        let known: Vec<_> = HygieneLevel::ALL.iter().map(|level| (level.word(), *level)).collect();
        for (source, raw) in all(files, |file| &file.hygiene) {
            let place = Place { source: source.clone(), span: raw.span };
            if let Some(first) = &hygiene.place {
                self.problems.push(
                    Problem::error(source, raw.span, "duplicate block `hygiene`")
                        .label("duplicate")
                        .help("remove one of them")
                        .related(first.clone(), "first defined here"),
                );
                continue;
            }
            hygiene.place = Some(place);
            for (check, level) in &raw.levels {
                let level = level.as_ref().and_then(|level| self.read_word(source, level, &known));
                hygiene.levels.extend(level.map(|level: HygieneLevel| (*check, level)));
            }
        }
        hygiene
    }
}
