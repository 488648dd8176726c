//! Every real action by which one Access exceeds another on one request.
//!
//! Takes two Accesses, a request and a [`Vocabulary`], and returns the actions. What the Accesses say of the request's
//! principal, resource and context is asked once for each statement; then only the actions are left to compare.
//!
//! Many differences ask the same: a module gives the same actions on other objects to other principals. [`KnownExcess`]
//! answers each such question once. What it keeps is compared by content, so that an answer is never another question's.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, Hash, Hasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};

use super::Vocabulary;
use super::prepared::{AskedText, Prepared};
use crate::evaluate::Truth;
use crate::{Access, Effect, Pattern, Request, Strings};

/// Upper bound on questions that are kept. A plan of 10,000 grants by modules asks some dozens; a question of a policy of
/// the largest size, 6,144 characters, takes some 10 KB.
const MAX_KNOWN: usize = 1_024;

/// Returns every real action that the plan allows on the request's resource, to its principal and under its context, and
/// the approval does not.
pub fn find_excess(
    planned: &Access,
    approved: &Access,
    request: &Request,
    words: &dyn Vocabulary,
) -> Vec<String> {
    let (plan, approval) = (Prepared::on(planned, request), Prepared::on(approved, request));
    ExcessQuestion::new(&plan, &approval, request, words).answer()
}

/// The excess of many differences, each question answered once and each list of actions kept once.
#[derive(Debug, Default)]
pub struct KnownExcess {
    state: RandomState,
    known: Mutex<KnownAnswers>,
}

#[derive(Debug, Default)]
struct KnownAnswers {
    /// The questions by their hash.
    questions: HashMap<u64, Vec<KnownQuestion>>,
    /// How many questions there are.
    count: usize,
    lists: HashSet<Arc<[String]>>,
}

impl KnownExcess {
    /// Returns what [`find_excess`] does. Equal lists are one list.
    pub fn find(
        &self,
        planned: &Access,
        approved: &Access,
        request: &Request,
        words: &dyn Vocabulary,
    ) -> Arc<[String]> {
        let (plan, approval) = (Prepared::on(planned, request), Prepared::on(approved, request));
        let question = ExcessQuestion::new(&plan, &approval, request, words);
        // What a hole stands for is the request's to say, and no part of the question.
        let hash = (!question.has_holes()).then(|| self.state.hash_one(&question));
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = hash.and_then(|hash| lock().find(hash, &question)) {
            return found;
        }
        // Several threads may answer one question at once; the lock is not held meanwhile.
        let answer = question.answer();
        lock().add(hash, &question, answer)
    }
}

impl KnownAnswers {
    fn find(&self, hash: u64, question: &ExcessQuestion<'_>) -> Option<Arc<[String]>> {
        let known = self.questions.get(&hash)?.iter().find(|known| known.is_same(question));
        known.map(|known| Arc::clone(&known.answer))
    }

    fn add(
        &mut self,
        hash: Option<u64>,
        question: &ExcessQuestion<'_>,
        answer: Vec<String>,
    ) -> Arc<[String]> {
        let list = match self.lists.get(answer.as_slice()) {
            Some(list) => Arc::clone(list),
            None => {
                let list: Arc<[String]> = answer.into();
                self.lists.insert(Arc::clone(&list));
                list
            }
        };
        if let Some(hash) = hash.filter(|_| self.count < MAX_KNOWN) {
            self.count += 1;
            let known = KnownQuestion::new(question, Arc::clone(&list));
            self.questions.entry(hash).or_default().push(known);
        }
        list
    }
}

/// Which of some actions one Access allows on a request and another does not.
struct ExcessQuestion<'a> {
    plan: &'a Prepared<'a>,
    approval: &'a Prepared<'a>,
    request: &'a Request,
    /// The actions that are asked about.
    actions: Cow<'a, [&'a str]>,
}

impl<'a> ExcessQuestion<'a> {
    fn new(
        plan: &'a Prepared<'a>,
        approval: &'a Prepared<'a>,
        request: &'a Request,
        words: &'a dyn Vocabulary,
    ) -> Self {
        let actions = words.done_to(&request.resource, plan.list_prefixes().as_deref());
        Self { plan, approval, request, actions }
    }

    fn answer(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let is_wider = |action: &str| {
            let asked = AskedText::new(action);
            self.plan.judge_action(&asked, self.request) == Truth::Yes
                && self.approval.judge_action(&asked, self.request) == Truth::No
        };
        let actions = self.actions.iter().filter(|action| is_wider(action) && seen.insert(**action));
        actions.map(|action| (*action).to_owned()).collect()
    }

    /// What is left of both Accesses on the request.
    fn sides(&self) -> [&Prepared<'a>; 2] {
        [self.plan, self.approval]
    }

    fn has_holes(&self) -> bool {
        let actions = self.sides().into_iter().flat_map(Prepared::list_residual).map(|(.., actions)| actions);
        let mut patterns = actions.flat_map(|actions| actions.include.iter().chain(&actions.exclude));
        patterns.any(|pattern: &Pattern| pattern.holes().next().is_some())
    }
}

impl Hash for ExcessQuestion<'_> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        for side in self.sides() {
            side.list_residual().for_each(|statement| statement.hash(hasher));
            // Statements of one side are none of the other.
            hasher.write_u8(u8::MAX);
        }
        // The actions follow from a few formats, so that their number and their ends tell most lists apart.
        (self.actions.len(), self.actions.first(), self.actions.last()).hash(hasher);
    }
}

/// A question that was answered.
#[derive(Debug)]
struct KnownQuestion {
    sides: [Vec<(Effect, Truth, Strings)>; 2],
    actions: Vec<String>,
    answer: Arc<[String]>,
}

impl KnownQuestion {
    fn new(question: &ExcessQuestion<'_>, answer: Arc<[String]>) -> Self {
        let own = |side: &Prepared<'_>| {
            let statements = side.list_residual();
            statements.map(|(effect, rest, actions)| (effect, rest, actions.clone())).collect()
        };
        let actions = question.actions.iter().map(|action| (*action).to_owned()).collect();
        Self { sides: question.sides().map(own), actions, answer }
    }

    fn is_same(&self, question: &ExcessQuestion<'_>) -> bool {
        let are_same = |(own, side): (&Vec<(Effect, Truth, Strings)>, &Prepared<'_>)| {
            own.iter().map(|(effect, rest, actions)| (*effect, *rest, actions)).eq(side.list_residual())
        };
        self.sides.iter().zip(question.sides()).all(are_same)
            && self.actions.iter().eq(question.actions.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::iter;

    use super::{KnownExcess, find_excess};
    use crate::polish::Vocabulary;
    use crate::{Access, Context, Effect, HoleKind, Pattern, Request, Statement, Strings, Token};

    /// Two actions are done to most resources, and another one to few.
    struct Words;

    impl Vocabulary for Words {
        fn actions<'a>(
            &'a self,
            _: &'a str,
            _: Option<&'a [&'a str]>,
        ) -> Box<dyn Iterator<Item = String> + 'a> {
            Box::new(iter::empty())
        }
        fn resources<'a>(&'a self, _: &'a str, _: &'a str) -> Box<dyn Iterator<Item = String> + 'a> {
            Box::new(iter::empty())
        }
        fn stand_ins<'a>(&'a self, _: &'a str, _: &'a str) -> Box<dyn Iterator<Item = String> + 'a> {
            Box::new(iter::empty())
        }
        fn principals<'a>(&'a self, _: &'a str) -> Box<dyn Iterator<Item = String> + 'a> {
            Box::new(iter::empty())
        }
        fn values(&self, _: &str) -> Vec<String> {
            Vec::new()
        }
        fn done_to(&self, resource: &str, _: Option<&[&str]>) -> Cow<'_, [&str]> {
            Cow::Borrowed(if resource == "other" {
                &["s:get", "s:put", "t:get"]
            } else {
                &["s:get", "s:put"]
            })
        }
    }

    fn statement(effect: Effect, principal: &str, action: &Pattern, resource: &str) -> Statement {
        Statement {
            effect,
            principals: Strings::of([Pattern::literal(principal)]),
            actions: Strings::of([action.clone()]),
            resources: Strings::of([Pattern::literal(resource)]),
            conditions: Vec::new(),
        }
    }

    #[test]
    fn a_known_answer_is_that_of_the_same_question() {
        let starting = |text: &str| Pattern::new([Token::Literal(text.into()), Token::Run(None)]);
        let named = Pattern::new([
            Token::Literal("s:".into()),
            Pattern::hole(HoleKind::Variable, "k").tokens()[0].clone(),
        ]);
        let actions = [starting("s:"), starting("s:g"), Pattern::literal("t:get"), Pattern::any(), named];
        let names = ["one", "other"];
        let mut accesses = vec![Access::default()];
        for (at, action) in actions.iter().enumerate() {
            for name in names {
                for other in &actions[at..] {
                    let allowed = statement(Effect::Allow, "me", action, name);
                    let denied = statement(Effect::Deny, "me", other, name);
                    let elsewhere = statement(Effect::Allow, "you", other, name);
                    accesses.push(Access { statements: vec![allowed.clone(), denied] });
                    accesses.push(Access { statements: vec![elsewhere, allowed] });
                }
            }
        }
        let known = KnownExcess::default();
        let mut asked = 0;
        for (planned, approved) in accesses.iter().flat_map(|one| accesses.iter().map(move |two| (one, two)))
        {
            for (resource, value) in
                names.into_iter().flat_map(|name| ["get", "put"].map(|value| (name, value)))
            {
                let request = Request {
                    principal: "me".to_owned(),
                    action: "s:get".to_owned(),
                    resource: resource.to_owned(),
                    context: [("k".into(), Context::One(value.to_owned()))].into(),
                };
                let plain = find_excess(planned, approved, &request, &Words);
                assert_eq!(
                    *known.find(planned, approved, &request, &Words),
                    plain,
                    "{planned:?} {approved:?}"
                );
                asked += 1;
            }
        }
        let answers = known.known.lock().unwrap();
        assert!(answers.count * 10 < asked, "{} questions of {asked} are kept", answers.count);
        let kept = answers.questions.values().flatten().map(|known| &known.answer);
        assert!(kept.clone().all(|list| answers.lists.contains(list)), "each list is kept once");
        assert!(kept.count() > answers.lists.len(), "several questions have one answer");
    }
}
