//! Rules written as single words: `VERB:GROUP/RESOURCE[@NAME]` and `VERB:url:PATH`.
//!
//! `*` may stand for the verb, the group and the resource, as in a rule. `*` alone is every verb on everything.

use crate::lower::{Lowered, Side, Text, spelling};
use crate::reason::TermsError;
use access_algebra::{Pattern, Strings};

use super::rules::{everything, has_group, in_groups};
use super::{NAME, Rule, resource, url, verbs, whole_star};

/// The rules that these words say. A planned verb without a resource is that verb on everything; an approved one
/// approves nothing.
pub(super) fn rules(side: Side, words: &[&Text], lowered: &mut Lowered) -> Vec<Rule> {
    let mut rules = Vec::new();
    for word in words {
        if spelling::is_star(word) {
            rules.extend(everything());
        } else if let Some(rule) = word.as_known().and_then(rule) {
            rules.push(rule);
        } else if side == Side::Approved {
            spelling::doubt(lowered, TermsError::NoResource { action: word.to_string() });
        } else {
            let verb = verbs(vec![whole_star(word)]);
            rules.extend(everything().map(|rule| Rule { verbs: verb.clone(), ..rule }));
        }
    }
    rules
}

fn rule(word: &str) -> Option<Rule> {
    if let Some((verb, path)) = word.split_once(":url:") {
        return Some(Rule {
            verbs: verbs(vec![whole_star(&Text::known(verb))]),
            resources: Strings::of([url(&Text::known(path))]),
            conditions: vec![has_group(false)],
            is_url: true,
        });
    }
    let (head, what) = word.split_once('/')?;
    let (verb, group) = head.rsplit_once(':')?;
    let (what, name) = what.split_once('@').map_or((what, None), |(what, name)| (what, Some(name)));
    if verb.is_empty() || what.is_empty() {
        return None;
    }
    let mut conditions = vec![in_groups(&[Text::known(group)])];
    conditions.extend(name.map(|name| spelling::one_of(NAME, vec![Pattern::literal(name)])));
    Some(Rule {
        verbs: verbs(vec![whole_star(&Text::known(verb))]),
        resources: Strings::of([resource(&Text::known(what))]),
        conditions,
        is_url: false,
    })
}
