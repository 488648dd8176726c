//! Who there is: the process owner, systems and their owners, persons and their logins, and facts.

use std::collections::BTreeMap;

use super::{Seen, Validator, all, globs, value};
use crate::manifest::identity::{is_fact_label, is_identity};
use crate::manifest::parties::{Fact, Match, Person, ProcessOwner, System};
use crate::manifest::place_names::PlaceNames;
use crate::manifest::raw;
use crate::source::{Place, Problem, Source, Spanned};

impl Validator {
    pub(super) fn process_owner(&mut self, name: &str, files: &[raw::RawFile]) -> Option<ProcessOwner> {
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
        if seen.is_none() && self.is_whole {
            let message = match files {
                [] => "no `*.hcl` file found, so the manifest has no `process_owner`",
                [_, ..] => "the manifest has no `process_owner`",
            };
            let problem = Problem::unread(name, message);
            self.problems
                .push(problem.help("add `process_owner = \"TEAM\"` at the top level of one of its files"));
        }
        seen
    }

    pub(super) fn systems(&mut self, files: &[raw::RawFile]) -> BTreeMap<String, System> {
        let mut seen = Seen::new();
        let mut systems = BTreeMap::new();
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
                    matches: raw.matches.iter().map(|one| self.matching(source, one)).collect(),
                    place: Place { source: source.clone(), span: raw.span },
                };
                systems.insert(name.value.clone(), system);
            }
        }
        systems
    }

    fn matching(&mut self, source: &Source, raw: &raw::RawMatch) -> Match {
        Match {
            providers: self.names(source, &raw.providers),
            places: self.places(source, &raw.places),
            modules: globs(&raw.modules),
            addresses: globs(&raw.addresses),
            paths: globs(&raw.paths),
        }
    }

    /// Names that are what they look like.
    fn names(&mut self, source: &Source, texts: &[Spanned<String>]) -> Vec<String> {
        texts.iter().filter(|text| is_identity(source, text, &mut self.problems)).map(value).collect()
    }

    pub(super) fn places(&mut self, source: &Source, raw: &raw::RawPlaces) -> PlaceNames {
        PlaceNames {
            accounts: self.names(source, &raw.accounts),
            projects: self.names(source, &raw.projects),
            subscriptions: self.names(source, &raw.subscriptions),
            tenants: self.names(source, &raw.tenants),
            clusters: self.names(source, &raw.clusters),
        }
    }

    pub(super) fn persons(
        &mut self,
        files: &[raw::RawFile],
    ) -> (BTreeMap<String, Person>, BTreeMap<String, String>) {
        let mut seen = Seen::new();
        let mut persons = BTreeMap::new();
        let mut by_login = BTreeMap::new();
        for (source, raw) in all(files, |file| &file.persons) {
            let Some(name) = &raw.name else { continue };
            // A name is a login as well, so one table holds both: no login may lead to two persons.
            let mut is_good = self.is_new("login", source, name, &mut seen);
            let others = raw.logins.iter().filter(|login| !login.value.eq_ignore_ascii_case(&name.value));
            for login in others {
                is_good &= self.is_new("login", source, login, &mut seen);
                by_login.insert(login.value.to_ascii_lowercase(), name.value.clone());
            }
            by_login.insert(name.value.to_ascii_lowercase(), name.value.clone());
            if is_good {
                let place = Place { source: source.clone(), span: raw.span };
                let person = Person { name: name.value.clone(), logins: raw.logins.clone(), place };
                persons.insert(name.value.clone(), person);
            }
        }
        (persons, by_login)
    }

    pub(super) fn facts(&mut self, files: &[raw::RawFile]) -> BTreeMap<String, Fact> {
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
