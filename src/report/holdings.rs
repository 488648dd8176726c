//! `review`: who holds what until when, written in a format.
//!
//! Takes a [`Population`] with what it was made of and returns [`ReviewReport`], the rows that every format writes.

pub mod csv;
pub mod html;
pub mod human;
pub mod json;
pub mod markdown;

use serde::Serialize;

use crate::holdings::{Holding, HoldingState, Population, RecordedUse};

/// The rows of a review, with their sources and counts.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewReport {
    schema: &'static str,
    as_of: String,
    sources: Vec<ReviewSource>,
    counts: ReviewCounts,
    rows: Vec<ReviewRow>,
}

/// What a review was made of.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewSource {
    /// `manifest` or `record`.
    pub kind: &'static str,
    /// As it was named.
    pub name: String,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// What the rows add up to: `rows` is the sum of `states`, and that of `reviews`.
#[derive(Clone, Debug, Serialize)]
struct ReviewCounts {
    rows: usize,
    left_out: usize,
    states: Vec<StateCount>,
    reviews: Vec<DecisionCount>,
}

#[derive(Clone, Debug, Serialize)]
struct StateCount {
    state: &'static str,
    rows: usize,
}

/// `none` stands for rows that nobody has reviewed.
#[derive(Clone, Debug, Serialize)]
struct DecisionCount {
    decision: &'static str,
    rows: usize,
}

/// One row. Days are `YYYY-MM-DD`.
#[derive(Clone, Debug, Serialize)]
struct ReviewRow {
    row_id: String,
    state: &'static str,
    suggested: &'static str,
    system: Option<String>,
    owner: String,
    ticket: String,
    kind: String,
    principal: String,
    access: String,
    resources: Vec<String>,
    why: Option<String>,
    justification: Option<String>,
    requester: Option<String>,
    approvers: Vec<String>,
    approved_on: String,
    expires_on: String,
    days_left: i32,
    review_due: Option<String>,
    last_reviewed_on: Option<String>,
    last_reviewed_by: Option<String>,
    last_decision: Option<&'static str>,
    last_recorded: Option<String>,
    recorded: &'static str,
    evidence: Vec<String>,
    file: String,
    line: usize,
}

impl ReviewReport {
    /// Takes a population and its sources.
    pub fn new(population: &Population<'_>, sources: Vec<ReviewSource>) -> Self {
        let states = population.count_states().into_iter();
        let reviews = population.count_reviews().into_iter();
        Self {
            schema: "countersign/review-v1",
            as_of: population.as_of.to_string(),
            sources,
            counts: ReviewCounts {
                rows: population.holdings.len(),
                left_out: population.left_out,
                states: states.map(|(state, rows)| StateCount { state: state.word(), rows }).collect(),
                reviews: reviews
                    .map(|(decision, rows)| DecisionCount { decision: decision.unwrap_or("none"), rows })
                    .collect(),
            },
            rows: population.holdings.iter().map(|one| ReviewRow::new(one, population)).collect(),
        }
    }

    /// Says how many rows are in each state, those of which there are some.
    fn describe_counts(&self) -> String {
        let words = |word: &str| {
            HoldingState::ALL.iter().find(|state| state.word() == word).map_or("", |state| state.words())
        };
        let parts = self.counts.states.iter().filter(|count| count.rows > 0);
        let parts: Vec<String> =
            parts.map(|count| format!("{} {}", count.rows, words(count.state))).collect();
        let left_out = match self.counts.left_out {
            0 => String::new(),
            left_out => format!("; {left_out} more were not asked for"),
        };
        format!(
            "{} {}{}{left_out}",
            self.counts.rows,
            if self.counts.rows == 1 { "row" } else { "rows" },
            if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) },
        )
    }
}

impl ReviewRow {
    fn new(holding: &Holding<'_>, population: &Population<'_>) -> Self {
        let Holding { approval, held, latest, recorded, .. } = holding;
        let texts = |list: &[crate::source::Spanned<String>]| -> Vec<String> {
            list.iter().map(|text| text.value.clone()).collect()
        };
        let (recorded, last_recorded) = match recorded {
            RecordedUse::NotAsked => ("not_asked", None),
            RecordedUse::Never => ("never", None),
            RecordedUse::Last(day) => ("used", Some(day.to_string())),
        };
        Self {
            row_id: holding.id.clone(),
            state: holding.state.word(),
            suggested: holding.suggestion.word(),
            system: approval.system_name().map(str::to_owned),
            owner: holding.owner.clone(),
            ticket: approval.id.clone(),
            kind: held.kind.clone(),
            principal: held.principal.clone(),
            access: held.access.clone(),
            resources: held.resources.clone(),
            why: holding.flaw.as_ref().map(|flaw| flaw.describe(&approval.id)),
            justification: approval.justification.as_ref().map(|text| text.value.clone()),
            requester: approval.requester.as_ref().map(|text| text.value.clone()),
            approvers: texts(&approval.approvers),
            approved_on: approval.approved_on.value.to_string(),
            expires_on: approval.expires_on.value.to_string(),
            days_left: holding.days_left(population.as_of),
            review_due: holding.review_due.map(|day| day.to_string()),
            last_reviewed_on: latest.map(|review| review.on.value.to_string()),
            last_reviewed_by: latest.map(|review| review.by.value.clone()),
            last_decision: latest.map(|review| review.decision.word()),
            last_recorded,
            recorded,
            evidence: texts(&approval.evidence),
            file: approval.place.source.name.to_string(),
            line: approval.line(),
        }
    }

    /// Says what is held: to what, for whom.
    fn describe_access(&self) -> String {
        let on = if self.resources.is_empty() {
            String::new()
        } else {
            format!(" on {}", self.resources.join(", "))
        };
        format!("{}{on}", self.access)
    }

    /// Says until when it holds and what is asked.
    fn describe_days(&self) -> String {
        let mut text =
            format!("from {} until {} ({} days left)", self.approved_on, self.expires_on, self.days_left);
        if let Some(due) = &self.review_due {
            text.push_str(&format!(", review by {due}"));
        }
        if let (Some(on), Some(by), Some(decision)) =
            (&self.last_reviewed_on, &self.last_reviewed_by, self.last_decision)
        {
            text.push_str(&format!(", reviewed on {on} by {by}: {decision}"));
        }
        match (self.recorded, &self.last_recorded) {
            ("never", _) => text.push_str(", no record names it"),
            (_, Some(day)) => text.push_str(&format!(", last recorded on {day}")),
            _ => {}
        }
        text
    }
}
