//! A list of PolicyRules, in Terraform's spelling (`api_groups`) or in Kubernetes's (`apiGroups`).
//!
//! A list that is empty grants nothing, except that no `resourceNames` means every name. What is not known before apply
//! costs what it costs: a text with a hole is a pattern with a hole, and what may be listed or may not stands in a rule of
//! its own, under a demand of which nothing is known.

use crate::lower::listed::{Listed, NoText, Scalars, one_of_several};
use crate::lower::{DocumentValue, Lowered, Side, Text, spelling};
use crate::reason::{DocumentError, Reason};
use crate::value::UnknownOrigin;
use access_algebra::{Condition, Pattern, Quantifier, Strings, Test};

use super::{API_GROUP, NAME, PolicyRule, match_resource, match_url, match_verbs, match_whole_star};

/// The members of a rule, each in both spellings.
const VERBS: [&str; 2] = ["verbs", "verbs"];
const API_GROUPS: [&str; 2] = ["api_groups", "apiGroups"];
const RESOURCES: [&str; 2] = ["resources", "resources"];
const RESOURCE_NAMES: [&str; 2] = ["resource_names", "resourceNames"];
const URLS: [&str; 2] = ["non_resource_urls", "nonResourceURLs"];

/// The rules of the document. On the planned side, what can't be read is every rule there is.
pub(super) fn read_rules(side: Side, document: &DocumentValue, lowered: &mut Lowered) -> Vec<PolicyRule> {
    let mut rules = Vec::new();
    let parsed = document.parse_text("the list of rules").map_err(Reason::from);
    let read = parsed.and_then(|parsed| collect_rules(side, &parsed, &mut rules));
    if let Err(reason) = read {
        spelling::add_doubt(lowered, reason);
        return match side {
            Side::Planned => allow_everything().into(),
            Side::Approved => Vec::new(),
        };
    }
    rules
}

/// Every verb on every resource and every URL.
pub(super) fn allow_everything() -> [PolicyRule; 2] {
    let on = |conditions: Vec<Condition>, is_url| PolicyRule {
        verbs: match_verbs(vec![Pattern::any()]),
        resources: Strings::any(),
        conditions,
        is_url,
    };
    [on(vec![require_group(true)], false), on(vec![require_group(false)], true)]
}

/// The rule as one that may not be there, or may give less.
fn doubt_rule(side: Side, rule: PolicyRule, document: &DocumentValue, doubt: &UnknownOrigin) -> PolicyRule {
    let text = Text::unknown(doubt);
    let demand =
        text.first_hole().map(|hole| spelling::require_known(&format!("{side:?} {document:?}"), hole));
    PolicyRule { conditions: rule.conditions.into_iter().chain(demand).collect(), ..rule }
}

fn collect_rules(side: Side, document: &DocumentValue, rules: &mut Vec<PolicyRule>) -> Result<(), Reason> {
    let mut collect_doubted = |document: &DocumentValue, doubt: UnknownOrigin| {
        let mut found = Vec::new();
        collect_rules(side, document, &mut found)?;
        rules.extend(found.into_iter().map(|rule| doubt_rule(side, rule, document, &doubt)));
        Ok(())
    };
    match document {
        DocumentValue::Each(element) => {
            collect_doubted(element, UnknownOrigin::Deferred("how many rules there are".into()))
        }
        DocumentValue::OneOf(alternatives) => alternatives
            .iter()
            .try_for_each(|alternative| collect_doubted(alternative, one_of_several("a rule"))),
        DocumentValue::List(items) => items.iter().try_for_each(|item| collect_rules(side, item, rules)),
        DocumentValue::Object(_) => {
            if let Some(name) = document.find_open_name() {
                let everything = allow_everything().into_iter();
                rules.extend(everything.map(|rule| doubt_rule(side, rule, document, &name.first_origin())));
            } else {
                rules.extend(read_rule(side, document)?);
            }
            Ok(())
        }
        DocumentValue::Null => Ok(()),
        DocumentValue::Unknown(origin) => {
            let everything = allow_everything().into_iter();
            rules.extend(everything.map(|rule| doubt_rule(side, rule, document, origin)));
            Ok(())
        }
        DocumentValue::Bool(_)
        | DocumentValue::Number(_)
        | DocumentValue::Text(_)
        | DocumentValue::Json(_)
        | DocumentValue::Rendered(..) => Err(DocumentError::NotAnObject { part: "a rule" }.into()),
    }
}

/// The lists of one rule.
struct RuleLists {
    verbs: Listed<Text>,
    groups: Listed<Text>,
    resources: Listed<Text>,
    /// None where they are not known: there may be none, which is every name.
    names: Option<Listed<Text>>,
    urls: Listed<Text>,
}

fn read_rule(side: Side, rule: &DocumentValue) -> Result<Vec<PolicyRule>, Reason> {
    let known = [VERBS, API_GROUPS, RESOURCES, RESOURCE_NAMES, URLS].concat();
    if let DocumentValue::Object(members) = rule {
        let mut names = members.iter().map(|(key, _)| key.as_known().unwrap_or_default());
        if let Some(key) = names.find(|key| !known.contains(key)) {
            return Err(DocumentError::UndefinedElement { part: "a rule", element: key.to_owned() }.into());
        }
    }
    let [verbs, _] = VERBS;
    if rule.get(verbs).is_null() {
        // What has no verbs is no rule; a file of another kind must not pass for one that grants nothing.
        return Err(DocumentError::MissingElement { part: "a rule", element: verbs }.into());
    }
    let list = |keys: [&'static str; 2]| read_texts(find_list(rule, keys)?, keys);
    let names = find_list(rule, RESOURCE_NAMES)?;
    let is_known = !matches!(names, DocumentValue::Unknown(_));
    let lists = RuleLists {
        verbs: list(VERBS)?,
        groups: list(API_GROUPS)?,
        resources: list(RESOURCES)?,
        names: is_known.then(|| read_texts(names, RESOURCE_NAMES)).transpose()?,
        urls: list(URLS)?,
    };
    Ok(lists.make_rules(side, rule))
}

impl RuleLists {
    /// Rules of what is certainly listed, and of what may be listed besides.
    fn make_rules(&self, side: Side, rule: &DocumentValue) -> Vec<PolicyRule> {
        let lists = [&self.verbs, &self.groups, &self.resources, &self.urls];
        let is_open = lists.iter().any(|list| list.is_open())
            || self.names.as_ref().is_none_or(|names| names.is_open());
        let certain = |list: &Listed<Text>| list.certain.clone();
        let mut rules = Vec::new();
        // No name at all would be every name.
        let names = self.names.as_ref().filter(|names| !names.is_open() || !names.certain.is_empty());
        if let Some(names) = names {
            let core = [&self.verbs, &self.groups, &self.resources, &self.urls].map(certain);
            rules.extend(make_rules(core, certain(names)));
        }
        if is_open {
            let all = |list: &Listed<Text>| list.all().cloned().collect::<Vec<Text>>();
            let envelope = [&self.verbs, &self.groups, &self.resources, &self.urls].map(all);
            let names = self.names.as_ref().filter(|names| !names.certain.is_empty()).map(all);
            let unknown = find_list(rule, RESOURCE_NAMES).ok().and_then(DocumentValue::as_unknown);
            let doubt = unknown.cloned().unwrap_or_else(|| one_of_several("a rule"));
            let envelope = make_rules(envelope, names.unwrap_or_default()).into_iter();
            rules.extend(envelope.map(|one| doubt_rule(side, one, rule, &doubt)));
        }
        rules
    }
}

fn make_rules([verbs, groups, resources, urls]: [Vec<Text>; 4], names: Vec<Text>) -> Vec<PolicyRule> {
    let patterns: Vec<Pattern> = verbs.iter().map(match_whole_star).collect();
    let mut rules = Vec::new();
    if patterns.is_empty() {
        return rules;
    }
    if !groups.is_empty() && !resources.is_empty() {
        let mut conditions = vec![require_groups(&groups)];
        if !names.is_empty() {
            conditions
                .push(spelling::require_one_of(NAME, names.iter().map(spelling::spell_exact).collect()));
        }
        rules.push(PolicyRule {
            verbs: match_verbs(patterns.clone()),
            resources: Strings::of(resources.iter().map(match_resource)),
            conditions,
            is_url: false,
        });
    }
    if !urls.is_empty() {
        rules.push(PolicyRule {
            verbs: match_verbs(patterns),
            resources: Strings::of(urls.iter().map(match_url)),
            conditions: vec![require_group(false)],
            is_url: true,
        });
    }
    rules
}

/// A list that is written in one of two spellings, or in both.
fn find_list<'d>(rule: &'d DocumentValue, keys: [&'static str; 2]) -> Result<&'d DocumentValue, Reason> {
    let [terraform, kubernetes] = keys;
    match (rule.get(terraform), rule.get(kubernetes)) {
        (DocumentValue::Null, other) | (other, DocumentValue::Null) => Ok(other),
        (one, other) if one == other => Ok(one),
        _ => {
            let (one, other) = (terraform, kubernetes);
            Err(DocumentError::ConflictingElements { part: "a rule", one, other }.into())
        }
    }
}

/// The texts of a list. Terraform tells an empty text and null apart as little as Kubernetes does.
fn read_texts(value: &DocumentValue, [terraform, _]: [&'static str; 2]) -> Result<Listed<Text>, Reason> {
    let read_item = |item: &DocumentValue| match item {
        DocumentValue::Null => Ok(Listed::certain(vec![Text::default()])),
        DocumentValue::Bool(_) | DocumentValue::Number(_) | DocumentValue::List(_) => {
            Err(DocumentError::NotText { part: terraform })
        }
        DocumentValue::Text(_)
        | DocumentValue::Object(_)
        | DocumentValue::Each(_)
        | DocumentValue::OneOf(_)
        | DocumentValue::Json(_)
        | DocumentValue::Rendered(..)
        | DocumentValue::Unknown(_) => {
            Scalars::Texts.read(item).map_err(|NoText| DocumentError::NotText { part: terraform })
        }
    };
    match value {
        DocumentValue::Null => Ok(Listed::default()),
        DocumentValue::List(items) => {
            let mut listed = Listed::default();
            for item in items {
                listed.extend(read_item(item)?);
            }
            Ok(listed)
        }
        DocumentValue::Each(element) => Ok(read_item(element)?.doubted()),
        DocumentValue::OneOf(alternatives) => {
            let mut listed = Listed::default();
            for alternative in alternatives {
                listed.extend(read_texts(alternative, [terraform, terraform])?.doubted());
            }
            Ok(listed)
        }
        DocumentValue::Unknown(origin) => Ok(Listed::certain(vec![Text::unknown(origin)])),
        DocumentValue::Bool(_)
        | DocumentValue::Number(_)
        | DocumentValue::Text(_)
        | DocumentValue::Object(_)
        | DocumentValue::Json(_)
        | DocumentValue::Rendered(..) => Err(DocumentError::NotAList { part: terraform }.into()),
    }
}

/// The request is for a resource of one of these groups.
pub(super) fn require_groups(groups: &[Text]) -> Condition {
    if groups.iter().any(spelling::is_star) {
        return require_group(true);
    }
    spelling::require_one_of(API_GROUP, groups.iter().map(spelling::spell_exact).collect())
}

/// The request is for a resource, which has a group, or for a URL, which has none.
pub(super) fn require_group(is_there: bool) -> Condition {
    Condition {
        key: API_GROUP.into(),
        test: Test::Present(is_there),
        quantifier: Quantifier::One,
        if_absent: false,
    }
}
