//! What is owed after an exception, in words.

use jiff::Timestamp;

use crate::authority::DoneRefusal;
use crate::manifest::Duty;

/// Says what has to be done, as an instruction.
pub(super) fn describe_duty(duty: Duty) -> &'static str {
    match duty {
        Duty::Record => "record it",
        Duty::CleanUp => "clean up",
        Duty::Review => "review it",
    }
}

/// The name of a duty for programs.
pub(crate) fn name_duty(duty: Duty) -> &'static str {
    match duty {
        Duty::Record => "record",
        Duty::CleanUp => "clean_up",
        Duty::Review => "review",
    }
}

/// Says that something is late after an exception; `grant` is what the plan still shows of it.
pub(super) fn describe_late(
    duty: Duty,
    (exception, system): (&str, &str),
    due: Timestamp,
    refused: Option<&DoneRefusal>,
    grant: Option<String>,
) -> String {
    let blocks = format!("every apply on system `{system}` is blocked until then");
    let but = |text: String| refused.map_or(text, |refusal| format!("and {}", refusal.describe(exception)));
    match (duty, grant) {
        (Duty::CleanUp, Some(grant)) => format!(
            "{exception} let by {grant}, which had to be gone or approved by {due} and is neither; {blocks}"
        ),
        (Duty::CleanUp, None) => format!(
            "what {exception} let by had to be gone or approved by {due}, {}; {blocks}",
            but("and nobody has recorded that it is".to_owned())
        ),
        (Duty::Record, _) => {
            format!("{exception} had to be recorded by {due}, {}; {blocks}", but("and nobody has".to_owned()))
        }
        (Duty::Review, _) => {
            format!("{exception} had to be reviewed by {due}, {}; {blocks}", but("and nobody has".to_owned()))
        }
    }
}

/// Says what to do about it.
pub(super) fn late_remedy(duty: Duty, exception: &str, is_there: bool) -> String {
    match duty {
        Duty::CleanUp if is_there => "remove the access, or have it approved".to_owned(),
        Duty::CleanUp => format!(
            "remove the access with an apply of its own, or have it approved; then add a `cleaned_up` block to {exception}"
        ),
        Duty::Record => {
            format!("write {exception} down where incidents are, and add a `recorded` block to it")
        }
        Duty::Review => format!(
            "have {exception} reviewed by somebody who neither asked for it nor approved it, and add a `reviewed` block to it"
        ),
    }
}
