//! Applies a rule to an object.
//!
//! Takes an object and returns the words of the grants that it makes, as its rule reads them, with what they rest on.
//! Where a rule asks for something that the object does not say, the answer is a hole and not an empty list: an
//! empty list would read as "nobody" where the truth is "not known whom".

use super::alteration::Alteration;
use super::arguments::{Argument, element_path, find_arguments};
use super::lower_planned;
use crate::lower::credential::credential_action;
use crate::lower::{
    AssignmentKind, Dialect, Lowered, Mode, TermCondition, Terms, Text, TextPart, with_facts,
};
use crate::possible::Possible;
use crate::resolve::object::Object;
use crate::rules::evaluate::{evaluate, known};
use crate::rules::expression::Expr;
use crate::rules::{Exactness, GrantKind, GrantRule, Word};
use crate::subject::SubjectKind;
use crate::value::Value;
use crate::value::provenance::Provenance;
use access_algebra::HoleKind;

/// The words of one grant, as a rule reads them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Extract {
    /// What kind of grant.
    pub(super) kind: GrantKind,
    /// Whose vocabulary.
    pub(super) dialect: Dialect,
    /// The words.
    pub(super) terms: Terms,
    /// For a definition: under which names others mean it.
    pub(super) names: Vec<Text>,
    /// For an opaque grant: what it does.
    pub(super) reason: Option<String>,
    /// The attribute that holds it, where the rule says that it is optional and computed.
    pub(super) configured: Option<String>,
    /// Of which kind its principals are, where the rule says it.
    pub(super) subject: Option<SubjectKind>,
    /// Which grant of the object's rule it is.
    pub(super) rule_at: usize,
    /// Whether the words say all that the object gives.
    pub(super) exactness: Exactness,
    /// The arguments of the sources that say it.
    pub(super) arguments: Vec<Argument>,
}

impl Extract {
    /// Whether another element of the same list runs what this one runs: the words of an opaque grant hold no element.
    fn runs_the_same(&self, other: &Self) -> bool {
        self.kind == GrantKind::Opaque && self.rule_at == other.rule_at && self.terms == other.terms
    }

    /// Whether what the object gave before by these words is known well enough to be compared with.
    pub(super) fn counts_before(&self, alteration: Alteration) -> bool {
        match alteration {
            Alteration::Harmless => true,
            Alteration::Seen => self.exactness == Exactness::Exact,
            Alteration::Unseen => false,
        }
    }

    /// The Access of the words, where it is neither wider nor narrower than they say.
    pub(super) fn lower_exactly(&self) -> Option<Lowered> {
        lower_exactly(self.dialect, &self.terms)
    }
}

/// The Access of words that stand on the approved side of a comparison, where a doubt or an unknown part of a text would widen
/// what is approved.
pub(super) fn lower_exactly(dialect: Dialect, terms: &Terms) -> Option<Lowered> {
    let is_open = |part: &TextPart| match part {
        TextPart::Hole(hole) => matches!(hole.kind, HoleKind::Unknown | HoleKind::Unreadable),
        TextPart::Known(_) => false,
    };
    if terms.texts().any(|text| text.parts.iter().any(is_open)) {
        return None;
    }
    Some(lower_planned(dialect, terms)).filter(|lowered| lowered.doubts.is_empty())
}

/// The element that a grant is made of.
#[derive(Clone, Copy)]
struct Element<'r, 'w> {
    value: &'r Possible<'w>,
    /// The attribute that holds it, where it is known.
    path: Option<&'r str>,
}

/// What a rule reads of an object.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Extraction {
    /// The grants.
    pub(super) extracts: Vec<Extract>,
    /// What they rest on besides the plan, and what it rests on that there are no more of them.
    pub(super) provenance: Provenance,
}

/// The grants of an object.
pub(super) fn extract_grants(object: &Object<'_>) -> Extraction {
    let mut extraction = Extraction::default();
    for (rule_at, rule) in object.rule.grants.iter().enumerate() {
        match &rule.for_each {
            None => extraction.add(object, rule_at, rule, None),
            Some(expr) => {
                let elements = evaluate(expr, object, None);
                extraction.provenance.absorb(&elements.provenance());
                for (at, value) in elements.elements().iter().enumerate() {
                    let path = object.world.plan.sources().and_then(|_| element_path(expr, at));
                    extraction.add(object, rule_at, rule, Some(Element { value, path: path.as_deref() }));
                }
            }
        }
    }
    extraction
}

/// The grants of a `uses` block for the value of the attribute at a path.
pub(super) fn extract_uses<'w>(object: &Object<'w>, path: &str, value: Possible<'w>) -> Extraction {
    let value = known(value, object);
    let mut extraction = Extraction::default();
    for (rule_at, rule) in object.rule.grants.iter().enumerate() {
        extraction.add(object, rule_at, rule, Some(Element { value: &value, path: Some(path) }));
    }
    extraction
}

impl Extraction {
    /// Adds the grant of a rule, where the object makes it. One that it may make by a guess counts as made.
    fn add<'w>(
        &mut self,
        object: &Object<'w>,
        rule_at: usize,
        rule: &GrantRule,
        each: Option<Element<'_, 'w>>,
    ) {
        let mut words = Words { object, rule_at, rule, each, provenance: Provenance::NONE };
        let extract = words.extract();
        self.provenance.absorb(&words.provenance);
        let Some(extract) = extract else { return };
        match self.extracts.iter_mut().find(|known| known.runs_the_same(&extract)) {
            Some(known) => known.arguments.extend(extract.arguments),
            None => self.extracts.push(extract),
        }
    }
}

/// The words of one grant while they are read.
struct Words<'r, 'w> {
    object: &'r Object<'w>,
    rule_at: usize,
    rule: &'r GrantRule,
    each: Option<Element<'r, 'w>>,
    /// What everything rests on that was read so far.
    provenance: Provenance,
}

impl<'w> Words<'_, 'w> {
    /// Reads them. `None` where the object certainly makes no such grant.
    fn extract(&mut self) -> Option<Extract> {
        let mut terms = Terms::default();
        if let Some(each) = self.each {
            self.rest(&mut terms, &each.value.provenance());
        }
        if let Some(when) = &self.rule.when {
            let when = self.evaluate(when);
            // That there is a password tells nothing of it.
            self.rest(&mut terms, &when.provenance().without_sensitivity());
            if when.as_truth() == Some(false) && self.provenance.is_certain() {
                return None;
            }
        }
        let rule = self.rule;
        match rule.kind {
            GrantKind::Opaque => {
                let provenance = std::mem::take(&mut terms.provenance);
                terms = on_terraform("apply", self.object.type_name, self.object.address);
                terms.provenance = provenance;
            }
            GrantKind::Additive
            | GrantKind::Exclusive
            | GrantKind::Definition
            | GrantKind::Trust
            | GrantKind::Credential
            | GrantKind::Limit => self.read(&mut terms)?,
        }
        if rule.kind == GrantKind::Credential {
            terms.actions.push(credential_action(self.object.type_name));
        }
        with_facts(rule.dialect, &mut terms, self.object.world.facts.stated());
        let names = self.read_list(&mut terms, Word::Names);
        let names_provenance: Provenance = names.iter().map(|name| &name.provenance).collect();
        self.rest(&mut terms, &names_provenance);
        let subject = self.evaluate_word(Word::Subject);
        let subject = subject.and_then(|word| SubjectKind::from_word(&word.as_known()?));
        Some(Extract {
            kind: rule.kind,
            dialect: rule.dialect,
            terms,
            names,
            reason: rule.reason.clone(),
            configured: rule.configured.clone(),
            arguments: find_arguments(self.object, rule, self.each.and_then(|each| each.path)),
            rule_at: self.rule_at,
            exactness: rule.exactness,
            subject,
        })
    }

    fn evaluate(&mut self, expr: &Expr) -> Possible<'w> {
        let value = evaluate(expr, self.object, self.each.map(|each| each.value));
        self.provenance.absorb(&value.provenance());
        value
    }

    /// Notes what the grant as a whole rests on.
    fn rest(&mut self, terms: &mut Terms, provenance: &Provenance) {
        self.provenance.absorb(provenance);
        terms.provenance.absorb(provenance);
    }

    fn evaluate_word(&mut self, word: Word) -> Option<Possible<'w>> {
        self.rule.words.get(&word).map(|expr| self.evaluate(expr))
    }

    /// A list of the rule; empty where it says nothing there, or certainly nothing.
    fn read_list(&mut self, terms: &mut Terms, word: Word) -> Vec<Text> {
        self.evaluate_word(word).map(|value| self.read_texts(terms, value)).unwrap_or_default()
    }

    /// The texts of a list. What may be several texts is all of them.
    fn read_texts(&mut self, terms: &mut Terms, value: Possible<'w>) -> Vec<Text> {
        let provenance = value.provenance();
        let elements = value.elements().into_iter().flat_map(Possible::alternatives);
        let texts: Vec<Text> = elements.flat_map(Possible::elements).map(Possible::into_text).collect();
        if texts.is_empty() {
            self.rest(terms, &provenance);
        }
        texts
    }

    /// Who and on what must be said where the rule speaks of it; otherwise it is unknown, and not nobody.
    fn read_required(&mut self, terms: &mut Terms, word: Word, what: &str) -> Vec<Text> {
        if !self.rule.words.contains_key(&word) {
            return Vec::new();
        }
        let texts = self.read_list(terms, word);
        if !texts.is_empty() {
            return texts;
        }
        vec![Text::hole(HoleKind::Unreadable, &format!("{} of {}", what, self.object.address))]
    }

    /// Fills in the words of the rule. `None` where the object certainly gives nothing by it.
    fn read(&mut self, terms: &mut Terms) -> Option<()> {
        let rule = self.rule;
        if let Some(document) = self.evaluate_word(Word::Document) {
            if document.is_null() && self.provenance.is_certain() {
                return None;
            }
            self.rest(terms, &document.provenance());
            terms.document = Some((rule.format, document.into_document()));
        }
        terms.principals = self.read_required(terms, Word::Principals, "the principals");
        terms.resources = self.read_required(terms, Word::Resources, "the scope");
        terms.actions = self.read_list(terms, Word::Actions);
        terms.not_actions = self.read_subtracted(terms, Word::NotActions);
        terms.data_actions = self.read_list(terms, Word::DataActions);
        terms.not_data_actions = self.read_subtracted(terms, Word::NotDataActions);
        terms.roles = self.read_list(terms, Word::Roles);
        let gives = terms.document.is_some()
            || !terms.actions.is_empty()
            || !terms.data_actions.is_empty()
            || !terms.roles.is_empty()
            || rule.kind == GrantKind::Credential;
        if !gives && self.provenance.is_certain() {
            return None;
        }
        terms.expression = self.evaluate_word(Word::Expression).and_then(|value| {
            if value.is_null() {
                self.rest(terms, &value.provenance());
                return None;
            }
            Some(value.into_text())
        });
        for (operator, key, expr) in &rule.conditions {
            let value = self.evaluate(expr);
            let values = match value.as_list_of() {
                // Without a value there is no condition, and so the access may be wider.
                Some(_) => self.subtracted_texts(terms, value),
                None => self.read_texts(terms, value),
            };
            if !values.is_empty() {
                terms.conditions.push(TermCondition {
                    operator: operator.clone(),
                    key: Text::known(key),
                    values,
                });
            }
        }
        terms.mode = self.read_mode(terms);
        Some(())
    }

    /// What is taken out of the actions: only what certainly is. An alternative is a hole.
    fn read_subtracted(&mut self, terms: &mut Terms, word: Word) -> Vec<Text> {
        self.evaluate_word(word).map(|value| self.subtracted_texts(terms, value)).unwrap_or_default()
    }

    /// The texts of a list, none of which is there only perhaps: what may be several texts is a hole, and so is a list of
    /// unknown length.
    fn subtracted_texts(&mut self, terms: &mut Terms, value: Possible<'w>) -> Vec<Text> {
        if value.as_list_of().is_some() {
            return vec![value.into_text()];
        }
        let provenance = value.provenance();
        let texts: Vec<Text> = value.elements().into_iter().map(Possible::into_text).collect();
        if texts.is_empty() {
            self.rest(terms, &provenance);
        }
        texts
    }

    /// Doubt widens: what is not known is permanent, may be passed on, and never ends.
    fn read_mode(&mut self, terms: &mut Terms) -> Mode {
        let mut read = |word: Word| {
            let value = self.evaluate_word(word);
            if let Some(value) = &value {
                self.rest(terms, &value.provenance());
            }
            value
        };
        let (assignment, grantable, ttl) = (read(Word::Assignment), read(Word::Grantable), read(Word::Ttl));
        let assignment = match assignment.as_ref().and_then(Possible::as_known).as_deref() {
            Some("eligible") => Some(AssignmentKind::Eligible),
            Some("active") => Some(AssignmentKind::Active),
            Some(_) | None => None,
        };
        Mode {
            grantable: grantable.is_some_and(|value| value.as_truth() != Some(false)),
            assignment,
            ttl_seconds: ttl.as_ref().and_then(Possible::as_known).and_then(|text| text.parse().ok()),
        }
    }
}

/// Whether any value of an object must not be printed. A secret that the object itself computes says nothing of who may
/// do what, so it does not count.
pub(super) fn has_sensitive_value(object: &Object<'_>) -> bool {
    let Value::Object(members) = &object.values.object else { return false };
    let is_secret = |name: &str| object.rule.secrets.iter().any(|secret| secret == name);
    let is_known = |value: &Value| !matches!(value, Value::Null | Value::Unknown(_));
    members
        .iter()
        .any(|(name, value)| is_known(value) && object.values.is_sensitive(name) && !is_secret(name))
}

/// Something that Terraform does to an object, in the `terraform` dialect.
pub(super) fn on_terraform(verb: &str, what: &str, address: &str) -> Terms {
    Terms {
        principals: vec![Text::known("terraform")],
        actions: vec![Text::known(&format!("{verb}:{what}"))],
        resources: vec![Text::known(address)],
        ..Terms::default()
    }
}
