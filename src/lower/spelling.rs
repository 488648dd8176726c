//! Texts of a grant as patterns.
//!
//! Takes the [`Text`]s of [`super::Terms`] and returns [`Pattern`]s in which every unknown part is a hole. How case and
//! stars are read differs from word to word, so each caller chooses the function. What the lowerings of the role-based
//! clouds share is here too: credentials, and terms that another cloud defines.

use std::collections::{BTreeMap, BTreeSet};

use crate::json;
use crate::reason::{DocumentError, Reason, TermsError};
use crate::value::Value;
use access_algebra::{
    Condition, Effect, Hole, HoleKind, OpaqueDemand, Pattern, Quantifier, Statement, Strings, Test, Token,
};

use super::credential::CREDENTIAL_PREFIX;
use super::{Lowered, Side, Terms, Text, TextPart};

/// The text in its own case; a star is a star.
pub(super) fn spell_exact(text: &Text) -> Pattern {
    spell(text, |known| vec![Token::Literal(known.into())])
}

/// The text in any case; a star is a star.
pub(super) fn spell_folded(text: &Text) -> Pattern {
    spell(text, |known| vec![fold_text(known)])
}

/// The text in its own case, with a run for every star.
pub(super) fn spell_starred(text: &Text, run: &Token) -> Pattern {
    spell(text, |known| split_at_stars(known, run, |piece| Token::Literal(piece.into())))
}

/// The text in any case, with a run for every star.
pub(super) fn spell_folded_starred(text: &Text, run: &Token) -> Pattern {
    spell(text, |known| split_at_stars(known, run, fold_text))
}

/// The text in any case as one piece of a pattern.
pub(super) fn fold_text(text: &str) -> Token {
    Token::Folded(text.to_lowercase().into())
}

/// What stands at this path and below it; a path is cut at whole segments.
pub(super) fn match_at_and_below(at: Pattern) -> [Pattern; 2] {
    let below = at.tokens().iter().cloned().chain([Token::Literal("/".into()), Token::Run(None)]);
    let below = Pattern::new(below);
    [at, below]
}

/// The text without this ending, where it is known to end so.
pub(super) fn strip_end(text: &Text, end: char) -> Text {
    let mut shorter = text.clone();
    while let Some(TextPart::Known(last)) = shorter.parts.last_mut() {
        let kept = last.trim_end_matches(end);
        if kept.len() == last.len() {
            break;
        }
        if kept.is_empty() {
            shorter.parts.pop();
        } else {
            *last = kept.into();
            break;
        }
    }
    shorter
}

/// Whether nothing but a star is said.
pub(super) fn is_star(text: &Text) -> bool {
    text.as_known() == Some("*")
}

/// Parses the text of a document. In text nothing is known only after apply: what the parser leaves unknown is a number.
pub(super) fn parse_document(part: &'static str, text: &str) -> Result<Value, DocumentError> {
    let value = json::parse(text).map_err(|error| DocumentError::NotJson { part, error })?;
    if holds_unknown(&value) { Err(DocumentError::InexactNumber { part }) } else { Ok(value) }
}

fn holds_unknown(value: &Value) -> bool {
    match value {
        Value::Unknown(_) => true,
        Value::List(items) => items.iter().any(holds_unknown),
        Value::Object(members) => members.iter().any(|(_, member)| holds_unknown(member)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// A text that is there and that nobody can read, before apply or after.
pub(super) fn unreadable_text(name: &str) -> Text {
    Text::hole(HoleKind::Unreadable, name)
}

/// The actions that make credentials, and the others.
pub(super) fn split_credentials(actions: &[Text]) -> (Vec<&Text>, Vec<&Text>) {
    actions.iter().partition(
        |action| matches!(action.parts.first(), Some(TextPart::Known(first)) if first.starts_with(CREDENTIAL_PREFIX)),
    )
}

/// What no star among actions means: a credential is approved by name.
pub(super) fn match_any_credential() -> Pattern {
    Pattern::new([Token::Literal(CREDENTIAL_PREFIX.into()), Token::Run(None)])
}

/// The statement for the credentials among the actions. A credential has no resource: it is scoped by whom it
/// lets one act as.
pub(super) fn allow_credentials(
    actions: &[&Text],
    principals: &Strings,
    conditions: &[Condition],
) -> Option<Statement> {
    (!actions.is_empty()).then(|| {
        let actions = Strings::of(actions.iter().map(|action| spell_exact(action)));
        allow(principals.clone(), actions, Strings::any(), conditions.to_vec())
    })
}

/// A statement that adds.
pub(super) fn allow(
    principals: Strings,
    actions: Strings,
    resources: Strings,
    conditions: Vec<Condition>,
) -> Statement {
    Statement { effect: Effect::Allow, principals, actions, resources, conditions }
}

/// One value of the key is one of these; a request without the key does not satisfy it.
pub(super) fn require_one_of(key: &str, values: Vec<Pattern>) -> Condition {
    Condition {
        key: key.into(),
        test: Test::Text { values, negated: false },
        quantifier: Quantifier::One,
        if_absent: false,
    }
}

/// The request does not have the key.
pub(super) fn require_absent(key: &str) -> Condition {
    Condition { key: key.into(), test: Test::Present(false), quantifier: Quantifier::One, if_absent: false }
}

/// A demand that equals itself and nothing else.
pub(super) fn require_opaque(key: &str, words: &str) -> Condition {
    Condition {
        key: key.into(),
        test: Test::Opaque(OpaqueDemand::new(words)),
        quantifier: Quantifier::One,
        if_absent: false,
    }
}

/// A demand of which nothing is known until a hole is. It equals itself and nothing else; `words` say all that it may
/// depend on.
pub(super) fn require_known(words: &str, hole: &Hole) -> Condition {
    let demand = OpaqueDemand { words: words.into(), missing: Some(hole.clone()) };
    Condition {
        key: "what is not wholly known".into(),
        test: Test::Opaque(demand),
        quantifier: Quantifier::One,
        if_absent: false,
    }
}

/// Whether an approval uses conditions that only AWS has, and so is not what its author meant. A plan that has them
/// is judged without them.
pub(super) fn has_foreign_conditions(side: Side, terms: &Terms, lowered: &mut Lowered) -> bool {
    if terms.conditions.is_empty() || side == Side::Planned {
        return false;
    }
    add_doubt(lowered, TermsError::ConditionsNotSupported);
    true
}

/// The same of the lists of actions that only Azure has: here a plan that has them can't be judged either.
pub(super) fn has_foreign_words(side: Side, terms: &Terms, lowered: &mut Lowered) -> bool {
    let mut lists = [&terms.not_actions, &terms.data_actions, &terms.not_data_actions].into_iter();
    if lists.all(Vec::is_empty) {
        return has_foreign_conditions(side, terms, lowered);
    }
    add_doubt(lowered, TermsError::ActionListsNotSupported);
    side == Side::Approved
}

/// Whether words that name no action mean every action: for a plan they may, for an approval they don't.
pub(super) fn means_everything(side: Side, lowered: &mut Lowered) -> bool {
    if side == Side::Approved {
        add_doubt(lowered, TermsError::NoAction);
    }
    side == Side::Planned
}

/// Adds to places what is known to lie in them, however deep. `key` spells a place as `children` does.
pub(super) fn add_descendants(
    places: &mut Vec<Text>,
    children: &BTreeMap<String, Vec<String>>,
    key: impl Fn(&str) -> String,
) {
    let mut seen: BTreeSet<String> = places.iter().filter_map(Text::as_known).map(&key).collect();
    let mut open: Vec<String> = seen.iter().cloned().collect();
    while let Some(parent) = open.pop() {
        for child in children.get(&parent).into_iter().flatten() {
            if seen.insert(child.clone()) {
                places.push(Text::known(child));
                open.push(child.clone());
            }
        }
    }
}

/// Notes once what only a fact could tell of an approval.
pub(super) fn add_missing_fact(lowered: &mut Lowered, reason: Reason) {
    if !lowered.missing_facts.contains(&reason) {
        lowered.missing_facts.push(reason);
    }
}

/// Notes what can't be said.
pub(super) fn add_doubt(lowered: &mut Lowered, reason: impl Into<Reason>) {
    lowered.doubts.push(reason.into());
}

fn spell(text: &Text, known: impl Fn(&str) -> Vec<Token>) -> Pattern {
    Pattern::new(text.parts.iter().flat_map(|part| match part {
        TextPart::Known(text) => known(text),
        TextPart::Hole(hole) => vec![Token::Hole(hole.clone())],
    }))
}

fn split_at_stars(text: &str, run: &Token, piece: impl Fn(&str) -> Token) -> Vec<Token> {
    let mut tokens = Vec::new();
    for (index, between) in text.split('*').enumerate() {
        if index > 0 && tokens.last() != Some(run) {
            tokens.push(run.clone());
        }
        if !between.is_empty() {
            tokens.push(piece(between));
        }
    }
    tokens
}
