//! Applies a rule to an object: the words of the grants that it makes, and what it limits.
//!
//! Where a rule asks for something that the object does not say, the answer is a hole and not an empty list: an
//! empty list would read as "nobody" where the truth is "not known whom".

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::lower::{Assignment, Dialect, Guess, Mode, TermCondition, Terms, Text, with_facts};
use crate::resolve::object::Object;
use crate::rules::evaluate::{evaluate, known};
use crate::rules::expression::{Expr, Root};
use crate::rules::scope::Scope;
use crate::rules::term::Term;
use crate::rules::{GrantRule, Kind, LimitEnd, LimitRule, Word};
use crate::value::Value;
use access_algebra::HoleKind;

/// The words of one grant, as a rule reads them.
#[derive(Clone, Debug, PartialEq)]
pub struct Extract {
    /// What kind of grant.
    pub kind: Kind,
    /// Whose vocabulary.
    pub dialect: Dialect,
    /// The words.
    pub terms: Terms,
    /// For a definition: under which names others mean it.
    pub names: Vec<Text>,
    /// For an opaque grant: what it does.
    pub reason: Option<String>,
    /// The attribute that holds it, where the rule says that it is optional and computed.
    pub configured: Option<String>,
    /// Whether that attribute is nested blocks, which a `dynamic` block may make.
    pub in_blocks: bool,
}

/// Where a ticket ID or an owner may stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// What stands where a ticket ID is meant, and nothing else.
    pub tickets: BTreeSet<String>,
    /// Texts that may mention one.
    pub texts: BTreeSet<String>,
    /// Whom a tag names as the owner.
    pub owner: Option<String>,
}

/// The grants of an object.
pub fn grants(object: &Object<'_>) -> Vec<Extract> {
    object.rule.grants.iter().flat_map(|rule| grant(object, rule)).collect()
}

/// The grants of a `uses` block for one value of one of its attributes.
pub fn used<'w>(object: &Object<'w>, value: Term<'w>) -> Vec<Extract> {
    object.world.take_guesses();
    let value = known(value, object);
    let mut made: Vec<Extract> =
        object.rule.grants.iter().filter_map(|rule| one(object, rule, Some(&value))).collect();
    rest_on(&mut made, &object.world.take_guesses());
    made
}

/// Notes what grants rest on.
fn rest_on(made: &mut [Extract], guesses: &[Guess]) {
    for extract in made {
        extract.terms.guesses.extend_from_slice(guesses);
    }
}

fn grant(object: &Object<'_>, rule: &GrantRule) -> Vec<Extract> {
    object.world.take_guesses();
    let mut elements: Vec<_> = match &rule.for_each {
        None => vec![None],
        Some(expr) => evaluate(expr, object, None).elements().into_iter().map(Some).collect(),
    };
    // A guess that there is nothing is no reason to see nothing.
    if elements.is_empty() && object.world.has_guesses() {
        elements.push(Some(Term::unknown("what it is made for")));
    }
    let mut made: Vec<Extract> =
        elements.iter().filter_map(|each| one(object, rule, each.as_ref())).collect();
    rest_on(&mut made, &object.world.take_guesses());
    made
}

fn one<'w>(object: &Object<'w>, rule: &GrantRule, each: Option<&Term<'w>>) -> Option<Extract> {
    let value = |expr: &Expr| evaluate(expr, object, each);
    if rule.when.as_ref().is_some_and(|when| value(when).as_truth() == Some(false))
        && !object.world.has_guesses()
    {
        return None;
    }
    let mut terms = Terms::default();
    match rule.kind {
        Kind::Opaque => {
            terms = on_terraform("apply", object.type_name, object.address);
        }
        Kind::Additive
        | Kind::Exclusive
        | Kind::Definition
        | Kind::Trust
        | Kind::Credential
        | Kind::Limit => {
            words(object, rule, each, &mut terms)?;
        }
    }
    if rule.kind == Kind::Credential {
        terms.actions.push(Text::known(&format!("credential:{}", object.type_name)));
    }
    with_facts(rule.dialect, &mut terms, object.world.given);
    let names = rule.words.get(&Word::Names).map(|expr| texts(value(expr))).unwrap_or_default();
    Some(Extract {
        kind: rule.kind,
        dialect: rule.dialect,
        terms,
        names,
        reason: rule.reason.clone(),
        configured: rule.configured.clone(),
        in_blocks: in_blocks(rule),
    })
}

/// Whether a grant is made once an element of the attribute that holds it.
fn in_blocks(rule: &GrantRule) -> bool {
    let Some(Expr::Path(Root::Attribute(name), steps)) = &rule.for_each else { return false };
    steps.is_empty() && rule.configured.as_deref() == Some(name)
}

/// Something that Terraform does to an object, in the `terraform` dialect.
pub fn on_terraform(verb: &str, what: &str, address: &str) -> Terms {
    Terms {
        principals: vec![Text::known("terraform")],
        actions: vec![Text::known(&format!("{verb}:{what}"))],
        resources: vec![Text::known(address)],
        ..Terms::default()
    }
}

/// Fills in the words of a rule. `None` where the object gives nothing by it.
fn words<'w>(
    object: &Object<'w>,
    rule: &GrantRule,
    each: Option<&Term<'w>>,
    terms: &mut Terms,
) -> Option<()> {
    let value = |word: Word| rule.words.get(&word).map(|expr| evaluate(expr, object, each));
    let list = |word: Word| value(word).map(texts).unwrap_or_default();
    // Who and on what must be said where the rule speaks of it; otherwise it is unknown, and not nobody.
    let said = |word: Word, what: &str| {
        let texts = value(word).map(texts);
        match texts {
            Some(texts) if texts.is_empty() => {
                vec![Text::hole(HoleKind::Unknown, &format!("{} of {}", what, object.address))]
            }
            Some(texts) => texts,
            None => Vec::new(),
        }
    };
    if let Some(document) = value(Word::Document) {
        if document.is_null() && !object.world.has_guesses() {
            return None;
        }
        let format = if let Term::Document(format, _) = &document { *format } else { rule.format };
        terms.document = Some((format, document.into_value()));
    }
    terms.principals = said(Word::Principals, "the principals");
    let others = object.world.take_guesses();
    terms.resources = said(Word::Resources, "the scope");
    if terms.document.is_some() {
        terms.scope_guesses = object.world.take_guesses();
    }
    object.world.keep_guesses(others);
    terms.actions = list(Word::Actions);
    terms.not_actions = list(Word::NotActions);
    terms.data_actions = list(Word::DataActions);
    terms.not_data_actions = list(Word::NotDataActions);
    terms.roles = list(Word::Roles);
    let gives = terms.document.is_some()
        || !terms.actions.is_empty()
        || !terms.data_actions.is_empty()
        || !terms.roles.is_empty()
        || rule.kind == Kind::Credential;
    if !gives && !object.world.has_guesses() {
        return None;
    }
    terms.expression = value(Word::Expression).filter(|term| !term.is_null()).map(Term::into_text);
    for (operator, key, expr) in &rule.conditions {
        let values = texts(evaluate(expr, object, each));
        if !values.is_empty() {
            terms.conditions.push(TermCondition { operator: operator.clone(), key: key.clone(), values });
        }
    }
    terms.mode = mode(value(Word::Assignment), value(Word::Grantable), value(Word::Ttl));
    Some(())
}

/// Doubt widens: what is not known is permanent, may be passed on, and never ends.
fn mode(assignment: Option<Term<'_>>, grantable: Option<Term<'_>>, ttl: Option<Term<'_>>) -> Mode {
    let assignment = match assignment.as_ref().and_then(Term::as_known).as_deref() {
        Some("eligible") => Some(Assignment::Eligible),
        Some("active") => Some(Assignment::Active),
        Some(_) | None => None,
    };
    Mode {
        grantable: grantable.is_some_and(|term| term.as_truth() != Some(false)),
        assignment,
        ttl_seconds: ttl.as_ref().and_then(Term::as_known).and_then(|text| text.parse().ok()),
    }
}

fn texts(term: Term<'_>) -> Vec<Text> {
    term.elements().into_iter().map(Term::into_text).collect()
}

/// What an object stops limiting when it changes from `before` to `after`: names of limits, as in
/// `remove:TYPE.NAME`. `after` is `None` where the object goes.
pub fn lost_limits<'o>(before: &Object<'o>, after: Option<&Object<'o>>) -> Vec<&'o LimitRule> {
    before.rule.limits.iter().filter(|limit| is_lost(limit, before, after)).collect()
}

fn is_lost<'o>(limit: &LimitRule, before: &Object<'o>, after: Option<&Object<'o>>) -> bool {
    if after.is_none() && limit.ends == LimitEnd::WithObject {
        return false;
    }
    if limit.when.as_ref().is_some_and(|when| evaluate(when, before, None).as_truth() == Some(false)) {
        return false;
    }
    let was = evaluate(&limit.value, before, None).into_value();
    before.world.take_guesses();
    let is = after.map(|after| evaluate(&limit.value, after, None).into_value()).unwrap_or_default();
    let is = if before.world.take_guesses().is_empty() { is } else { Value::Unknown("a guess".into()) };
    if empty(&was) || was == is {
        return false;
    }
    match &limit.tight {
        None => true,
        Some(tight) => {
            let tight = evaluate(tight, before, None).into_value();
            was == tight && is != tight
        }
    }
}

fn empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::List(items) => items.is_empty(),
        Value::String(text) => text.is_empty(),
        Value::Object(_) | Value::Bool(_) | Value::Number(_) | Value::Unknown(_) => false,
    }
}

/// Attributes in which people write tickets and owners.
const TAGS: [&str; 6] = ["tags", "tags_all", "labels", "terraform_labels", "effective_labels", "annotations"];
/// Keys that mean a ticket, without case and separators.
const TICKET_KEYS: [&str; 9] = [
    "ticket",
    "ticketid",
    "approval",
    "approvalid",
    "jira",
    "change",
    "changeid",
    "changerequest",
    "countersign",
];
/// Keys that mean an owner, without case and separators.
const OWNER_KEYS: [&str; 2] = ["owner", "team"];

/// Tickets and owners that an object names.
pub fn evidence(object: &Object<'_>) -> Evidence {
    let mut evidence = Evidence::default();
    let mut metadata = object.values.object.get("metadata");
    if let Value::List(items) = metadata {
        metadata = items.first().unwrap_or(&Value::Null);
    }
    for holder in [&object.values.object, metadata] {
        for name in TAGS {
            let Value::Object(tags) = holder.get(name) else { continue };
            for (key, value) in tags {
                let Some(text) = value.as_str().filter(|text| !text.is_empty()) else { continue };
                let key: String =
                    key.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
                if TICKET_KEYS.contains(&key.as_str()) {
                    evidence.tickets.insert(text.to_owned());
                } else if OWNER_KEYS.contains(&key.as_str()) && evidence.owner.is_none() {
                    evidence.owner = Some(text.to_owned());
                }
            }
        }
    }
    if let Some(text) = object.values.object.get("description").as_str() {
        evidence.texts.insert(text.to_owned());
    }
    let known = |expr: &Option<Expr>| -> Vec<String> {
        let terms = expr.as_ref().map(|expr| evaluate(expr, object, None).elements()).unwrap_or_default();
        let texts = terms.iter().filter_map(|term| term.as_known().map(Cow::into_owned));
        texts.filter(|text| !text.is_empty()).collect()
    };
    evidence.tickets.extend(known(&object.rule.tickets));
    evidence.texts.extend(known(&object.rule.mentions));
    if let Some(owner) = object.rule.owner.as_ref().map(|expr| evaluate(expr, object, None))
        && let Some(owner) = owner.as_known()
    {
        evidence.owner = Some(owner.into_owned());
    }
    evidence
}

/// Whether an optional and computed attribute is a choice of the configuration: it is set there, or an update
/// changes it, or a new object has it already at plan time, as from a `dynamic` block. A plan without a configuration
/// can't tell, so there it counts.
pub fn counts(object: &Object<'_>, is_new: bool, before: Option<&Value>, attribute: &str) -> bool {
    let after = object.object().get(attribute);
    match object.block {
        None => true,
        Some(block) if block.sets(attribute) => true,
        Some(_) if object.has_dynamic(attribute) == Some(true) => true,
        Some(_) => match (before, after) {
            (_, Value::Unknown(_)) => false,
            (None, after) => is_new && !empty(after),
            (Some(before), after) => before.get(attribute) != after,
        },
    }
}
