//! The difference between what is planned and what is approved, as people read it.
//!
//! Takes two Accesses with a witness between them, and returns an [`Excess`]: the witness with a real action on a
//! realistic resource, every known action that exceeds there, and the [`Dimension`] of the difference.
//!
//! Nothing is decided here. A caller that demands more of a request than the two Accesses say passes that as `is_valid`.

use std::sync::Arc;

use access_algebra::polish::{self, KnownExcess, Polished, Vocabulary};
use access_algebra::{Access, Request, Witness};

use super::Dimension;

/// Two Accesses and a request that tells them apart.
#[derive(Clone, Copy, Debug)]
pub struct Difference<'a> {
    /// What is planned; it allows the request.
    pub planned: &'a Access,
    /// What is approved; it does not allow the request.
    pub approved: &'a Access,
    /// What the dimension is found in: `approved`, or approvals that are not in force as well.
    pub nearest: &'a Access,
    /// The request.
    pub witness: &'a Witness,
}

/// By what a planned access exceeds the approved one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excess {
    /// One request.
    pub witness: Witness,
    /// Whether the witness's action is known to exist. Otherwise it stands for one that the cloud may add.
    pub is_real: bool,
    /// All known actions that exceed on the witness's resource, for its principal and under its context; empty where
    /// none is known.
    pub actions: Arc<[String]>,
    /// In which dimension the witness is not approved.
    pub dimension: Dimension,
}

impl Excess {
    /// Works out what exceeds, in the words of a cloud; `known` has the answers to questions that were asked before.
    pub fn measure_with(difference: Difference<'_>, words: &dyn Vocabulary, known: &KnownExcess) -> Self {
        let Difference { planned, approved, witness, .. } = difference;
        let polished = polish::polish(planned, approved, &witness.request, words);
        let actions = known.find(planned, approved, &polished.request, words);
        Self::new(difference, polished, actions)
    }

    /// The same, where a request counts only if it `is_valid`, as the witness is.
    pub fn measure(
        difference: Difference<'_>,
        words: &dyn Vocabulary,
        is_valid: impl Fn(&Request) -> bool,
    ) -> Self {
        let Difference { planned, approved, witness, .. } = difference;
        let mut polished = polish::polish(planned, approved, &witness.request, words);
        if !is_valid(&polished.request) {
            polished = Polished { request: witness.request.clone(), is_real: false };
        }
        let mut actions = polish::find_excess(planned, approved, &polished.request, words);
        let mut wider = polished.request.clone();
        actions.retain(|action| {
            wider.action.clone_from(action);
            is_valid(&wider)
        });
        Self::new(difference, polished, actions.into())
    }

    fn new(difference: Difference<'_>, polished: Polished, actions: Arc<[String]>) -> Self {
        let Polished { request, is_real } = polished;
        let dimension = Dimension::of_refusal(difference.nearest, &request);
        Self { witness: Witness { request }, is_real, actions, dimension }
    }

    /// Keeps the witness as it is, for an access of which nothing may be shown.
    pub fn without_words(difference: Difference<'_>) -> Self {
        let dimension = Dimension::of_refusal(difference.nearest, &difference.witness.request);
        Self { witness: difference.witness.clone(), is_real: true, actions: Arc::default(), dimension }
    }
}
