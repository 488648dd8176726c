//! Why something could not be decided, in words.
//!
//! Takes a reason of the algebra and returns the sentence that users read. The algebra names what the answer depends on;
//! how a value is given to the program (`--fact`) is known here only.

use access_algebra::Reason;

/// One lower-case sentence: why it is undecided, and what to change.
pub fn sentence(reason: &Reason) -> String {
    match reason {
        Reason::MissingFact { fact } => {
            format!("the fact `{fact}` is missing; give it with `--fact {fact}=…` or in a `fact` block")
        }
        Reason::UnknownValue { value } => format!("`{value}` is known only after apply"),
        Reason::UnreadableValue { value } => format!("`{value}` can't be read"),
        Reason::OpaqueCondition { condition } => {
            format!("the condition `{condition}` can't be compared with any other")
        }
        Reason::Variable { .. }
        | Reason::SeveralValues { .. }
        | Reason::MixedTypes { .. }
        | Reason::Budget(_)
        | Reason::Unconfirmed => reason.to_string(),
    }
}
