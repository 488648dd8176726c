//! What a provisioner runs, as one text.
//!
//! Takes the body of a `provisioner` block and returns its [`RunContent`]: every argument with its value, the connection
//! that it uses, when it runs, what its failure means, and the digest of what runs before it on the same object. Two
//! provisioners have the same text only if they run the same. What is known only after apply, what cannot be read and
//! what must not be printed has no text, and is named.

use std::collections::BTreeMap;

use hcl_edit::expr::Expression;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::run::RunContent;
use crate::plan::{ResourceChange, Values};
use crate::possible::Possible;
use crate::reason::Reason;
use crate::resolve::world::World;
use crate::sources::{WrittenBody, WrittenProvisioner, free_references_of};
use crate::value::{UnknownOrigin, Value};

/// The type that runs a command where Terraform runs. It opens no connection.
const LOCAL: &str = "local-exec";

/// Arguments that name files whose content runs or is copied.
const FILES: [(&str, &str); 3] = [("remote-exec", "script"), ("remote-exec", "scripts"), ("file", "source")];

/// Arguments that say when something runs, which have a place of their own.
const KEYWORDS: [&str; 2] = ["when", "on_failure"];

/// When a provisioner runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Create,
    Destroy,
}

impl Phase {
    fn word(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Destroy => "destroy",
        }
    }
}

/// An object whose provisioners run.
#[derive(Clone, Copy)]
pub(super) struct ProvisionedObject<'o> {
    pub(super) world: &'o World<'o>,
    pub(super) change: &'o ResourceChange<'o>,
    /// What it was, for those that run when it is destroyed.
    pub(super) before: Option<&'o Values>,
    /// The connection of its block.
    pub(super) connection: Option<WrittenBody<'o>>,
}

/// The canonical form, with the members in order of name.
#[derive(Serialize)]
struct CanonicalRun<'r> {
    arguments: BTreeMap<&'r str, CanonicalValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    connection: Option<BTreeMap<&'r str, CanonicalValue>>,
    on_failure: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    preceded_by: Option<&'r str>,
    r#type: &'r str,
    when: &'static str,
}

/// A value as Terraform hands it to a provisioner: numbers and truth values are texts there.
#[derive(Serialize)]
#[serde(untagged)]
enum CanonicalValue {
    Null,
    Text(Box<str>),
    List(Vec<CanonicalValue>),
    Object(BTreeMap<Box<str>, CanonicalValue>),
}

/// When a provisioner runs, as it is written; none where that cannot be read.
pub(super) fn read_phase(body: WrittenBody<'_>) -> Option<Phase> {
    match read_keyword(body, "when") {
        Keyword::Absent | Keyword::Written("create") => Some(Phase::Create),
        Keyword::Written("destroy") => Some(Phase::Destroy),
        Keyword::Written(_) | Keyword::Unreadable => None,
    }
}

/// An argument whose value is a word.
enum Keyword<'s> {
    Absent,
    Written(&'s str),
    Unreadable,
}

fn read_keyword<'s>(body: WrittenBody<'s>, name: &str) -> Keyword<'s> {
    match body.arguments().find(|(known, _)| *known == name) {
        None => Keyword::Absent,
        Some((_, Some(Expression::Variable(word)))) => Keyword::Written(word.as_str()),
        Some((_, Some(Expression::String(word)))) => Keyword::Written(word.as_str()),
        Some(_) => Keyword::Unreadable,
    }
}

impl ProvisionedObject<'_> {
    /// Reads what a provisioner runs in a phase; `path` names it, and `earlier` is what runs before it on this object.
    pub(super) fn read(
        self,
        provisioner: WrittenProvisioner<'_>,
        phase: Phase,
        path: &str,
        earlier: Option<&RunContent>,
    ) -> RunContent {
        match self.canonical(provisioner, phase, path, earlier) {
            Err(reason) => RunContent::Undecided(reason),
            Ok(canonical) => {
                let sha256 = format!("{:x}", Sha256::digest(&canonical));
                RunContent::Known { canonical, sha256 }
            }
        }
    }

    fn canonical(
        self,
        WrittenProvisioner { kind, body }: WrittenProvisioner<'_>,
        phase: Phase,
        path: &str,
        earlier: Option<&RunContent>,
    ) -> Result<String, Reason> {
        let preceded_by = match earlier {
            None => None,
            Some(RunContent::Known { sha256, .. }) => Some(sha256.as_str()),
            Some(RunContent::Undecided(reason)) => return Err(reason.clone()),
        };
        let unreadable = |what: &str| Reason::UnreadableValue { value: format!("{path}.{what}") };
        if read_phase(body).is_none() {
            return Err(unreadable("when"));
        }
        let on_failure = match read_keyword(body, "on_failure") {
            Keyword::Absent | Keyword::Written("fail") => "fail",
            Keyword::Written("continue") => "continue",
            Keyword::Written(_) | Keyword::Unreadable => return Err(unreadable("on_failure")),
        };
        let own = self.before.filter(|_| phase == Phase::Destroy);
        let arguments = self.arguments(body, &["connection"], path, own)?;
        for (of_kind, name) in FILES {
            if of_kind == kind && arguments.contains_key(name) {
                return Err(Reason::ContentNotRead { argument: format!("{path}.{name}") });
            }
        }
        let connection = if kind == LOCAL { None } else { self.connection(body, path, own)? };
        let run =
            CanonicalRun { arguments, connection, on_failure, preceded_by, r#type: kind, when: phase.word() };
        serde_json::to_string(&run).map_err(|_| unreadable("type"))
    }

    /// The connection of a provisioner: what its own block says goes before what the object's says.
    fn connection<'s>(
        self,
        body: WrittenBody<'s>,
        path: &str,
        own: Option<&Values>,
    ) -> Result<Option<BTreeMap<&'s str, CanonicalValue>>, Reason>
    where
        Self: 's,
    {
        let path = format!("{path}.connection");
        let mut written: Vec<WrittenBody<'s>> = self.connection.into_iter().collect();
        let nested: Vec<_> = body.blocks().filter(|block| block.name == "connection").collect();
        if nested.len() > 1 || nested.iter().any(|block| block.is_dynamic) {
            return Err(Reason::UnreadableValue { value: path });
        }
        written.extend(nested.into_iter().map(|block| block.body));
        if written.is_empty() {
            return Ok(None);
        }
        let mut connection = BTreeMap::new();
        for body in written {
            connection.extend(self.arguments(body, &[], &path, own)?);
        }
        Ok(Some(connection))
    }

    /// The arguments of a body with their values. A nested block that is not in `blocks` is not read; in JSON syntax, an
    /// argument looks like one.
    fn arguments<'s>(
        self,
        body: WrittenBody<'s>,
        blocks: &[&str],
        path: &str,
        own: Option<&Values>,
    ) -> Result<BTreeMap<&'s str, CanonicalValue>, Reason> {
        let unreadable = |what: &str| Reason::UnreadableValue { value: format!("{path}.{what}") };
        if let Some(part) = body.unread() {
            let place = &part.place;
            let value = format!("{}:{}", place.source.name, place.position().line);
            return Err(Reason::UnreadableValue { value });
        }
        let is_argument = |name: &str| body.arguments().any(|(known, _)| known == name);
        if let Some(block) =
            body.blocks().find(|block| !blocks.contains(&block.name) && !is_argument(block.name))
        {
            return Err(unreadable(block.name));
        }
        let mut arguments = BTreeMap::new();
        for (name, expression) in body.arguments() {
            if KEYWORDS.contains(&name) || blocks.contains(&name) {
                continue;
            }
            let place = format!("{path}.{name}");
            let expression = expression.ok_or_else(|| unreadable(name))?;
            if own.is_some_and(|own| reveals(own, expression)) {
                return Err(Reason::SensitiveValue { value: place });
            }
            let value = canonical_value(self.world.evaluate_beside(self.change, own, expression), &place)?;
            // An argument that is null is not set.
            if !matches!(value, CanonicalValue::Null) && arguments.insert(name, value).is_some() {
                return Err(unreadable(name));
            }
        }
        Ok(arguments)
    }
}

/// Whether an expression refers to something of its own object that must not be printed.
fn reveals(own: &Values, expression: &Expression) -> bool {
    let references = free_references_of(expression);
    let mut of_self = references.iter().filter_map(|reference| {
        let rest = reference.strip_prefix("self")?;
        rest.is_empty().then_some("").or_else(|| rest.strip_prefix('.'))
    });
    of_self.any(|path| match path.split(['.', '[']).next() {
        None | Some("") => own.has_sensitive(),
        Some(attribute) => own.is_sensitive(attribute),
    })
}

fn canonical_value(value: Possible<'_>, place: &str) -> Result<CanonicalValue, Reason> {
    let provenance = value.provenance();
    if provenance.is_sensitive() {
        return Err(Reason::SensitiveValue { value: place.to_owned() });
    }
    if value.is_unread() || !provenance.is_certain() {
        return Err(Reason::UnreadableValue { value: place.to_owned() });
    }
    convert(value.into_value(), place)
}

fn convert(value: Value, place: &str) -> Result<CanonicalValue, Reason> {
    Ok(match value {
        Value::Null => CanonicalValue::Null,
        Value::Bool(truth) => CanonicalValue::Text(truth.to_string().into()),
        Value::Number(text) | Value::String(text) => CanonicalValue::Text(text),
        Value::List(items) => CanonicalValue::List(
            items.into_iter().map(|item| convert(item, place)).collect::<Result<_, _>>()?,
        ),
        Value::Object(members) => {
            let mut object = BTreeMap::new();
            for (name, member) in members {
                object.insert(name, convert(member, place)?);
            }
            CanonicalValue::Object(object)
        }
        Value::Unknown(UnknownOrigin::Unreadable(_)) => {
            return Err(Reason::UnreadableValue { value: place.to_owned() });
        }
        Value::Unknown(UnknownOrigin::Deferred(_)) => {
            return Err(Reason::UntilApply { value: place.to_owned() });
        }
        Value::Unknown(origin @ UnknownOrigin::Attribute { .. }) => return Err(Reason::of_unknown(&origin)),
    })
}
