//! All holdings of a manifest on a day, and what they add up to.
//!
//! Takes a manifest, its decisions and a day, and returns a [`Population`]. Its counts are sums over its rows and nothing else.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{HeldAccess, HoldingState, Suggestion, list_held};
use crate::authority::{Decisions, Flaw};
use crate::manifest::{AccessReview, Approval, Manifest};
use crate::source::hash_bytes;

/// Hexadecimal digits of a row's name: 48 bits tell the rows of one ticket apart.
const ID_DIGITS: usize = 12;

/// The last day on which a record shows a ticket in use, by ticket in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordedUses {
    /// By ticket in lower case.
    pub days: BTreeMap<String, Date>,
}

/// What records say of the use of an approval: a plan changed access that rests on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordedUse {
    /// No record was read.
    NotAsked,
    /// No record that was read names it.
    Never,
    /// The day of the newest record that names it.
    Last(Date),
}

/// Which holdings are looked at.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those whose review or end is due on this day or before.
    pub due: Option<Date>,
    /// Those of this system.
    pub system: Option<String>,
    /// Those that this party answers for.
    pub owner: Option<String>,
}

/// What one principal holds by one grant of one approval.
#[derive(Clone, Debug)]
pub struct Holding<'m> {
    /// The same for the same principal, grant and ticket, wherever they stand in the manifest.
    pub id: String,
    /// The approval.
    pub approval: &'m Approval,
    /// What is held.
    pub held: HeldAccess,
    /// Who answers for the system; the process owner where the system has no block.
    pub owner: String,
    /// In which state it is.
    pub state: HoldingState,
    /// Why it is in that state, where something is wrong.
    pub flaw: Option<Flaw>,
    /// Until when somebody has to look at it again.
    pub review_due: Option<Date>,
    /// The latest review that counts.
    pub latest: Option<&'m AccessReview>,
    /// What records say of its use.
    pub recorded: RecordedUse,
    /// What its reviewer is asked.
    pub suggestion: Suggestion,
}

/// All holdings that were asked for.
#[derive(Clone, Debug)]
pub struct Population<'m> {
    /// The day.
    pub as_of: Date,
    /// In order of owner, system, ticket and access.
    pub holdings: Vec<Holding<'m>>,
    /// How many a [`Filter`] left out.
    pub left_out: usize,
}

impl Filter {
    fn takes(&self, holding: &Holding<'_>) -> bool {
        let ends = holding.approval.expires_on.value;
        let due = holding.review_due.map_or(ends, |due| due.min(ends));
        self.due.is_none_or(|last| due <= last)
            && self.system.as_deref().is_none_or(|system| holding.approval.system_name() == Some(system))
            && self.owner.as_deref().is_none_or(|owner| holding.owner.eq_ignore_ascii_case(owner))
    }
}

impl<'m> Population<'m> {
    /// Lists the holdings of a manifest; `uses` is what records say, where some were read.
    pub fn collect(
        manifest: &'m Manifest,
        decisions: &Decisions<'m>,
        as_of: Date,
        uses: Option<&RecordedUses>,
        filter: &Filter,
    ) -> Self {
        let all = manifest
            .approvals()
            .iter()
            .flat_map(|approval| list_of(approval, manifest, decisions, as_of, uses));
        let (mut holdings, left): (Vec<_>, Vec<_>) = all.partition(|holding| filter.takes(holding));
        holdings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        Self { as_of, holdings, left_out: left.len() }
    }

    /// How many holdings are in each state; every state is there, and the counts add up to the holdings.
    pub fn count_states(&self) -> BTreeMap<HoldingState, usize> {
        let mut counts: BTreeMap<_, _> = HoldingState::ALL.iter().map(|state| (*state, 0)).collect();
        for holding in &self.holdings {
            *counts.entry(holding.state).or_insert(0) += 1;
        }
        counts
    }

    /// How many holdings the latest review that counts decided in which way; `None` stands for those without one. The
    /// counts add up to the holdings.
    pub fn count_reviews(&self) -> BTreeMap<Option<&'static str>, usize> {
        let mut counts = BTreeMap::new();
        for holding in &self.holdings {
            let decision = holding.latest.map(|latest| latest.decision.word());
            *counts.entry(decision).or_insert(0) += 1;
        }
        counts
    }
}

impl Holding<'_> {
    fn sort_key(&self) -> (&str, Option<&str>, &str, &HeldAccess) {
        (&self.owner, self.approval.system_name(), &self.approval.id, &self.held)
    }

    /// Days until it ends; negative where it has ended.
    pub fn days_left(&self, as_of: Date) -> i32 {
        (self.approval.expires_on.value - as_of).get_days()
    }
}

fn list_of<'m>(
    approval: &'m Approval,
    manifest: &'m Manifest,
    decisions: &Decisions<'m>,
    as_of: Date,
    uses: Option<&RecordedUses>,
) -> Vec<Holding<'m>> {
    let term = decisions.find_review_term(approval, approval.sample());
    let (state, flaw) = HoldingState::find(approval, decisions, &term, as_of);
    let recorded = match uses {
        None => RecordedUse::NotAsked,
        Some(uses) => uses
            .days
            .get(&approval.id.to_ascii_lowercase())
            .map_or(RecordedUse::Never, |day| RecordedUse::Last(*day)),
    };
    let system = approval.system_name().and_then(|name| manifest.systems.get(name));
    let owner = system.map_or(&manifest.process_owner.name, |system| &system.owner);
    let make = |held: HeldAccess| Holding {
        id: name_row(&approval.id, &held),
        approval,
        held,
        owner: owner.clone(),
        state,
        flaw: flaw.clone(),
        review_due: term.due.map(|due| due.value),
        latest: term.latest,
        recorded,
        suggestion: Suggestion::find(state, &term, recorded),
    };
    list_held(approval).into_iter().map(make).collect()
}

/// Names a row by what it is about. No text of a manifest holds a line feed that is not escaped, so the lines are told apart.
fn name_row(ticket: &str, held: &HeldAccess) -> String {
    let HeldAccess { kind, principal, access, resources } = held;
    let text = format!("{kind}\n{principal}\n{access}\n{}\n", resources.join("\n"));
    let digest = hash_bytes(text.as_bytes());
    format!("{ticket}/{}", digest.get(..ID_DIGITS).unwrap_or(&digest))
}
