//! From what is written to a manifest: the only door.
//!
//! In go decoded files; out comes a [`Manifest`], or everything that is wrong with it: names that stand twice or
//! are not known, identities that could be read as others, days in the wrong order, grants that cannot be judged.
//! Whether a decision is a good one is not asked here.

use std::collections::{BTreeMap, BTreeSet};

use super::approval::Approval;
use super::identity::{is_fact_label, is_identity, is_ticket_id};
use super::parties::{Authority, Fact, Match, Person, ProcessOwner, System};
use super::{Glob, Manifest, ManifestError, grant, raw};
use crate::hcl::did_you_mean;
use crate::parallel::chunks;
use crate::source::{Place, Problem, Source, Span, Spanned};

/// So many files are read at a time: parsing is nine tenths of what a manifest costs.
const FILES: usize = 32;

/// Checks what the sources say, beside what was wrong with reading them.
pub(super) fn manifest(
    name: &str,
    sources: &[Source],
    told: &BTreeMap<String, String>,
    mut problems: Vec<Problem>,
) -> Result<Manifest, ManifestError> {
    let mut files = Vec::new();
    let decode = |(): &mut (), sources: &[Source]| sources.iter().map(raw::decode).collect::<Vec<_>>();
    for (file, wrong) in chunks(sources, FILES, || (), decode).into_iter().flatten() {
        problems.extend(wrong);
        files.extend(file);
    }
    // What is missing may stand in a file that could not be read; then its absence is not reported.
    let is_whole = problems.is_empty();
    let mut check = Check { is_whole, told: told.clone(), problems };
    let manifest = check.manifest(name, &files);
    let mut problems = check.problems;
    problems.sort_by(|a, b| (&a.source.name, a.span).cmp(&(&b.source.name, b.span)));
    match manifest {
        Some(manifest) if problems.is_empty() => Ok(manifest),
        Some(_) | None => Err(ManifestError { problems }),
    }
}

struct Check {
    is_whole: bool,
    /// Facts from outside the manifest, then those of the manifest that do not contradict them.
    told: BTreeMap<String, String>,
    problems: Vec<Problem>,
}

impl Check {
    fn manifest(&mut self, name: &str, files: &[raw::File]) -> Option<Manifest> {
        let process_owner = self.process_owner(name, files);
        let systems = self.systems(files);
        let (persons, by_login) = self.persons(files);
        let facts = self.facts(files);
        for (label, fact) in &facts {
            self.told.entry(label.clone()).or_insert_with(|| fact.value.clone());
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
            facts,
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
            let message = format!("the {kind} `{}` is given twice", name.value);
            self.problems.push(
                Problem::error(source, name.span, message)
                    .label("the second")
                    .help("keep one of them")
                    .related(first, "the first is here"),
            );
            return false;
        }
        true
    }

    fn process_owner(&mut self, name: &str, files: &[raw::File]) -> Option<ProcessOwner> {
        let mut seen: Option<ProcessOwner> = None;
        for file in files {
            let Some(owner) = &file.process_owner else { continue };
            is_identity(&file.source, owner, &mut self.problems);
            let place = Place { source: file.source.clone(), span: owner.span };
            if let Some(first) = &seen {
                self.problems.push(
                    Problem::error(&file.source, owner.span, "`process_owner` is given twice")
                        .label("the second")
                        .help("keep one of them")
                        .related(first.place.clone(), "the first is here"),
                );
            } else {
                seen = Some(ProcessOwner { name: owner.value.clone(), place });
            }
        }
        if seen.is_none() && self.is_whole {
            let message = match files {
                [] => "no `*.hcl` file lies here, so nothing says who answers",
                [_, ..] => "nothing says who answers where nobody nearer does",
            };
            let problem = Problem::unread(name, message);
            self.problems
                .push(problem.help("add `process_owner = \"TEAM\"` to one of the files, outside the blocks"));
        }
        seen
    }

    fn systems(&mut self, files: &[raw::File]) -> BTreeMap<String, System> {
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

    fn matching(&mut self, source: &Source, raw: &raw::Match) -> Match {
        let mut names = |texts: &[Spanned<String>]| -> Vec<String> {
            texts.iter().filter(|text| is_identity(source, text, &mut self.problems)).map(value).collect()
        };
        Match {
            providers: names(&raw.providers),
            accounts: names(&raw.accounts),
            projects: names(&raw.projects),
            subscriptions: names(&raw.subscriptions),
            modules: globs(&raw.modules),
            addresses: globs(&raw.addresses),
            paths: globs(&raw.paths),
        }
    }

    fn persons(&mut self, files: &[raw::File]) -> (BTreeMap<String, Person>, BTreeMap<String, String>) {
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

    fn facts(&mut self, files: &[raw::File]) -> BTreeMap<String, Fact> {
        let mut seen = Seen::new();
        let mut facts = BTreeMap::new();
        for (source, raw) in all(files, |file| &file.facts) {
            let (Some(label), Some(value)) = (&raw.label, &raw.value) else { continue };
            is_identity(source, value, &mut self.problems);
            if !is_fact_label(&label.value) {
                let message = format!("`{}` does not name a fact", label.value);
                self.refuse(
                    source,
                    label.span,
                    message,
                    "write `NAME` or `NAME@ALIAS`, such as `aws.account@west`",
                );
            } else if self.is_new("fact", source, label, &mut seen) {
                let place = Place { source: source.clone(), span: raw.span };
                facts.insert(label.value.clone(), Fact { value: value.value.clone(), place });
            }
        }
        facts
    }

    fn authorities(
        &mut self,
        files: &[raw::File],
        systems: &BTreeSet<&str>,
        manifest: &Manifest,
    ) -> BTreeMap<String, Authority> {
        let mut seen = Seen::new();
        let mut authorities = BTreeMap::new();
        for (source, raw) in all(files, |file| &file.authorities) {
            let Some(name) = &raw.name else { continue };
            let is_new = self.is_new("authority", source, name, &mut seen);
            for approver in &raw.approvers {
                is_identity(source, approver, &mut self.problems);
            }
            for system in &raw.systems {
                self.is_known_system(source, system, systems);
            }
            let threshold = raw.threshold.map_or(1, |threshold| threshold.value);
            if let Some(written) = raw.threshold {
                self.threshold(source, written, &raw.approvers, manifest);
            }
            let (Some(max_duration), true) = (raw.max_duration, is_new) else { continue };
            let authority = Authority {
                name: name.value.clone(),
                approvers: raw.approvers.clone(),
                systems: raw.systems.clone(),
                max_duration: max_duration.value,
                threshold,
                place: Place { source: source.clone(), span: raw.span },
            };
            authorities.insert(name.value.clone(), authority);
        }
        authorities
    }

    fn threshold(
        &mut self,
        source: &Source,
        threshold: Spanned<u64>,
        approvers: &[Spanned<String>],
        manifest: &Manifest,
    ) {
        let persons: BTreeSet<_> =
            approvers.iter().map(|approver| manifest.person_of(&approver.value)).collect();
        if threshold.value == 0 {
            let message = "a `threshold` of 0 would let an approval stand that nobody gave".to_owned();
            self.refuse(source, threshold.span, message, "write at least 1");
        } else if usize::try_from(threshold.value).map_or(true, |wanted| wanted > persons.len()) {
            let people =
                if persons.len() == 1 { "1 person".to_owned() } else { format!("{} persons", persons.len()) };
            let message = format!("a `threshold` of {} cannot be met by {people}", threshold.value);
            self.refuse(source, threshold.span, message, "lower it, or name more `approvers`");
        }
    }

    fn is_known_system(&mut self, source: &Source, system: &Spanned<String>, known: &BTreeSet<&str>) -> bool {
        if known.contains(system.value.as_str()) || !self.is_whole {
            return true;
        }
        let help = match did_you_mean(&system.value, known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`"),
            None => "add a `system` block with an `owner`".to_owned(),
        };
        let message = format!("no `system` block describes `{}`", system.value);
        self.problems.push(Problem::error(source, system.span, message).label("unknown").help(help));
        false
    }

    fn approvals(
        &mut self,
        files: &[raw::File],
        systems: &BTreeSet<&str>,
    ) -> (Vec<Approval>, BTreeMap<String, usize>) {
        let mut seen = Seen::new();
        let mut approvals = Vec::new();
        let mut by_id = BTreeMap::new();
        for (source, raw) in all(files, |file| &file.approvals) {
            let is_good = raw.id.as_ref().is_some_and(|id| self.is_ticket(source, id, &mut seen));
            if let (Some(approval), true) = (self.approval(source, raw, systems), is_good) {
                by_id.insert(approval.id.to_ascii_lowercase(), approvals.len());
                approvals.push(approval);
            }
        }
        (approvals, by_id)
    }

    fn is_ticket(&mut self, source: &Source, id: &Spanned<String>, seen: &mut Seen) -> bool {
        if !is_ticket_id(&id.value) {
            let message = format!("`{}` is no ticket ID", id.value);
            self.refuse(source, id.span, message, "write ASCII letters, digits and signs, without spaces");
            return false;
        }
        self.is_new("ticket", source, id, seen)
    }

    fn approval(
        &mut self,
        source: &Source,
        raw: &raw::Approval,
        systems: &BTreeSet<&str>,
    ) -> Option<Approval> {
        for person in raw.requester.iter().chain(&raw.approvers) {
            is_identity(source, person, &mut self.problems);
        }
        if let Some(system) = &raw.system {
            self.is_known_system(source, system, systems);
        }
        self.days(source, raw);
        let mut accesses = BTreeMap::new();
        let mut grants = Vec::new();
        for grant in &raw.grants {
            grants.extend(grant::approve(source, grant, &mut accesses, &self.told, &mut self.problems));
        }
        Some(Approval {
            id: raw.id.as_ref().map(value)?,
            title: raw.title.as_ref().map(value),
            justification: raw.justification.as_ref().map(value)?,
            system: raw.system.clone()?,
            requester: raw.requester.clone()?,
            approvers: raw.approvers.clone(),
            approved_on: raw.approved_on?,
            starts_on: raw.starts_on,
            expires_on: raw.expires_on?,
            evidence: raw.evidence.iter().map(value).collect(),
            addresses: globs(&raw.addresses),
            grants,
            accesses,
            place: Place { source: source.clone(), span: raw.span },
        })
    }

    fn days(&mut self, source: &Source, raw: &raw::Approval) {
        let (Some(approved), Some(expires)) = (raw.approved_on, raw.expires_on) else { return };
        if expires.value < approved.value {
            let message = format!("it expires on {}, before it was approved", expires.value);
            self.refuse(source, expires.span, message, "put the days in order");
        }
        let Some(starts) = raw.starts_on else { return };
        if starts.value < approved.value {
            let message = format!("it starts on {}, before it was approved", starts.value);
            self.refuse(
                source,
                starts.span,
                message,
                "leave `starts_on` out: it holds from the day of the decision",
            );
        } else if expires.value < starts.value {
            let message = format!("it expires on {}, before it starts", expires.value);
            self.refuse(source, expires.span, message, "put the days in order");
        }
    }
}

/// Names in lower case, and where they stand.
type Seen = BTreeMap<String, Place>;

/// Every block of a kind with its file.
fn all<'a, T>(
    files: &'a [raw::File],
    of: impl Fn(&'a raw::File) -> &'a Vec<T>,
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
