//! Whether a value is among others.

use std::collections::BTreeSet;

use super::call::Call;
use super::refusal::Refusal;
use crate::value::Value;
use crate::value::equality::is_equal;
use crate::value::sequence::Sequence;

/// The values of a sequence, of which others are looked up.
pub(super) struct Members<'v> {
    sequence: &'v Sequence,
    /// All values, where each is a known text.
    texts: Option<BTreeSet<&'v str>>,
}

impl<'v> Members<'v> {
    pub(super) fn of(sequence: &'v Sequence) -> Self {
        let texts = sequence.items().iter().map(Value::known_text).collect();
        Self { sequence, texts: if sequence.rest().is_none() { texts } else { None } }
    }

    /// Whether a value is among them, if that is known. Not read where it takes more steps than are left.
    pub(super) fn contain(&self, call: &Call<'_>, value: &Value) -> Result<Option<bool>, Refusal> {
        if let (Some(texts), Some(text)) = (&self.texts, value.known_text()) {
            return Ok(Some(texts.contains(text)));
        }
        if !call.context.budget.spend(self.sequence.items().len()) {
            return Err(Refusal::Unread);
        }
        let answers: Vec<Option<bool>> =
            self.sequence.items().iter().map(|item| is_equal(item, value)).collect();
        if answers.contains(&Some(true)) {
            return Ok(Some(true));
        }
        // What may follow may be missing too, so it only excludes.
        let rest = self.sequence.rest().map(|rest| is_equal(rest, value));
        let is_excluded = answers.iter().chain(&rest).all(|answer| *answer == Some(false));
        Ok(if is_excluded { Some(false) } else { None })
    }
}
