//! Answers about pairs of documents in words.

use crate::compare::{
    Answer, ArnReading, CompareNote, CompareOutcome, CompareReason, DocumentName, OtherReading,
    WitnessRefusal,
};
use crate::containment::Dimension;
use crate::words::describe_reason;

/// Says in what the planned document is wider, or why nobody can say; none where it is contained.
pub(super) fn describe_answer(answer: &Answer) -> Option<String> {
    match &answer.outcome {
        CompareOutcome::Contained => None,
        CompareOutcome::Exceeds { refusal, .. } => Some(describe_refusal(*refusal).to_owned()),
        CompareOutcome::Undecided(reason) => Some(describe_compare_reason(reason)),
    }
}

/// Says what a reader of an answer has to know besides.
pub(super) fn describe_compare_note(note: &CompareNote) -> String {
    match note {
        CompareNote::JudgedByContent(used) => format!("judged by content: {used}"),
        CompareNote::JudgedByName => {
            "a role is compared by its name where it is not known what it holds: `--catalog` tells".to_owned()
        }
        CompareNote::OtherReading(other) => describe_other_reading(other),
    }
}

fn describe_refusal(refusal: WitnessRefusal) -> &'static str {
    match refusal {
        WitnessRefusal::Denied => "a statement of what is approved denies it",
        WitnessRefusal::NothingApproved => "nothing is approved",
        WitnessRefusal::Outside(Dimension::Action) => "it allows other actions than were approved",
        WitnessRefusal::Outside(Dimension::Resource) => "it reaches other resources than were approved",
        WitnessRefusal::Outside(Dimension::Principal) => "it goes to other principals than were approved",
        WitnessRefusal::Outside(Dimension::Condition) => {
            "a condition of what is approved is missing or weaker"
        }
    }
}

fn describe_other_reading(other: &OtherReading) -> String {
    let reading = match other.reading {
        ArnReading::Ending => {
            "if a `*` at the end of an ARN's segment ran over the colon, as AWS's \"Resource\" page can be read"
        }
        ArnReading::Whole => "if wildcards ran over the colons of an ARN, as some tools match them",
    };
    let example = other.example.as_ref();
    let by = example.map(|request| format!(", by {} on {}", request.action, request.resource));
    format!("{reading}, the answer would be `{}`{}", other.answer, by.unwrap_or_default())
}

fn describe_compare_reason(reason: &CompareReason) -> String {
    match reason {
        CompareReason::UnreadableLine { number, cause } => format!("line {number} can't be read: {cause}"),
        CompareReason::UnknownProvider(provider) => format!("there is no provider `{provider}`"),
        CompareReason::NoDocument(member) => format!("the line has no `{member}`"),
        CompareReason::NotJson { document, cause } => {
            format!("the {} can't be read: {cause}", name_document(*document))
        }
        CompareReason::Refused { document, cause } => {
            format!("the {} can't be read: {cause}", name_document(*document))
        }
        CompareReason::NothingPlanned => "there is no planned document to judge".to_owned(),
        CompareReason::Undecided(reason) => describe_reason(reason),
        CompareReason::DenialBetweenApproved { allowing } => format!(
            "approved document {allowing} allows what another one denies, and whether that denial is meant for both \
             is not said: put the denial and what it limits into one document"
        ),
        CompareReason::DenialBetweenPlanned => "one planned document allows what another one denies, and whether \
                                                both hold for one principal is not said: put the statements into \
                                                one document"
            .to_owned(),
    }
}

fn name_document(document: DocumentName) -> String {
    match document {
        DocumentName::Approved => "approved document".to_owned(),
        DocumentName::ApprovedAt(number) => format!("approved document {number}"),
        DocumentName::Planned => "planned document".to_owned(),
    }
}
