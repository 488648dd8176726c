//! A witness worth reading, and the whole of what it stands for.
//!
//! Takes a witness, the two Accesses that it distinguishes, and a [`Vocabulary`] of what requests really look like, and
//! returns a request with a real action on a realistic resource under as few context keys as possible. Each step is kept
//! only if [`evaluate`] still says that the plan allows the request and the approval does not, so nothing here can make a
//! witness wrong: at worst it stays as it was. The same question for every action that can be done to the resource gives
//! the excess.
//!
//! No cloud is known here: what is real is the vocabulary's to say.

mod excess;
mod prepared;

use std::borrow::Cow;
use std::sync::Arc;

use prepared::Prepared;

use super::evaluate::{self, Truth};
use super::{Access, Context, Request};

pub use excess::{KnownExcess, find_excess};

/// Requests that are evaluated for one witness, so that a vocabulary of any size costs milliseconds; beyond it a witness
/// keeps its own words.
const MAX_REQUESTS: usize = 2_000;

/// What requests of a cloud really look like.
pub trait Vocabulary {
    /// Real actions that may stand for this one, the best first: itself, as it is really spelled, and it alone where it
    /// is real. Where `prefixes` are given, those may be left out that [`Self::done_to`] may leave out.
    fn actions<'a>(
        &'a self,
        like: &'a str,
        prefixes: Option<&'a [&'a str]>,
    ) -> Box<dyn Iterator<Item = String> + 'a>;
    /// Resources to which an action is really done, the best first; `like` among them where it is one.
    fn resources<'a>(&'a self, action: &'a str, like: &'a str) -> Box<dyn Iterator<Item = String> + 'a>;
    /// Resources in a whole form, the best first, for an action that none of its own resources shows; none where this
    /// one is whole.
    fn stand_ins<'a>(&'a self, action: &'a str, like: &'a str) -> Box<dyn Iterator<Item = String> + 'a>;
    /// Principals that really exist or may, the best first; none where this one may.
    fn principals<'a>(&'a self, like: &'a str) -> Box<dyn Iterator<Item = String> + 'a>;
    /// What a context key really says, the best first; none where it may say anything.
    fn values(&self, key: &str) -> Vec<String>;
    /// Every real action that can be done to a resource, the most telling first. Where `prefixes` are given, those that
    /// begin with none of these, up to their first `:` or `/` and in lower case, may be left out.
    fn done_to(&self, resource: &str, prefixes: Option<&[&str]>) -> Cow<'_, [&str]>;
}

/// What a witness became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Polished {
    /// The request.
    pub request: Request,
    /// Whether its action is a real one.
    pub is_real: bool,
}

/// Says a witness in real words, as far as that goes.
pub fn polish(planned: &Access, approved: &Access, witness: &Request, words: &dyn Vocabulary) -> Polished {
    let (plan, approval) = (Prepared::of(planned), Prepared::of(approved));
    let shows = |request: &Request| plan.judge(request) == Truth::Yes && approval.judge(request) == Truth::No;
    let unchanged = Polished { request: witness.clone(), is_real: false };
    if !shows(witness) {
        return unchanged;
    }
    let mut polished = unchanged.clone();
    if let Some(request) = find_real_request(witness, words, &plan, shows) {
        polished = Polished { request, is_real: true };
    }
    let mut asked = polished.request.clone();
    let mut stand_ins = words.stand_ins(&polished.request.action, &polished.request.resource);
    let whole = stand_ins.find(|resource| {
        asked.resource.clone_from(resource);
        shows(&asked)
    });
    drop(stand_ins);
    if let Some(resource) = whole {
        polished.request.resource = resource;
    }
    asked.clone_from(&polished.request);
    let mut principals = words.principals(&polished.request.principal);
    let whole = principals.find(|principal| {
        asked.principal.clone_from(principal);
        shows(&asked)
    });
    drop(principals);
    if let Some(principal) = whole {
        polished.request.principal = principal;
    }
    for key in witness.context.keys() {
        let mut fewer = polished.request.clone();
        fewer.context.remove(key);
        if shows(&fewer) {
            polished.request = fewer;
        }
    }
    for (key, value) in &witness.context {
        let said = words.values(key);
        let is_real = matches!(value, Context::One(text) if said.contains(text));
        if !polished.request.context.contains_key(key) || is_real {
            continue;
        }
        let requests = said.into_iter().map(|text| {
            let mut request = polished.request.clone();
            request.context.insert(Arc::clone(key), Context::One(text));
            request
        });
        if let Some(request) = requests.into_iter().find(&shows) {
            polished.request = request;
        }
    }
    let agreed = evaluate::judge(planned, &polished.request) == Truth::Yes
        && evaluate::judge(approved, &polished.request) == Truth::No;
    if agreed { polished } else { unchanged }
}

/// The first real request that still shows the difference: a real action where it is really done, else where it was.
fn find_real_request(
    witness: &Request,
    words: &dyn Vocabulary,
    plan: &Prepared<'_>,
    shows: impl Fn(&Request) -> bool,
) -> Option<Request> {
    let mut left = MAX_REQUESTS;
    let mut elsewhere = None;
    let mut request = witness.clone();
    let prefixes = plan.list_prefixes();
    for action in words.actions(&witness.action, prefixes.as_deref()) {
        if !plan.may_allow_action(&action, witness) {
            continue;
        }
        request.action = action;
        for resource in words.resources(&request.action.clone(), &witness.resource) {
            request.resource = resource;
            if shows(&request) {
                return Some(request);
            }
            left = left.checked_sub(1)?;
        }
        if elsewhere.is_none() {
            request.resource.clone_from(&witness.resource);
            elsewhere = shows(&request).then(|| request.clone());
        }
        left = match left.checked_sub(1) {
            Some(left) => left,
            None => break,
        };
    }
    elsewhere
}
