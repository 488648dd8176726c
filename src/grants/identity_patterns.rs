//! How identities are spelled.
//!
//! Takes the `identity_pattern` blocks of all packs and returns the identities that a text spells, each with the block
//! that says what handing it over means.

use std::collections::BTreeSet;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use regex::Regex;

use crate::rules::{IdentityPattern, RulePack, Rules};
use crate::value::Value;

/// The shortest text that is looked at, in bytes: no identity of any cloud is shorter.
const MIN_LENGTH: usize = 16;

/// The patterns of all packs, compiled.
#[derive(Debug)]
pub(super) struct IdentityPatterns<'r> {
    pub(super) patterns: Vec<(Regex, &'r RulePack, &'r IdentityPattern)>,
    /// All of them as one, which most objects do not match.
    any: Option<Regex>,
}

impl<'r> IdentityPatterns<'r> {
    /// Compiles the patterns. One that is no regular expression was refused when its pack was loaded.
    pub(super) fn compile(rules: &'r Rules) -> Self {
        let patterns = rules.packs().iter().flat_map(|pack| {
            pack.identity_patterns
                .iter()
                .filter_map(move |identity| Some((Regex::new(&identity.pattern).ok()?, pack, identity)))
        });
        let patterns: Vec<_> = patterns.collect();
        let all: Vec<String> = patterns.iter().map(|(pattern, ..)| format!("(?:{pattern})")).collect();
        let any = (!all.is_empty()).then(|| Regex::new(&all.join("|")).ok()).flatten();
        Self { patterns, any }
    }

    /// Whether any text of a value may spell an identity.
    pub(super) fn are_in(&self, value: &Value) -> bool {
        let is_in = |text: &str| {
            text.len() >= MIN_LENGTH && self.any.as_ref().is_some_and(|pattern| pattern.is_match(text))
        };
        match value {
            Value::String(text) => is_in(text) || decode_base64(text).is_some_and(|text| is_in(&text)),
            Value::List(items) => items.iter().any(|item| self.are_in(item)),
            Value::Object(members) => members.iter().any(|(name, member)| is_in(name) || self.are_in(member)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Unknown(_) => false,
        }
    }

    /// Adds the identities that a text spells, each with the place of its pattern.
    pub(super) fn find_in(&self, text: &str, found: &mut BTreeSet<(usize, String)>) {
        if text.len() < MIN_LENGTH {
            return;
        }
        for (at, (pattern, ..)) in self.patterns.iter().enumerate() {
            found.extend(pattern.find_iter(text).map(|identity| (at, identity.as_str().to_owned())));
        }
    }
}

/// The text that a text is as base64.
pub(super) fn decode_base64(text: &str) -> Option<String> {
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    if text.len() < MIN_LENGTH || !text.len().is_multiple_of(4) || !text.bytes().all(is_base64) {
        return None;
    }
    String::from_utf8(BASE64_STANDARD.decode(text).ok()?).ok()
}
