//! What an apply has to know of a record that an earlier check wrote.
//!
//! Takes the text of a record and returns its [`RecordedDecision`]. Whether it is signed, and by whom, is for the user's own
//! verifier to say beforehand.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::NamedDigest;
use super::statement::{ALLOWED, PREDICATE_TYPE, STATEMENT_TYPE};
use crate::json::{self, JsonError};
use crate::plan::RecordGap;

/// Why a text is no record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// It is no JSON that everybody reads alike.
    #[error("this is not JSON: {0}")]
    NotJson(JsonError),
    /// It has another shape.
    #[error("this is not a record of `countersign check`")]
    NotARecord,
    /// It is about something else, or of another version.
    #[error("this is a statement of another type: `{0}`")]
    OtherType(String),
}

/// The decision of an earlier check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedDecision {
    is_allowed: bool,
    /// The SHA-256 of each plan file that it names.
    plan_files: Vec<String>,
    /// The files beside the sources that it names.
    read_files: Vec<NamedDigest>,
}

#[derive(Deserialize)]
struct WireStatement {
    #[serde(rename = "_type")]
    r#type: String,
    #[serde(rename = "predicateType")]
    predicate_type: String,
    subject: Vec<WireSubject>,
    predicate: serde_json::Value,
}

#[derive(Deserialize)]
struct WireSubject {
    digest: WireDigest,
}

#[derive(Deserialize)]
struct WireDigest {
    sha256: String,
}

#[derive(Deserialize)]
struct WirePredicate {
    verdict: String,
    inputs: WireInputs,
}

#[derive(Deserialize)]
struct WireInputs {
    plans: Vec<WirePlan>,
    read_files: Vec<WireFile>,
}

#[derive(Deserialize)]
struct WirePlan {
    file_sha256: Option<String>,
}

#[derive(Deserialize)]
struct WireFile {
    file: String,
    sha256: String,
}

/// Reads the Statement of a record.
fn read_statement(text: &str) -> Result<WireStatement, RecordError> {
    // Of two members with one name another reader might take the other.
    json::parse(text).map_err(RecordError::NotJson)?;
    let statement: WireStatement = serde_json::from_str(text).map_err(|_| RecordError::NotARecord)?;
    if statement.r#type != STATEMENT_TYPE {
        return Err(RecordError::OtherType(statement.r#type));
    }
    if statement.predicate_type != PREDICATE_TYPE {
        return Err(RecordError::OtherType(statement.predicate_type));
    }
    Ok(statement)
}

/// Reads what is wanted of the predicate of a record.
pub(super) fn read_predicate<T: DeserializeOwned>(text: &str) -> Result<T, RecordError> {
    serde_json::from_value(read_statement(text)?.predicate).map_err(|_| RecordError::NotARecord)
}

impl RecordedDecision {
    /// Reads a record.
    ///
    /// # Errors
    ///
    /// Why the text is none.
    pub fn read(text: &str) -> Result<Self, RecordError> {
        let WireStatement { subject, predicate, .. } = read_statement(text)?;
        let WirePredicate { verdict, inputs } =
            serde_json::from_value(predicate).map_err(|_| RecordError::NotARecord)?;
        // What a signer vouches for is the subject.
        let is_subject =
            |file: &String| subject.iter().any(|subject| subject.digest.sha256.eq_ignore_ascii_case(file));
        let plan_files = inputs.plans.into_iter().filter_map(|plan| plan.file_sha256).filter(is_subject);
        let read_files = inputs.read_files.into_iter();
        Ok(Self {
            is_allowed: verdict == ALLOWED,
            plan_files: plan_files.collect(),
            read_files: read_files
                .map(|WireFile { file, sha256 }| NamedDigest { name: file, sha256 })
                .collect(),
        })
    }

    /// Returns what keeps the record from allowing a plan file with this digest. `digest_of` gives the digest of a file beside
    /// the sources as it is now.
    pub fn find_gaps(&self, plan_file: &str, digest_of: impl Fn(&str) -> Option<String>) -> Vec<RecordGap> {
        if !self.plan_files.iter().any(|known| known.eq_ignore_ascii_case(plan_file)) {
            return vec![RecordGap::OtherPlan];
        }
        let blocked = (!self.is_allowed).then_some(RecordGap::Blocked);
        let is_other = |file: &&NamedDigest| digest_of(&file.name).as_ref() != Some(&file.sha256);
        let others = self.read_files.iter().filter(is_other);
        let others = others.map(|file| RecordGap::OtherFile { file: file.name.clone() });
        blocked.into_iter().chain(others).collect()
    }
}
