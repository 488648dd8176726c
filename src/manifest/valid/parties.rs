//! Who there is: the process owner, systems and their owners, persons and their logins, and facts.

use std::collections::BTreeMap;

use super::keys::SeenKeys;
use super::{Seen, Validator, all, make_globs, take_value};
use crate::manifest::identity::{is_fact_label, is_identity};
use crate::manifest::parties::{Fact, Match, Person, ProcessOwner, Serial, System, Team};
use crate::manifest::place_names::{PlaceNames, list_name};
use crate::manifest::raw;
use crate::manifest::request::RequestPart;
use crate::resolve::place::PlaceWord;
use crate::source::{Place, Problem, Source, Span, Spanned};
use spanned_hcl::{ReferenceStep, TemplatePart, TextTemplate, did_you_mean};

impl Validator {
    /// The process owner; a stand-in where none is named.
    pub(super) fn process_owner(&mut self, name: &str, files: &[raw::RawFile]) -> ProcessOwner {
        let mut seen: Option<ProcessOwner> = None;
        for file in files {
            let Some(owner) = &file.process_owner else { continue };
            is_identity(&file.source, owner, &mut self.problems);
            let place = Place { source: file.source.clone(), span: owner.span };
            if let Some(first) = &seen {
                self.problems.push(
                    Problem::error(&file.source, owner.span, "duplicate `process_owner`")
                        .label("duplicate")
                        .help("remove one of them")
                        .related(first.place.clone(), "first defined here"),
                );
            } else {
                seen = Some(ProcessOwner { name: owner.value.clone(), place });
            }
        }
        let is_written = files.iter().any(|file| file.has_process_owner);
        if seen.is_none() && !is_written && !self.may_stand_elsewhere("process_owner") {
            let message = match files {
                [] => "no `*.hcl` file found, so the manifest has no `process_owner`",
                [_, ..] => "the manifest has no `process_owner`",
            };
            let problem = Problem::unread(name, message);
            self.problems
                .push(problem.help("add `process_owner = \"TEAM\"` at the top level of one of its files"));
        }
        seen.unwrap_or_else(|| {
            self.has_stand_ins = true;
            let place = Place { source: Source::new(name, ""), span: Span::default() };
            ProcessOwner { name: String::new(), place }
        })
    }

    /// The serial of the authority, which stands in one place.
    pub(super) fn validate_serial(&mut self, files: &[raw::RawFile]) -> Option<Serial> {
        let mut seen: Option<Serial> = None;
        for file in files {
            let Some(serial) = file.serial else { continue };
            let place = Place { source: file.source.clone(), span: serial.span };
            match &seen {
                None => seen = Some(Serial { value: serial.value, place }),
                Some(first) => self.problems.push(
                    Problem::error(&file.source, serial.span, "duplicate `serial`")
                        .label("duplicate")
                        .help("remove one of them")
                        .related(first.place.clone(), "first defined here"),
                ),
            }
        }
        seen
    }

    pub(super) fn validate_systems(&mut self, files: &[raw::RawFile]) -> BTreeMap<String, System> {
        let mut seen = Seen::new();
        let mut systems = BTreeMap::new();
        let optional_parts: Vec<_> = RequestPart::list_optional().map(|part| (part.word(), part)).collect();
        for (source, raw) in all(files, |file| &file.systems) {
            let Some(name) = &raw.name else { continue };
            let is_new = self.is_new("system", source, name, &mut seen);
            let Some(owner) = &raw.owner else { continue };
            is_identity(source, owner, &mut self.problems);
            if is_new {
                let system = System {
                    name: name.value.clone(),
                    owner: owner.value.clone(),
                    contact: raw.contact.as_ref().map(|text| text.value.clone()),
                    require: self.read_words(source, &raw.require, &optional_parts),
                    matches: raw.matches.iter().map(|one| self.validate_match(source, one)).collect(),
                    place: Place { source: source.clone(), span: raw.span },
                };
                systems.insert(name.value.clone(), system);
            }
        }
        systems
    }

    fn validate_match(&mut self, source: &Source, raw: &raw::RawMatch) -> Match {
        Match {
            providers: self.validate_names(source, &raw.providers),
            places: self.validate_places(source, &raw.places),
            modules: make_globs(&raw.modules),
            addresses: make_globs(&raw.addresses),
            paths: make_globs(&raw.paths),
        }
    }

    /// Names that are what they look like.
    fn validate_names(&mut self, source: &Source, texts: &[Spanned<String>]) -> Vec<String> {
        texts.iter().filter(|text| is_identity(source, text, &mut self.problems)).map(take_value).collect()
    }

    /// The places of each list, with those of the sets that it names.
    pub(super) fn validate_places(&mut self, source: &Source, raw: &raw::RawPlaces) -> PlaceNames {
        let list = |(word, names): &(PlaceWord, Vec<Spanned<TextTemplate>>)| {
            let named = names.iter().flat_map(|name| self.place_names(source, *word, name));
            (*word, named.collect())
        };
        PlaceNames::new(raw.lists.iter().map(list).collect::<Vec<_>>())
    }

    /// One place by its name, or those of a set: `accounts.prod`.
    fn place_names(&mut self, source: &Source, word: PlaceWord, name: &Spanned<TextTemplate>) -> Vec<String> {
        if let Some(text) = name.value.as_literal() {
            let text = Spanned { value: text.to_owned(), span: name.span };
            return if self.is_place(source, &text) { vec![text.value] } else { Vec::new() };
        }
        let list = list_name(word);
        let set = match name.value.parts.as_slice() {
            [TemplatePart::Reference(reference)] if reference.value.root == list => {
                match reference.value.steps.as_slice() {
                    [ReferenceStep::Attribute(set) | ReferenceStep::Key(set)] => Some(set),
                    _ => None,
                }
            }
            _ => None,
        };
        let Some(set) = set else {
            let message = format!("`{}` is not a set of `{list}`", name.value);
            let help = format!("write `{list}.NAME`, for a block `{list} \"NAME\"` with `ids`");
            self.refuse(source, name.span, message, &help);
            return Vec::new();
        };
        if let Some(ids) = self.place_sets.get(&(word, set.clone())) {
            return ids.clone();
        }
        let known = self.place_sets.keys().filter(|(of, _)| *of == word).map(|(_, name)| name.as_str());
        let help = match did_you_mean(set, known) {
            Some(meant) => format!("did you mean `{list}.{meant}`"),
            None => format!("add a block `{list} \"{set}\"` with `ids`"),
        };
        let message = format!("unknown set `{list}.{set}`");
        self.problems.push(Problem::error(source, name.span, message).label("unknown").help(help));
        Vec::new()
    }

    /// Whether a text is the name of one place.
    fn is_place(&mut self, source: &Source, text: &Spanned<String>) -> bool {
        if text.value.contains(['*', '?']) {
            let message = format!("`{}` is a pattern, and a place has a name", text.value);
            self.refuse(source, text.span, message, "list each place, or give the list a name as a set");
            return false;
        }
        is_identity(source, text, &mut self.problems)
    }

    /// Sets of places, by word and name.
    pub(super) fn place_sets(
        &mut self,
        files: &[raw::RawFile],
    ) -> BTreeMap<(PlaceWord, String), Vec<String>> {
        let mut seen: BTreeMap<PlaceWord, Seen> = BTreeMap::new();
        let mut sets = BTreeMap::new();
        for (source, raw) in all(files, |file| &file.place_sets) {
            let ids = raw.ids.iter().filter(|id| self.is_place(source, id)).map(take_value).collect();
            let Some(name) = &raw.name else { continue };
            if self.is_new(list_name(raw.word), source, name, seen.entry(raw.word).or_default()) {
                sets.insert((raw.word, name.value.clone()), ids);
            }
        }
        sets
    }

    /// Persons by name, and by each login; `seen` takes the logins.
    pub(super) fn validate_persons(
        &mut self,
        files: &[raw::RawFile],
        seen: &mut Seen,
    ) -> (BTreeMap<String, Person>, BTreeMap<String, String>) {
        let mut persons = BTreeMap::new();
        let mut by_login = BTreeMap::new();
        let mut seen_keys = SeenKeys::new();
        for (source, raw) in all(files, |file| &file.persons) {
            let Some(name) = &raw.name else { continue };
            // A name is a login as well, so one table holds both: no login may lead to two persons.
            let mut is_good = self.is_new("login", source, name, seen);
            let others = raw.logins.iter().filter(|login| !login.value.eq_ignore_ascii_case(&name.value));
            for login in others {
                is_good &= self.is_new("login", source, login, seen);
                by_login.insert(login.value.to_ascii_lowercase(), name.value.clone());
            }
            by_login.insert(name.value.to_ascii_lowercase(), name.value.clone());
            let keys = self.validate_keys(source, raw, &mut seen_keys);
            if is_good {
                let place = Place { source: source.clone(), span: raw.span };
                let person = Person { name: name.value.clone(), logins: raw.logins.clone(), keys, place };
                persons.insert(name.value.clone(), person);
            }
        }
        (persons, by_login)
    }

    /// Teams by name in lower case. A team has no name that is a login, or nobody could tell who decided.
    pub(super) fn teams(&mut self, files: &[raw::RawFile], seen: &mut Seen) -> BTreeMap<String, Team> {
        let mut teams = BTreeMap::new();
        for (source, raw) in all(files, |file| &file.teams) {
            let members = raw.members.iter().filter(|login| is_identity(source, login, &mut self.problems));
            let members: Vec<_> = members.cloned().collect();
            let Some(name) = &raw.name else { continue };
            if self.is_new("login", source, name, seen) {
                let place = Place { source: source.clone(), span: raw.span };
                let team = Team { name: name.value.clone(), members, place };
                teams.insert(name.value.to_ascii_lowercase(), team);
            }
        }
        self.flat_teams(&teams);
        teams
    }

    /// Refuses a team in a team: who is meant should be read in one place.
    fn flat_teams(&mut self, teams: &BTreeMap<String, Team>) {
        for team in teams.values() {
            for member in
                team.members.iter().filter(|one| teams.contains_key(&one.value.to_ascii_lowercase()))
            {
                let message = format!("`{}` is a team, and members are persons", member.value);
                self.refuse(&team.place.source, member.span, message, "list its members");
            }
        }
    }

    pub(super) fn validate_facts(&mut self, files: &[raw::RawFile]) -> BTreeMap<String, Fact> {
        let mut seen = Seen::new();
        let mut facts = BTreeMap::new();
        for (source, raw) in all(files, |file| &file.facts) {
            let (Some(label), Some(value)) = (&raw.label, &raw.value) else { continue };
            is_identity(source, value, &mut self.problems);
            if !is_fact_label(&label.value) {
                let message = format!("`{}` is not a valid fact name", label.value);
                self.refuse(
                    source,
                    label.span,
                    message,
                    "use `NAME` or `NAME@ALIAS`, such as `aws.account@west`",
                );
            } else if self.is_new("fact", source, label, &mut seen) {
                let place = Place { source: source.clone(), span: raw.span };
                facts.insert(label.value.clone(), Fact { value: value.value.clone(), place });
            }
        }
        facts
    }
}
