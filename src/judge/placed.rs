//! Approvals whose texts depend on the place of a grant and on the objects of its plan.
//!
//! Takes such approvals, what their references mean in one plan, and the place of a grant, and returns what each of them
//! approves there. `${account}` is the one account at hand. A reference counts where the object lies in the very place of
//! the grant and is certainly the one that its address was written for. A `grant` block with one that does not count
//! approves nothing; what it would approve is kept apart, with the reason as a flaw, for the finding that has to say so.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use crate::authority::{Decisions, Flaw, ReferenceFlaw};
use crate::grants::Grant;
use crate::lower::{Dialect, Text};
use crate::manifest::{
    Approval, ApprovedGrants, Coverage, GrantScope, GrantTemplate, Manifest, PlacedReference, VaryingGrants,
};
use crate::resolve::identity::{ObjectReference, ReferenceMeaning, ReferenceRefusal};
use crate::resolve::place::{ObjectPlace, PlaceWord};
use access_algebra::Access;

use super::index::{ApprovalIndex, Contents, Selection};
use super::subjects::SubjectLimits;

/// What the references of all approvals mean in one plan.
pub type ReferenceMeanings = BTreeMap<ObjectReference, ReferenceMeaning>;

/// Upper bound on the choices of spellings in one grant: an identity has one or two, and a grant names few of those with
/// two.
const MAX_SPELLINGS: usize = 16;

/// The approvals of a plan, filled in for each place that was asked for.
#[derive(Debug)]
pub(super) struct Placement<'m> {
    decisions: Arc<Decisions<'m>>,
    selection: Selection,
    references: ReferenceMeanings,
    /// The words by which places differ for some approval.
    words: BTreeSet<PlaceWord>,
    by_place: Mutex<HashMap<ObjectPlace, Arc<PlacedApprovals>>>,
}

/// What approvals approve in one place.
#[derive(Debug)]
pub(super) struct PlacedApprovals {
    /// In the order of the manifest.
    approvals: Vec<PlacedApproval>,
    /// By number in `approvals`.
    index: ApprovalIndex,
}

/// What one approval approves in one place, or would approve if all its references counted.
#[derive(Debug)]
pub(super) struct PlacedApproval {
    /// The approval's number in the manifest.
    at: usize,
    pub(super) content: Arc<ApprovedGrants>,
    /// What keeps it from being in force, but for the place.
    pub(super) flaws: Vec<Flaw>,
    /// Whom it may empower.
    pub(super) limits: SubjectLimits,
}

impl<'m> Placement<'m> {
    pub(super) fn new(
        decisions: Arc<Decisions<'m>>,
        selection: Selection,
        references: ReferenceMeanings,
    ) -> Self {
        let manifest = decisions.manifest();
        let words = PlaceWord::ALL.iter().copied().filter(|word| {
            list_varying(manifest).any(|(_, approval, _)| !approval.places.names(*word).is_empty())
        });
        Self { selection, references, words: words.collect(), by_place: Mutex::default(), decisions }
    }

    /// The approvals at the place of a grant; `None` where no approval depends on a place.
    pub(super) fn at(&self, grant: &Grant) -> Option<Arc<PlacedApprovals>> {
        // Every approval whose texts vary names places.
        if self.words.is_empty() {
            return None;
        }
        let place = self
            .words
            .iter()
            .fold(ObjectPlace::default(), |place, word| place.with(*word, grant.origin.place.name(*word)));
        let lock = || self.by_place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&place) {
            return Some(Arc::clone(known));
        }
        // Several threads may fill in one place at once; none waits for another over a place of its own.
        let placed = Arc::new(PlacedApprovals::fill(self, &place));
        Some(Arc::clone(lock().entry(place).or_insert(placed)))
    }

    /// What an approval approves at the place of a grant, and what it would, with why its references do not count.
    pub(super) fn content_at(
        &self,
        approval: &Approval,
        varying: &VaryingGrants,
        grant: &Grant,
    ) -> impl Iterator<Item = (ApprovedGrants, Vec<Flaw>)> {
        fill_content(approval, varying, &self.references, &grant.origin.place)
    }

    /// Approvals in force that refer to an object which this plan brings to the address from elsewhere.
    pub(super) fn find_replaced(&self) -> Vec<(&'m Approval, String, Flaw)> {
        let mut found = Vec::new();
        for (_, approval, varying) in list_varying(self.decisions.manifest()) {
            // Whether it is too wide is not known before its references are filled in.
            if !self.decisions.find_flaws(approval, &ApprovedGrants::default()).is_empty() {
                continue;
            }
            let references: BTreeSet<&PlacedReference> = varying.references().collect();
            for PlacedReference { object: reference, account } in references {
                let Some(ReferenceMeaning::Object(identity)) = self.references.get(reference) else {
                    continue;
                };
                let is_here = match account {
                    Some(account) => is_in_account(&identity.place, account),
                    None => {
                        approval.places.is_same_place(&identity.place, &identity.place)
                            && approval.places.locate(Some(&identity.place)) == Coverage::Inside
                    }
                };
                let refusal = identity.refusal.clone().filter(ReferenceRefusal::brings_another);
                if let (Some(refusal), true) = (refusal, is_here) {
                    let flaw = flaw_of(reference, ReferenceFlaw::Object(refusal));
                    found.push((approval, reference.address.clone(), flaw));
                }
            }
        }
        found
    }
}

impl PlacedApprovals {
    fn fill(placement: &Placement<'_>, place: &ObjectPlace) -> Self {
        let Placement { decisions, selection, references, .. } = placement;
        let mut approvals = Vec::new();
        for (at, approval, varying) in list_varying(decisions.manifest()) {
            for (content, refusals) in fill_content(approval, varying, references, place) {
                let mut flaws = decisions.find_flaws(approval, &content);
                flaws.extend(refusals);
                let limits = SubjectLimits::find(decisions, approval, &content);
                approvals.push(PlacedApproval { at, content: Arc::new(content), flaws, limits });
            }
        }
        let contents = approvals.iter().enumerate().map(|(number, one)| (number, &*one.content));
        let index = ApprovalIndex::new(contents, *selection);
        Self { approvals, index }
    }

    /// The numbers of the approvals that speak of principals of a grant.
    pub(super) fn find_speaking(&self, grant: &Grant) -> impl Iterator<Item = usize> {
        self.list_numbers(self.index.find_speaking(grant, &self.approvals))
    }

    /// Upper bound on the approvals that speak of the first principal of a grant.
    pub(super) fn count_speaking(&self, grant: &Grant) -> usize {
        self.index.count_speaking(grant)
    }

    /// The numbers of approvals of which one may cover a grant alone.
    pub(super) fn find_covering(&self, grant: &Grant) -> impl Iterator<Item = usize> {
        self.list_numbers(self.index.find_covering(grant, &self.approvals))
    }

    /// What an approval approves here, and what it would, with numbers here.
    pub(super) fn of_approval(&self, at: usize) -> impl Iterator<Item = (usize, &PlacedApproval)> {
        let from = self.approvals.partition_point(|one| one.at < at);
        self.approvals.iter().enumerate().skip(from).take_while(move |(_, one)| one.at == at)
    }

    /// Whether one of them, by its number here, is judged by a part.
    pub(super) fn is_large(&self, number: usize, dialect: Dialect) -> bool {
        self.index.is_large(number, dialect)
    }

    /// The part of one of them that a grant is about, by its number here; `None` where it is judged whole.
    pub(super) fn focus(&self, number: usize, grant: &Grant) -> Option<Access> {
        self.index.focus(number, grant, &self.approvals)
    }

    /// The numbers in the manifest of approvals by their numbers here.
    fn list_numbers(&self, found: BTreeSet<usize>) -> impl Iterator<Item = usize> {
        found.into_iter().filter_map(|number| Some(self.approvals.get(number)?.at))
    }
}

/// What an approval approves in a place, and what it would approve if all its references counted, with why they do not.
fn fill_content(
    approval: &Approval,
    varying: &VaryingGrants,
    references: &ReferenceMeanings,
    place: &ObjectPlace,
) -> impl Iterator<Item = (ApprovedGrants, Vec<Flaw>)> {
    let (mut counted, mut refused) = (ApprovedGrants::default(), ApprovedGrants::default());
    let mut refusals: Vec<Flaw> = Vec::new();
    for template in &varying.templates {
        let Some(filled) = FilledGrant::fill(approval, template, references, place) else { continue };
        let target = if filled.refusals.is_empty() { &mut counted } else { &mut refused };
        filled.scopes.iter().for_each(|scope| varying.add_to(target, template, scope));
        refusals.extend(filled.refusals);
    }
    let parts = [(counted, Vec::new()), (refused, refusals)];
    parts.into_iter().filter(|(content, _)| !content.grants.is_empty())
}

impl Contents for Vec<PlacedApproval> {
    fn content(&self, number: usize) -> Option<&ApprovedGrants> {
        Some(&self.get(number)?.content)
    }
}

/// What a `grant` block depends on, filled in.
struct FilledGrant {
    /// One for each choice of spellings; the grant means all of them.
    scopes: Vec<GrantScope>,
    refusals: Vec<Flaw>,
}

impl FilledGrant {
    /// `None` where the plan does not have an object of the grant, or nobody can say what it is called.
    fn fill(
        approval: &Approval,
        template: &GrantTemplate,
        references: &ReferenceMeanings,
        place: &ObjectPlace,
    ) -> Option<Self> {
        let names = PlaceWord::ALL.iter().filter(|word| !approval.places.names(**word).is_empty());
        let names = names.filter_map(|word| Some((*word, place.name(*word)?.to_owned())));
        let scope = GrantScope { places: names.collect(), objects: BTreeMap::new() };
        let mut filled = Self { scopes: vec![scope], refusals: Vec::new() };
        for PlacedReference { object: reference, account } in template.references() {
            let Some(ReferenceMeaning::Object(identity)) = references.get(reference) else { return None };
            let elsewhere = match account {
                Some(account) => !is_in_account(&identity.place, account),
                None => !approval.places.is_same_place(&identity.place, place),
            };
            let refusal = match &identity.refusal {
                Some(refusal) => Some(ReferenceFlaw::Object(refusal.clone())),
                None => elsewhere.then_some(ReferenceFlaw::OtherPlace),
            };
            filled.refusals.extend(refusal.map(|refusal| flaw_of(reference, refusal)));
            filled.spell(reference, &identity.spellings)?;
        }
        Some(filled)
    }

    /// Goes on with each spelling of an identity.
    fn spell(&mut self, reference: &ObjectReference, spellings: &[Text]) -> Option<()> {
        if self.scopes.iter().any(|scope| scope.objects.contains_key(reference)) {
            return Some(());
        }
        if spellings.is_empty() || self.scopes.len() * spellings.len() > MAX_SPELLINGS {
            return None;
        }
        let mut scopes = Vec::new();
        for (scope, spelling) in
            self.scopes.iter().flat_map(|scope| spellings.iter().map(move |one| (scope, one)))
        {
            let mut scope = scope.clone();
            scope.objects.insert(reference.clone(), spelling.clone());
            scopes.push(scope);
        }
        self.scopes = scopes;
        Some(())
    }
}

/// Whether an object is certainly in an account.
fn is_in_account(place: &ObjectPlace, account: &str) -> bool {
    place.name(PlaceWord::Account) == Some(account)
}

/// The approvals whose texts depend on place and plan, by their number in the manifest.
fn list_varying(manifest: &Manifest) -> impl Iterator<Item = (usize, &Approval, &VaryingGrants)> {
    let numbered = manifest.approvals().iter().enumerate();
    numbered.filter_map(|(at, approval)| Some((at, approval, approval.varying()?)))
}

fn flaw_of(reference: &ObjectReference, refusal: ReferenceFlaw) -> Flaw {
    Flaw::ReferenceRefused { reference: reference.to_string(), refusal }
}
