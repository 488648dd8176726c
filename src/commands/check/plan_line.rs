//! One line of `check --jsonl`: text to a plan with what is stated of it.
//!
//! Takes the text of a line and returns a [`PlanLine`], or why it is none. A member that is not known is an error: passed
//! over, a misspelt `facts` would let a plan be judged for another account.

use std::borrow::Cow;
use std::fmt;
use std::path::PathBuf;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::cli::is_fact;
use crate::commands::lines::LineFault;
use crate::json::{self, JsonError};
use crate::plan::ByteSize;
use crate::resolve::facts::StatedFacts;

/// The members of a line.
const MEMBERS: [&str; 6] = ["id", "plan", "path", "facts", "workspace", "sources"];

/// Why a line says no plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum PlanLineError {
    #[error("the line is not UTF-8")]
    NotUtf8,
    #[error("the line is larger than {0}")]
    TooLarge(ByteSize),
    #[error("the line is not one JSON object: {0}")]
    Json(#[from] JsonError),
    #[error("`{0}` is not a member of a line")]
    UnknownMember(String),
    #[error("`id` is neither text nor a number")]
    WrongId,
    #[error("the line has neither `plan` nor `path`")]
    NoPlan,
    #[error("the line has `plan` and `path`, and only one can be judged")]
    TwoPlans,
    #[error("`-` is not the path of a plan: the lines themselves come from standard input")]
    StandardInput,
    #[error("`{0}` is not the name of a fact with a value that is not empty")]
    WrongFact(String),
}

impl PlanLineError {
    /// What to do about it.
    pub(super) fn help(&self) -> &'static str {
        match self {
            Self::TooLarge(_) => "write the plan to a file and name it as `path`",
            Self::UnknownMember(_) => {
                "a line has `id`, `plan` or `path`, and may have `facts`, `workspace` and `sources`"
            }
            Self::WrongFact(_) => "state facts as `\"facts\": {\"aws.account\": \"111122223333\"}`",
            Self::NotUtf8
            | Self::Json(_)
            | Self::WrongId
            | Self::NoPlan
            | Self::TwoPlans
            | Self::StandardInput => "write one object a line: `{\"id\": …, \"plan\": {…}, \"facts\": {…}}`",
        }
    }
}

impl From<LineFault> for PlanLineError {
    fn from(fault: LineFault) -> Self {
        match fault {
            LineFault::NotUtf8 => Self::NotUtf8,
            LineFault::TooLarge(most) => Self::TooLarge(most),
        }
    }
}

/// Where the plan of a line is.
#[derive(Debug)]
pub(super) enum LinePlan<'a> {
    /// In the line, as JSON text.
    Text(&'a str),
    /// In a file, as JSON or as a plan file.
    File(PathBuf),
}

/// A line that says a plan.
#[derive(Debug)]
pub(super) struct PlanLine<'a> {
    pub(super) plan: LinePlan<'a>,
    /// What is stated of this plan alone.
    pub(super) facts: StatedFacts,
    /// What whoever made the line calls the plan.
    pub(super) workspace: Option<String>,
    /// The plan file that holds the sources.
    pub(super) sources: Option<PathBuf>,
}

/// The members of a line as they are written, in order.
struct WireLine<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for WireLine<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Vec<(Cow<'de, str>, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
                let mut members: Self::Value = Vec::new();
                while let Some(name) = entries.next_key::<Cow<'de, str>>()? {
                    if members.iter().any(|(known, _)| *known == name) {
                        return Err(A::Error::custom("a name stands twice"));
                    }
                    members.push((name, entries.next_value()?));
                }
                Ok(members)
            }
        }
        deserializer.deserialize_map(Members).map(Self)
    }
}

impl<'a> WireLine<'a> {
    /// The value of a member; `null` says no more than that it is missing.
    fn get(&self, name: &str) -> Option<&'a RawValue> {
        let value = self.0.iter().find(|(known, _)| known == name).map(|(_, value)| *value);
        value.filter(|value| value.get() != "null")
    }

    fn get_text(&self, name: &str) -> Result<Option<String>, PlanLineError> {
        let text = self.get(name).map(|value| serde_json::from_str(value.get()));
        Ok(text.transpose().map_err(JsonError::from)?)
    }
}

/// A line as far as it could be read.
pub(super) struct ReadLine<'a> {
    /// JSON text: a text or a number.
    pub(super) id: Option<&'a RawValue>,
    pub(super) plan: Result<PlanLine<'a>, PlanLineError>,
}

/// Reads a line. Its id is returned also where the rest is in error, so that the answer can be told from others.
pub(super) fn read(text: &str) -> ReadLine<'_> {
    let wire: WireLine<'_> = match serde_json::from_str(text) {
        Ok(wire) => wire,
        Err(error) => return ReadLine { id: None, plan: Err(JsonError::from(error).into()) },
    };
    match wire.get("id") {
        Some(id) if id.get().starts_with(['{', '[', 't', 'f']) => {
            ReadLine { id: None, plan: Err(PlanLineError::WrongId) }
        }
        id => ReadLine { id, plan: check_members(&wire) },
    }
}

fn check_members<'a>(wire: &WireLine<'a>) -> Result<PlanLine<'a>, PlanLineError> {
    if let Some((name, _)) = wire.0.iter().find(|(name, _)| !MEMBERS.contains(&name.as_ref())) {
        return Err(PlanLineError::UnknownMember(name.to_string()));
    }
    let plan = match (wire.get("plan"), wire.get_text("path")?) {
        (Some(_), Some(_)) => return Err(PlanLineError::TwoPlans),
        (None, None) => return Err(PlanLineError::NoPlan),
        (None, Some(path)) if path == "-" => return Err(PlanLineError::StandardInput),
        (None, Some(path)) => LinePlan::File(path.into()),
        (Some(plan), None) => LinePlan::Text(plan.get()),
    };
    Ok(PlanLine {
        plan,
        facts: read_facts(wire.get("facts"))?,
        workspace: wire.get_text("workspace")?,
        sources: wire.get_text("sources")?.map(PathBuf::from),
    })
}

fn read_facts(raw: Option<&RawValue>) -> Result<StatedFacts, PlanLineError> {
    let Some(raw) = raw else { return Ok(StatedFacts::new()) };
    // Of two facts of one name one reader takes the first and another the last.
    json::check(raw.get())?;
    let facts: StatedFacts = serde_json::from_str(raw.get()).map_err(JsonError::from)?;
    match facts.iter().find(|(name, value)| !is_fact(name, value)) {
        Some((name, _)) => Err(PlanLineError::WrongFact(name.clone())),
        None => Ok(facts),
    }
}
