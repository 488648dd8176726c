//! Finds approvals by what they approve.
//!
//! Takes the contents of approvals, by number, and returns the numbers of those that may speak of a grant, or that may
//! cover it. An approval that is found may still not cover the grant; of one that is not found that is certain. What an
//! index leaves is compared with [`Strings::is_disjoint`], never with the evaluator.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use super::affixes::Affixes;
use super::focus::FocusIndex;
use super::pattern_index::PatternIndex;
use crate::grants::Grant;
use crate::lower::Dialect;
use crate::manifest::ApprovedGrants;
use access_algebra::{Access, Effect, Pattern, Statement, Strings, Token};

/// The contents of approvals by their numbers.
pub(in crate::judge) trait Contents {
    /// What an approval approves; `None` where the number is none of these approvals.
    fn content(&self, number: usize) -> Option<&ApprovedGrants>;
}

/// How approvals are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::judge) enum Selection {
    /// By the index.
    Indexed,
    /// Each is looked at, for tests of the index.
    Scanned,
}

/// What approvals approve, by dialect.
#[derive(Debug)]
pub(in crate::judge) struct ApprovalIndex {
    by_dialect: HashMap<Dialect, DialectIndex>,
    selection: Selection,
}

/// What approvals approve in one dialect.
#[derive(Debug, Default)]
struct DialectIndex {
    /// Each pattern of principals of each allowing statement.
    principals: PatternIndex,
    /// What the marks of `principals` mean.
    places: Vec<PatternPlace>,
    /// Each allowing statement.
    statements: Vec<PatternPlace>,
    /// With the places in `statements` as marks; made when it is first asked.
    resources: OnceLock<PatternIndex>,
    /// As `resources`.
    actions: OnceLock<PatternIndex>,
    /// Of the contents that are large, by their number.
    focus: HashMap<usize, FocusIndex>,
}

/// Where a pattern stands.
#[derive(Clone, Copy, Debug)]
struct PatternPlace {
    /// The number of the content.
    content: usize,
    /// The place of the statement in the Access of the dialect.
    statement: usize,
    /// The place of the pattern among the statement's principals.
    pattern: usize,
}

/// One of the patterns of each part of a reading: what covers the reading meets all three.
struct Probe {
    principal: Affixes,
    action: Affixes,
    resource: Affixes,
}

/// The most statements that are compared one by one. For so few, a second index costs more than it saves.
const MAX_SCANNED: usize = 8;

impl ApprovalIndex {
    pub(in crate::judge) fn new<'g>(
        contents: impl IntoIterator<Item = (usize, &'g ApprovedGrants)>,
        selection: Selection,
    ) -> Self {
        let mut by_dialect: HashMap<Dialect, DialectIndex> = HashMap::new();
        let mut patterns: HashMap<Dialect, Vec<(Affixes, usize)>> = HashMap::new();
        for (content, approved) in contents {
            for (dialect, access) in approved.accesses() {
                let index = by_dialect.entry(dialect).or_default();
                let patterns = patterns.entry(dialect).or_default();
                if selection == Selection::Indexed {
                    index.focus.extend(FocusIndex::new(access).map(|focus| (content, focus)));
                }
                for (at, statement) in access.statements.iter().enumerate() {
                    if statement.effect == Effect::Deny {
                        continue;
                    }
                    index.statements.push(PatternPlace { content, statement: at, pattern: 0 });
                    for (pattern, principal) in statement.principals.include.iter().enumerate() {
                        patterns.push((Affixes::of_pattern(principal), index.places.len()));
                        index.places.push(PatternPlace { content, statement: at, pattern });
                    }
                }
            }
        }
        for (dialect, patterns) in patterns {
            by_dialect.entry(dialect).or_default().principals = patterns.into_iter().collect();
        }
        Self { by_dialect, selection }
    }

    /// The numbers of the contents that speak of principals of a grant. Where a grant is to a pattern of principals, a
    /// content has to speak of a resource of the grant as well.
    pub(in crate::judge) fn find_speaking(&self, grant: &Grant, contents: &impl Contents) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let Some(index) = self.by_dialect.get(&grant.dialect) else { return found };
        let search = Search { index, dialect: grant.dialect, contents, selection: self.selection };
        let mut last: Option<&Strings> = None;
        for statement in list_allowing(grant) {
            // The statements of one document are of the same principals.
            if last.replace(&statement.principals) == Some(&statement.principals) {
                continue;
            }
            for pattern in &statement.principals.include {
                match literal_text(pattern) {
                    Some(_) => search.find_naming(pattern, &mut found),
                    None => search.find_overlapping(pattern, grant, &mut found),
                }
            }
        }
        found
    }

    /// Upper bound on the contents that speak of the first principal of a grant.
    pub(in crate::judge) fn count_speaking(&self, grant: &Grant) -> usize {
        let Some(index) = self.by_dialect.get(&grant.dialect) else { return 0 };
        let first = list_allowing(grant).find_map(|statement| statement.principals.include.first());
        match self.selection {
            Selection::Indexed => {
                first.map_or(0, |pattern| index.principals.count(&Affixes::of_pattern(pattern)))
            }
            Selection::Scanned => 0,
        }
    }

    /// Whether a content is so large that grants are judged by a part of it.
    pub(in crate::judge) fn is_large(&self, number: usize, dialect: Dialect) -> bool {
        self.by_dialect.get(&dialect).is_some_and(|index| index.focus.contains_key(&number))
    }

    /// The part of a large content that a grant is about; `None` where a content is judged whole.
    pub(in crate::judge) fn focus(
        &self,
        number: usize,
        grant: &Grant,
        contents: &impl Contents,
    ) -> Option<Access> {
        let focus = self.by_dialect.get(&grant.dialect)?.focus.get(&number)?;
        let access = contents.content(number)?.access(grant.dialect)?;
        focus.focus(access, &grant.readings)
    }

    /// The numbers of the contents that may cover a reading of a grant alone; none where a reading may allow nothing, and
    /// lie within every other.
    pub(in crate::judge) fn find_covering(&self, grant: &Grant, contents: &impl Contents) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let Some(index) = self.by_dialect.get(&grant.dialect) else { return found };
        let readings = grant.readings.iter().filter(|reading| reading.doubts.is_empty());
        let probes: Option<Vec<Probe>> = readings.map(|reading| Probe::of_reading(&reading.access)).collect();
        let search = Search { index, dialect: grant.dialect, contents, selection: self.selection };
        probes.iter().flatten().for_each(|probe| search.find_meeting(probe, &mut found));
        found
    }
}

/// One question of an index.
struct Search<'s, C> {
    index: &'s DialectIndex,
    dialect: Dialect,
    contents: &'s C,
    selection: Selection,
}

impl<C: Contents> Search<'_, C> {
    /// Contents that name the one principal.
    fn find_naming(&self, principal: &Pattern, found: &mut BTreeSet<usize>) {
        for place in self.find_principals(&Affixes::of_pattern(principal)) {
            if found.contains(&place.content) {
                continue;
            }
            let Some(statement) = self.statement(place) else { continue };
            let own = statement.principals.include.get(place.pattern);
            let names = own.is_some_and(|own| match literal_text(own) {
                Some(text) => Some(text) == literal_text(principal),
                None => may_hold(own, &statement.principals, principal),
            });
            if names {
                found.insert(place.content);
            }
        }
    }

    /// Contents that speak of some of the principals of a pattern, and of a resource of the grant.
    fn find_overlapping(&self, principals: &Pattern, grant: &Grant, found: &mut BTreeSet<usize>) {
        let wanted = Affixes::of_pattern(principals);
        let resources: Vec<&Pattern> = list_resources(grant).collect();
        let affixes: Vec<Affixes> = resources.iter().map(|resource| Affixes::of_pattern(resource)).collect();
        let by_principal = self.index.principals.count(&wanted);
        let is_scanned = self.selection == Selection::Scanned || by_principal <= MAX_SCANNED;
        let by_resource = || affixes.iter().map(|wanted| self.resources().count(wanted)).sum::<usize>();
        let places: Vec<PatternPlace> = if is_scanned || by_principal <= by_resource() {
            self.find_principals(&wanted).collect()
        } else {
            let found = affixes.iter().flat_map(|wanted| self.resources().find(wanted));
            found.filter_map(|at| self.index.statements.get(at).copied()).collect()
        };
        for place in places {
            if found.contains(&place.content) {
                continue;
            }
            let Some(statement) = self.statement(place) else { continue };
            let own = &statement.principals;
            if own.include.iter().any(|one| meets_principals(one, principals, &wanted))
                && resources.iter().any(|resource| speaks_of_resource(&statement.resources, resource))
            {
                found.insert(place.content);
            }
        }
    }

    /// Contents with a statement that may meet a probe in each of its parts.
    fn find_meeting(&self, probe: &Probe, found: &mut BTreeSet<usize>) {
        let by_principal = self.index.principals.count(&probe.principal);
        let mut fewest = by_principal;
        let mut places: Vec<PatternPlace> = Vec::new();
        if by_principal > MAX_SCANNED {
            for (index, wanted) in [(self.resources(), &probe.resource), (self.actions(), &probe.action)] {
                let count = index.count(wanted);
                if count < fewest {
                    fewest = count;
                    places =
                        index.find(wanted).filter_map(|at| self.index.statements.get(at).copied()).collect();
                }
                if fewest <= MAX_SCANNED {
                    break;
                }
            }
        }
        if fewest == by_principal {
            places = self.find_principals(&probe.principal).collect();
        }
        let meets = |set: &Strings, wanted: &Affixes| {
            // To look through many would cost more than the question whether the statement covers.
            set.include.len() > MAX_SCANNED
                || set.include.iter().any(|pattern| Affixes::of_pattern(pattern).may_meet(wanted))
        };
        for place in places {
            let is_met = self.statement(place).is_some_and(|statement| {
                meets(&statement.resources, &probe.resource)
                    && meets(&statement.principals, &probe.principal)
                    && meets(&statement.actions, &probe.action)
            });
            if is_met {
                found.insert(place.content);
            }
        }
    }

    fn find_principals(&self, wanted: &Affixes) -> impl Iterator<Item = PatternPlace> {
        let principals = &self.index.principals;
        let marks: Vec<usize> = match self.selection {
            Selection::Indexed => principals.find(wanted).collect(),
            Selection::Scanned => principals.all().collect(),
        };
        marks.into_iter().filter_map(|mark| self.index.places.get(mark).copied())
    }

    fn resources(&self) -> &PatternIndex {
        self.index.resources.get_or_init(|| self.collect(|statement| &statement.resources))
    }

    fn actions(&self) -> &PatternIndex {
        self.index.actions.get_or_init(|| self.collect(|statement| &statement.actions))
    }

    /// Indexes one part of all statements.
    fn collect(&self, part: impl Fn(&Statement) -> &Strings) -> PatternIndex {
        let statements = self.index.statements.iter().enumerate();
        let patterns = statements.flat_map(|(at, place)| {
            let patterns = self.statement(*place).map(|statement| part(statement).include.iter());
            patterns.into_iter().flatten().map(move |pattern| (Affixes::of_pattern(pattern), at))
        });
        patterns.collect()
    }

    fn statement(&self, place: PatternPlace) -> Option<&Statement> {
        let access = self.contents.content(place.content)?.access(self.dialect)?;
        access.statements.get(place.statement)
    }
}

impl Probe {
    /// Takes a statement that certainly allows something; `None` where that is not plain to see.
    fn of_reading(access: &Access) -> Option<Self> {
        if access.statements.iter().any(|statement| statement.effect == Effect::Deny) {
            return None;
        }
        let statement = access.statements.iter().find(|statement| {
            let sets = [&statement.principals, &statement.actions, &statement.resources];
            let keys: BTreeSet<&str> = statement.conditions.iter().map(|condition| &*condition.key).collect();
            sets.iter().all(|set| set.exclude.is_empty()) && keys.len() == statement.conditions.len()
        })?;
        let first = |set: &Strings| set.include.first().map(Affixes::of_pattern);
        Some(Self {
            principal: first(&statement.principals)?,
            action: first(&statement.actions)?,
            resource: first(&statement.resources)?,
        })
    }
}

/// The statements by which a grant allows something, in any reading.
fn list_allowing(grant: &Grant) -> impl Iterator<Item = &Statement> {
    let statements = grant.readings.iter().flat_map(|reading| &reading.access.statements);
    statements.filter(|statement| statement.effect == Effect::Allow)
}

/// The resources of all statements of a grant.
fn list_resources(grant: &Grant) -> impl Iterator<Item = &Pattern> {
    let statements = grant.readings.iter().flat_map(|reading| &reading.access.statements);
    statements.flat_map(|statement| &statement.resources.include)
}

/// Whether a pattern of approved principals and one of planned principals, with its affixes, may share one.
fn meets_principals(approved: &Pattern, planned: &Pattern, affixes: &Affixes) -> bool {
    Affixes::of_pattern(approved).may_meet(affixes)
        && !Strings::of([approved.clone()]).is_disjoint(&Strings::of([planned.clone()]))
}

/// Whether a set of approved resources may hold a planned one, or one of those that it spells.
fn speaks_of_resource(approved: &Strings, resource: &Pattern) -> bool {
    let affixes = Affixes::of_pattern(resource);
    approved.include.iter().any(|pattern| {
        pattern.is_any()
            || Affixes::of_pattern(pattern).may_meet(&affixes) && may_hold(pattern, approved, resource)
    })
}

/// Whether what a pattern of a set includes may be a text, or one of those that another pattern spells.
fn may_hold(pattern: &Pattern, set: &Strings, other: &Pattern) -> bool {
    let included = Strings { include: vec![pattern.clone()], exclude: set.exclude.clone() };
    !included.is_disjoint(&Strings::of([other.clone()]))
}

/// The one text that a pattern spells, whatever its case.
fn literal_text(pattern: &Pattern) -> Option<&str> {
    match pattern.tokens() {
        [Token::Literal(text) | Token::Folded(text)] => Some(text),
        _ => None,
    }
}
