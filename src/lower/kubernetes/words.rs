//! Rules written as single words: `VERB:GROUP/RESOURCE[@NAME]` and `VERB:url:PATH`.
//!
//! `*` may stand for the verb, the group and the resource, as in a rule. `*` alone is every verb on everything.

use crate::lower::{Lowered, Side, Text, spelling};
use crate::reason::TermsError;
use access_algebra::{Pattern, Strings};

use super::rules::{allow_everything, require_group, require_groups};
use super::{NAME, PolicyRule, match_resource, match_url, match_verbs, match_whole_star};

/// The rules that these words say. A planned verb without a resource is that verb on everything; an approved one
/// approves nothing.
pub(super) fn read_words(side: Side, words: &[&Text], lowered: &mut Lowered) -> Vec<PolicyRule> {
    let mut rules = Vec::new();
    for word in words {
        if spelling::is_star(word) {
            rules.extend(allow_everything());
        } else if let Some(rule) = word.as_known().and_then(read_word) {
            rules.push(rule);
        } else if side == Side::Approved {
            spelling::add_doubt(lowered, TermsError::NoResource { action: word.to_string() });
        } else {
            let verb = match_verbs(vec![match_whole_star(word)]);
            rules.extend(allow_everything().map(|rule| PolicyRule { verbs: verb.clone(), ..rule }));
        }
    }
    rules
}

fn read_word(word: &str) -> Option<PolicyRule> {
    if let Some((verb, path)) = word.split_once(":url:") {
        return Some(PolicyRule {
            verbs: match_verbs(vec![match_whole_star(&Text::known(verb))]),
            resources: Strings::of([match_url(&Text::known(path))]),
            conditions: vec![require_group(false)],
            is_url: true,
        });
    }
    let (head, what) = word.split_once('/')?;
    let (verb, group) = head.rsplit_once(':')?;
    let (what, name) = what.split_once('@').map_or((what, None), |(what, name)| (what, Some(name)));
    if verb.is_empty() || what.is_empty() {
        return None;
    }
    let mut conditions = vec![require_groups(&[Text::known(group)])];
    conditions.extend(name.map(|name| spelling::require_one_of(NAME, vec![Pattern::literal(name)])));
    Some(PolicyRule {
        verbs: match_verbs(vec![match_whole_star(&Text::known(verb))]),
        resources: Strings::of([match_resource(&Text::known(what))]),
        conditions,
        is_url: false,
    })
}
