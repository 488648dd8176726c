//! Requests that a document may be about.

use std::collections::BTreeMap;
use std::sync::Arc;

use access_algebra::{Access, Context, Pattern, Quantifier, Request, Statement, Strings, Test, Token};

use super::hide::Hidden;

/// A small generator of numbers; the same seed gives the same numbers for ever.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(count.max(1)).unwrap()).unwrap()
    }

    fn pick<'t, T>(&mut self, all: &'t [T]) -> Option<&'t T> {
        if all.is_empty() { None } else { all.get(self.below(all.len())) }
    }
}

/// A request that some statement of the Access may match, or nearly.
pub(super) fn guess_request(random: &mut Random, access: &Access) -> Request {
    let mut context: BTreeMap<Arc<str>, Context> = BTreeMap::new();
    let one = |random: &mut Random| random.pick(&access.statements).cloned();
    let (Some(statement), Some(other)) = (one(random), one(random)) else { return Request::default() };
    for condition in statement.conditions.iter().chain(&other.conditions) {
        if random.below(4) > 0
            && let Some(text) = guess_value(random, &condition.test)
        {
            let is_many = condition.quantifier != Quantifier::One && random.below(3) == 0;
            let value =
                if is_many { Context::Many(vec![text, "other".to_owned()]) } else { Context::One(text) };
            context.insert(Arc::clone(&condition.key), value);
        }
    }
    let set = |random: &mut Random, of: fn(&Statement) -> &Strings| {
        let from = if random.below(5) == 0 { &other } else { &statement };
        random.pick(&of(from).include).cloned().unwrap_or_default()
    };
    let patterns = [
        set(random, |one| &one.principals),
        set(random, |one| &one.actions),
        set(random, |one| &one.resources),
    ];
    let [principal, action, resource] = patterns.map(|pattern| spell(random, &pattern, &context));
    Request { principal, action, resource, context }
}

/// The request with a value for the key that is hidden.
pub(super) fn with_hidden_key(request: &Request, hidden: &Hidden) -> Request {
    let mut with_key = request.clone();
    let Some((key, name)) = &hidden.key else { return with_key };
    let follows = |text: &str, at: usize| {
        let of_arn = text.starts_with("arn:").then(|| text.split(':').nth(at).map(str::to_owned));
        of_arn.flatten().filter(|part| !part.is_empty())
    };
    let value = match key.as_str() {
        "aws:principalarn" => {
            request.principal.starts_with("arn:").then(|| Context::One(request.principal.clone()))
        }
        "aws:principalaccount" => follows(&request.principal, 4).map(Context::One),
        "aws:resourceaccount" => match follows(&request.resource, 4) {
            Some(account) => Some(Context::One(account)),
            None => request.context.get(key.as_str()).cloned(),
        },
        "aws:principalisawsservice" => {
            Some(Context::One(request.principal.starts_with("Service:").to_string()))
        }
        "aws:epochtime" => request.context.get("aws:currenttime").cloned(),
        _ => request.context.get(key.as_str()).cloned(),
    };
    if let Some(value) = value {
        with_key.context.insert(name.as_str().into(), value);
    }
    with_key
}

fn guess_value(random: &mut Random, test: &Test) -> Option<String> {
    match test {
        Test::Text { values, .. } => {
            let pattern = random.pick(values).cloned()?;
            Some(spell(random, &pattern, &BTreeMap::new()))
        }
        Test::Number { values, .. } => random.pick(values).map(ToString::to_string),
        Test::Date { values, .. } => random.pick(values).map(ToString::to_string),
        Test::Address { values, .. } => random.pick(values).map(|net| net.addr().to_string()),
        Test::Present(true) => Some("x".to_owned()),
        Test::Present(false) | Test::Part { .. } | Test::Opaque(_) => None,
    }
}

fn spell(random: &mut Random, pattern: &Pattern, context: &BTreeMap<Arc<str>, Context>) -> String {
    let mut spelled = String::new();
    for token in pattern.tokens() {
        match token {
            Token::Literal(text) | Token::Folded(text) => spelled.push_str(text),
            Token::One(_) => spelled.push('x'),
            Token::Run(_) => spelled.push_str(random.pick(&["", "x", "other"]).unwrap()),
            Token::Hole(hole) => match context.get(&hole.name) {
                Some(Context::One(value)) => spelled.push_str(value),
                Some(Context::Many(_)) | None => spelled.push('x'),
            },
        }
    }
    spelled
}
