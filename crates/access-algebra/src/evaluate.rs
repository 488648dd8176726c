//! Whether an Access allows one request.
//!
//! Takes an Access and a concrete request and returns whether it is allowed, in three values because a policy may depend
//! on strings that are missing. This is the second opinion on every witness, so it is written to be read, not to be fast,
//! and shares no matching and no reading of numbers, dates or addresses with [`crate::contain`].
//!
//! A policy variable stands for the single value of its context key. Where that key is missing, a pattern with the
//! variable matches nothing (AWS: "Policy variables with no value").

mod matching;
mod reading;

use super::condition::{Condition, Order, Quantifier, RequestPart, Test};
use super::pattern::{Pattern, Strings};
use super::{Access, Context, Effect, Request, Statement};

/// An answer that may depend on a missing string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// Whatever the missing strings are.
    No,
    /// It depends on a missing string, or on a condition that nothing here understands.
    Maybe,
    /// Whatever the missing strings are.
    Yes,
}

impl Truth {
    fn of(known: bool) -> Self {
        if known { Self::Yes } else { Self::No }
    }

    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Maybe => Self::Maybe,
            Self::Yes => Self::No,
        }
    }

    fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// The greatest of the answers; those after a `Yes` are not asked.
    fn any(answers: impl Iterator<Item = Self>) -> Self {
        let mut greatest = Self::No;
        for answer in answers {
            greatest = greatest.max(answer);
            if greatest == Self::Yes {
                break;
            }
        }
        greatest
    }

    /// The least of the answers; those after a `No` are not asked.
    fn all(answers: impl Iterator<Item = Self>) -> Self {
        Self::any(answers.map(Self::not)).not()
    }
}

/// Whether some allowing statement matches the request and no denying one does, whatever the missing strings are.
///
/// ```
/// use access_algebra::{Access, Effect, Pattern, Request, Statement, Strings, evaluate};
///
/// let access = Access {
///     statements: vec![Statement {
///         effect: Effect::Allow,
///         principals: Strings::any(),
///         actions: Strings::of([Pattern::folded("s3:GetObject")]),
///         resources: Strings::any(),
///         conditions: Vec::new(),
///     }],
/// };
/// let request = |action: &str| Request { action: action.to_owned(), ..Request::default() };
/// assert!(evaluate::allows(&access, &request("S3:getobject")), "the case of a folded literal carries no meaning");
/// assert!(!evaluate::allows(&access, &request("s3:PutObject")));
/// ```
pub fn allows(access: &Access, request: &Request) -> bool {
    judge(access, request) == Truth::Yes
}

/// Whether some allowing statement matches the request and no denying one does.
pub fn judge(access: &Access, request: &Request) -> Truth {
    let some = |effect: Effect| {
        let those = access.statements.iter().filter(move |statement| statement.effect == effect);
        Truth::any(those.map(|statement| matches(statement, request)))
    };
    match some(Effect::Allow) {
        Truth::No => Truth::No,
        allowed @ (Truth::Maybe | Truth::Yes) => allowed.and(some(Effect::Deny).not()),
    }
}

/// Whether a statement matches the request, whether it allows or denies it.
pub fn matches(statement: &Statement, request: &Request) -> Truth {
    let parts = [
        (&statement.principals, &request.principal),
        (&statement.actions, &request.action),
        (&statement.resources, &request.resource),
    ];
    let parts = parts.into_iter().map(|(set, text)| is_member(set, text, request));
    Truth::all(parts.chain(statement.conditions.iter().map(|condition| holds(condition, request))))
}

/// Whether a text is in a set.
pub fn is_member(strings: &Strings, text: &str, request: &Request) -> Truth {
    match some_pattern(&strings.include, text, request) {
        Truth::No => Truth::No,
        included @ (Truth::Maybe | Truth::Yes) => {
            included.and(some_pattern(&strings.exclude, text, request).not())
        }
    }
}

/// Whether a pattern matches a text.
pub(crate) fn matches_pattern(pattern: &Pattern, text: &str, request: &Request) -> Truth {
    matching::matches(pattern, text, request)
}

/// Whether a condition holds for a request.
pub fn holds(condition: &Condition, request: &Request) -> Truth {
    let value = request.context.get(&condition.key);
    match (&condition.test, value) {
        (Test::Opaque(_), _) => Truth::Maybe,
        (Test::Part { part, set, negated }, _) => {
            let text = match part {
                RequestPart::Principal => &request.principal,
                RequestPart::Resource => &request.resource,
            };
            let found = is_member(set, text, request);
            if *negated { found.not() } else { found }
        }
        (Test::Present(wanted), value) => Truth::of(value.is_some() == *wanted),
        (_, None) => Truth::of(condition.if_absent),
        (test, Some(Context::One(text))) => satisfies(test, text, request),
        (test, Some(Context::Many(texts))) => {
            let each = texts.iter().map(|text| satisfies(test, text, request));
            match condition.quantifier {
                Quantifier::One => Truth::No,
                Quantifier::Unsaid if test.is_negated() => Truth::Maybe,
                Quantifier::Unsaid => Truth::any(each).and(Truth::Maybe),
                Quantifier::Any => Truth::any(each),
                Quantifier::All => Truth::all(each),
            }
        }
    }
}

/// Whether one value satisfies a test.
fn satisfies(test: &Test, text: &str, request: &Request) -> Truth {
    match test {
        Test::Text { values, negated } => {
            let found = some_pattern(values, text, request);
            if *negated { found.not() } else { found }
        }
        Test::Number { order, values, negated } => {
            let Some(number) = reading::Number::read(text) else { return Truth::No };
            let found = values.iter().any(|value| {
                reading::Number::read(&value.to_string())
                    .is_some_and(|value| in_order(*order, &number, &value))
            });
            Truth::of(found != *negated)
        }
        Test::Date { order, values, negated } => {
            let Some(instant) = reading::read_instant(text) else { return Truth::No };
            let found = values.iter().any(|value| in_order(*order, &instant, &value.as_nanosecond()));
            Truth::of(found != *negated)
        }
        Test::Address { values, negated } => {
            let address = reading::address(text);
            let found =
                values.iter().any(|net| address.is_some_and(|address| reading::lies_in(address, net)));
            Truth::of(found != *negated)
        }
        Test::Present(wanted) => Truth::of(*wanted),
        // What is no test of the value was answered above.
        Test::Part { .. } | Test::Opaque(_) => Truth::Maybe,
    }
}

fn in_order<T: Ord>(order: Order, mine: &T, theirs: &T) -> bool {
    match order {
        Order::Equal => mine == theirs,
        Order::Less => mine < theirs,
        Order::LessOrEqual => mine <= theirs,
        Order::Greater => mine > theirs,
        Order::GreaterOrEqual => mine >= theirs,
    }
}

fn some_pattern(patterns: &[Pattern], text: &str, request: &Request) -> Truth {
    Truth::any(patterns.iter().map(|pattern| matching::matches(pattern, text, request)))
}
