//! A list of PolicyRules, in Terraform's spelling (`api_groups`) or in Kubernetes's (`apiGroups`).
//!
//! A list that is empty grants nothing, except that no `resourceNames` means every name. What is not known before
//! apply is a hole on the planned side and nothing on the approved one.

use crate::lower::{Lowered, Side, Text, spelling};
use crate::reason::{DocumentError, Reason};
use crate::value::Value;
use access_algebra::{Condition, Pattern, Quantifier, Strings, Test};

use super::{API_GROUP, NAME, PolicyRule, match_resource, match_url, match_verbs, match_whole_star};

/// The members of a rule, each in both spellings.
const VERBS: [&str; 2] = ["verbs", "verbs"];
const API_GROUPS: [&str; 2] = ["api_groups", "apiGroups"];
const RESOURCES: [&str; 2] = ["resources", "resources"];
const RESOURCE_NAMES: [&str; 2] = ["resource_names", "resourceNames"];
const URLS: [&str; 2] = ["non_resource_urls", "nonResourceURLs"];

/// The rules of the document. On the planned side, what can't be read is every rule there is.
pub(super) fn read_rules(side: Side, document: &Value, lowered: &mut Lowered) -> Vec<PolicyRule> {
    let mut rules = Vec::new();
    let read = match document {
        Value::String(text) => spelling::parse_document("the list of rules", text)
            .map_err(Reason::from)
            .and_then(|parsed| collect_rules(side, &parsed, &mut rules)),
        Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::List(_)
        | Value::Object(_)
        | Value::Unknown(_) => collect_rules(side, document, &mut rules),
    };
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

fn collect_rules(side: Side, document: &Value, rules: &mut Vec<PolicyRule>) -> Result<(), Reason> {
    match document {
        Value::List(items) => items.iter().try_for_each(|item| collect_rules(side, item, rules)),
        Value::Object(_) => {
            rules.extend(read_rule(side, document)?);
            Ok(())
        }
        Value::Null => Ok(()),
        Value::Unknown(origin) => Err(Reason::of_unknown(origin)),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            Err(DocumentError::NotAnObject { part: "a rule" }.into())
        }
    }
}

fn read_rule(side: Side, rule: &Value) -> Result<Vec<PolicyRule>, Reason> {
    let known = [VERBS, API_GROUPS, RESOURCES, RESOURCE_NAMES, URLS].concat();
    if let Value::Object(members) = rule
        && let Some((key, _)) = members.iter().find(|(key, _)| !known.contains(&&**key))
    {
        return Err(DocumentError::UndefinedElement { part: "a rule", element: key.to_string() }.into());
    }
    let [verbs, _] = VERBS;
    if *rule.get(verbs) == Value::Null {
        // What has no verbs is no rule; a file of another kind must not pass for one that grants nothing.
        return Err(DocumentError::MissingElement { part: "a rule", element: verbs }.into());
    }
    let list = |keys: [&'static str; 2]| read_texts(side, rule, keys);
    let patterns: Vec<Pattern> = list(VERBS)?.iter().map(match_whole_star).collect();
    let (groups, resources, names) = (list(API_GROUPS)?, list(RESOURCES)?, list(RESOURCE_NAMES)?);
    let urls = list(URLS)?;
    let mut rules = Vec::new();
    if patterns.is_empty() {
        return Ok(rules);
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
    Ok(rules)
}

/// The texts of a list that is written in one of two spellings, or in both.
fn read_texts(side: Side, rule: &Value, keys: [&'static str; 2]) -> Result<Vec<Text>, Reason> {
    let [terraform, kubernetes] = keys;
    let value = match (rule.get(terraform), rule.get(kubernetes)) {
        (Value::Null, other) | (other, Value::Null) => other,
        (one, other) if one == other => one,
        _ => {
            let (one, other) = (terraform, kubernetes);
            return Err(DocumentError::ConflictingElements { part: "a rule", one, other }.into());
        }
    };
    match value {
        Value::Null => Ok(Vec::new()),
        Value::List(items) => items
            .iter()
            .map(|item| match item {
                Value::Unknown(origin) if side == Side::Approved => Err(Reason::of_unknown(origin)),
                // Terraform tells an empty text and null apart as little as Kubernetes does.
                Value::Null => Ok(Text::default()),
                Value::Bool(_)
                | Value::Number(_)
                | Value::String(_)
                | Value::List(_)
                | Value::Object(_)
                | Value::Unknown(_) => {
                    spelling::read_text(item).ok_or_else(|| DocumentError::NotText { part: terraform }.into())
                }
            })
            .collect(),
        Value::Unknown(origin) if side == Side::Planned => Ok(vec![Text::unknown(origin)]),
        Value::Unknown(origin) => Err(Reason::of_unknown(origin)),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            Err(DocumentError::NotAList { part: terraform }.into())
        }
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
