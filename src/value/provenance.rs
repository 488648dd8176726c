//! What a value rests on besides the plan.
//!
//! A [`Provenance`] is part of a value and goes wherever the value goes: what is computed of several values rests on
//! what each of them rests on. A value that rests on a guess may be any other value, so it is never approved.

use std::sync::Arc;

/// A reference that was followed though nobody knows what the expression around it makes of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Guess {
    /// What is known only after apply: an attribute, a variable or an output, with its address.
    pub value: Arc<str>,
    /// What it refers to, as plan JSON writes it.
    pub reference: Arc<str>,
}

/// What a value rests on. The empty one is that of nearly every value and costs nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Provenance(Option<Arc<Basis>>);

/// In the order in which it was met.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Basis {
    guesses: Vec<Guess>,
    trusted: bool,
    sensitive: bool,
}

impl Provenance {
    /// That of a value which stands in the plan.
    pub const NONE: Self = Self(None);

    /// That of a value behind a reference of which nobody knows whether it is the whole expression.
    pub fn guess(value: &str, reference: &str) -> Self {
        let guess = Guess { value: value.into(), reference: reference.into() };
        Self(Some(Arc::new(Basis { guesses: vec![guess], ..Basis::default() })))
    }

    /// That of a value behind a reference of which somebody vouches that it is the whole expression.
    pub fn trusted() -> Self {
        Self(Some(Arc::new(Basis { trusted: true, ..Basis::default() })))
    }

    /// That of a value that must not be printed.
    pub fn sensitive() -> Self {
        Self(Some(Arc::new(Basis { sensitive: true, ..Basis::default() })))
    }

    /// Whether the value is the one at hand, and no other.
    pub fn is_certain(&self) -> bool {
        self.guesses().is_empty()
    }

    /// What was guessed, each guess once.
    pub fn guesses(&self) -> &[Guess] {
        self.0.as_ref().map_or(&[], |basis| &basis.guesses)
    }

    /// Whether somebody vouches for a reference that it rests on.
    pub fn is_trusted(&self) -> bool {
        self.0.as_ref().is_some_and(|basis| basis.trusted)
    }

    /// Whether it must not be printed.
    pub fn is_sensitive(&self) -> bool {
        self.0.as_ref().is_some_and(|basis| basis.sensitive)
    }

    /// The same of something that may be printed though the value may not.
    #[must_use]
    pub fn without_sensitivity(mut self) -> Self {
        if self.is_sensitive()
            && let Some(basis) = &mut self.0
        {
            Arc::make_mut(basis).sensitive = false;
        }
        self
    }

    /// Adds what another value rests on.
    pub fn absorb(&mut self, other: &Self) {
        let Some(theirs) = &other.0 else { return };
        let Some(own) = &mut self.0 else {
            *self = other.clone();
            return;
        };
        if Arc::ptr_eq(own, theirs) {
            return;
        }
        let own = Arc::make_mut(own);
        for guess in &theirs.guesses {
            if !own.guesses.contains(guess) {
                own.guesses.push(guess.clone());
            }
        }
        own.trusted |= theirs.trusted;
        own.sensitive |= theirs.sensitive;
    }
}

impl<'p> FromIterator<&'p Provenance> for Provenance {
    fn from_iter<I: IntoIterator<Item = &'p Provenance>>(all: I) -> Self {
        let mut whole = Self::NONE;
        for one in all {
            whole.absorb(one);
        }
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::Provenance;

    #[test]
    fn absorbing_keeps_each_guess_once_and_in_order() {
        let (a, b) = (Provenance::guess("x.a", "y.a"), Provenance::guess("x.b", "y.b"));
        let both: Provenance = [&a, &b, &a, &Provenance::NONE].into_iter().collect();
        let values: Vec<&str> = both.guesses().iter().map(|guess| &*guess.value).collect();
        assert_eq!(values, ["x.a", "x.b"]);
        assert!(!both.is_certain() && Provenance::trusted().is_certain());
    }

    #[test]
    fn trust_and_sensitivity_stay() {
        let mut all = Provenance::guess("x.a", "y.a");
        assert!(!all.is_trusted() && !all.is_sensitive());
        all.absorb(&Provenance::trusted());
        all.absorb(&Provenance::sensitive());
        assert!(all.is_trusted() && all.is_sensitive() && !all.is_certain());
    }
}
