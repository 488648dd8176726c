//! What a provisioner runs, as one text.
//!
//! Takes the body of a `provisioner` block and returns its [`RunContent`]: every argument with its value, the connection
//! that it uses, the files that it runs or copies, when it runs, what its failure means, and the digest of what runs before
//! it on the same object. Two
//! provisioners have the same text only if they run the same. What is known only after apply, what cannot be read and
//! what must not be printed has no text, and is named. Where a condition that is not known chooses, there are several texts.

use std::collections::BTreeMap;

use hcl_edit::expr::Expression;
use serde::Serialize;
use terraform_values::{Hole, HoleKind, HoleOrigin, Shape, Value};

use super::run::{RunContent, RunText};
use super::run_files::{FileArguments, FileDigests, read_files};
use crate::plan::{ResourceChange, Values};
use crate::reason::Reason;
use crate::resolve::world::World;
use crate::source::hash_bytes;
use crate::sources::{Sources, WrittenBody, WrittenProvisioner, free_references_of};

/// The type that runs a command where Terraform runs. It opens no connection.
const LOCAL: &str = "local-exec";

/// Arguments that name files whose content runs or is copied.
const FILES: [(&str, &str); 3] = [("remote-exec", "script"), ("remote-exec", "scripts"), ("file", "source")];

/// Texts of one run, at most: each has to be read and approved by somebody. Two conditions that are not known make four.
const MAX_TEXTS: usize = 16;

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

/// Arguments by name, with what they may be.
type Choices<'s> = BTreeMap<&'s str, Vec<CanonicalValue>>;

/// Arguments by name, each with one value.
type Arguments<'s> = BTreeMap<&'s str, CanonicalValue>;

/// The canonical form, with the members in order of name.
#[derive(Serialize)]
struct CanonicalRun<'r> {
    arguments: &'r Arguments<'r>,
    #[serde(skip_serializing_if = "Option::is_none")]
    connection: Option<&'r Arguments<'r>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    files: &'r FileDigests,
    on_failure: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    preceded_by: Option<&'r str>,
    r#type: &'r str,
    when: &'static str,
}

/// A value as Terraform hands it to a provisioner: numbers and truth values are texts there.
#[derive(Clone, Serialize)]
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
        match self.read_texts(provisioner, phase, path, earlier) {
            Err(reason) => RunContent::Undecided(reason),
            Ok(mut texts) => {
                texts.sort();
                texts.dedup();
                RunContent::Known(texts)
            }
        }
    }

    /// One text for each choice of what is not known.
    fn read_texts(
        self,
        WrittenProvisioner { kind, body }: WrittenProvisioner<'_>,
        phase: Phase,
        path: &str,
        earlier: Option<&RunContent>,
    ) -> Result<Vec<RunText>, Reason> {
        let preceded_by: Vec<Option<&str>> = match earlier {
            None => vec![None],
            Some(RunContent::Known(texts)) => texts.iter().map(|text| Some(text.sha256.as_str())).collect(),
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
        let arguments = self.read_arguments(body, &["connection"], path, own)?;
        let connection = if kind == LOCAL { None } else { self.read_connection(body, path, own)? };
        let too_many = || Reason::UnreadableValue { value: path.to_owned() };
        let arguments = choose(&arguments).ok_or_else(too_many)?;
        let connections = match &connection {
            None => vec![None],
            Some(connection) => choose(connection).ok_or_else(too_many)?.into_iter().map(Some).collect(),
        };
        if preceded_by.len() * arguments.len() * connections.len() > MAX_TEXTS {
            return Err(too_many());
        }
        let mut texts = Vec::new();
        let stored = self.world.plan.sources().and_then(Sources::files);
        let files = arguments.iter().map(|one| read_files(&list_file_arguments(kind, one), stored, path));
        let files: Vec<FileDigests> = files.collect::<Result<_, _>>()?;
        for preceded_by in preceded_by {
            for ((arguments, files), connection) in
                { arguments.iter().zip(&files) }.flat_map(|one| connections.iter().map(move |c| (one, c)))
            {
                let run = CanonicalRun {
                    arguments,
                    connection: connection.as_ref(),
                    files,
                    on_failure,
                    preceded_by,
                    r#type: kind,
                    when: phase.word(),
                };
                let canonical = serde_json::to_string(&run).map_err(|_| unreadable("type"))?;
                texts.push(RunText { sha256: hash_bytes(canonical.as_bytes()), canonical });
            }
        }
        Ok(texts)
    }

    /// The connection of a provisioner: what its own block says goes before what the object's says.
    fn read_connection<'s>(
        self,
        body: WrittenBody<'s>,
        path: &str,
        own: Option<&Values>,
    ) -> Result<Option<Choices<'s>>, Reason>
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
            connection.extend(self.read_arguments(body, &[], &path, own)?);
        }
        Ok(Some(connection))
    }

    /// The arguments of a body with their values. A nested block that is not in `blocks` is not read; in JSON syntax, an
    /// argument looks like one.
    fn read_arguments<'s>(
        self,
        body: WrittenBody<'s>,
        blocks: &[&str],
        path: &str,
        own: Option<&Values>,
    ) -> Result<Choices<'s>, Reason> {
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
            let value = self.world.evaluate_beside(self.change, own, expression);
            if value.all_marks().is_sensitive() {
                return Err(Reason::SensitiveValue { value: place });
            }
            if arguments.insert(name, list_choices(&value, &place)?).is_some() {
                return Err(unreadable(name));
            }
        }
        Ok(arguments)
    }
}

/// What the arguments of a provisioner say of files.
fn list_file_arguments<'a>(kind: &str, arguments: &'a Arguments<'_>) -> FileArguments<'a> {
    let mut listed = FileArguments::default();
    for (of_kind, name) in FILES {
        if let Some(value) = arguments.get(name).filter(|_| of_kind == kind) {
            let mut texts = Vec::new();
            value.list_texts(&mut texts);
            listed.named.extend(texts.into_iter().map(|text| (name, text)));
        }
    }
    if kind == LOCAL {
        for (name, value) in arguments {
            let mut texts = Vec::new();
            value.list_texts(&mut texts);
            match *name {
                "command" => listed.command = texts.first().copied(),
                "interpreter" => listed.interpreter = texts,
                "working_dir" => listed.working_dir = texts.first().copied().unwrap_or_default(),
                _ => listed.others.extend(texts),
            }
        }
    }
    listed
}

impl CanonicalValue {
    /// Adds every text in it.
    fn list_texts<'v>(&'v self, texts: &mut Vec<&'v str>) {
        match self {
            Self::Null => {}
            Self::Text(text) => texts.push(text),
            Self::List(items) => items.iter().for_each(|item| item.list_texts(texts)),
            Self::Object(members) => members.values().for_each(|member| member.list_texts(texts)),
        }
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

/// Every choice of one value for each argument; none where there are too many. An argument that is null is not set.
fn choose<'s>(arguments: &Choices<'s>) -> Option<Vec<Arguments<'s>>> {
    let mut chosen = vec![Arguments::new()];
    for (name, values) in arguments {
        if chosen.len() * values.len() > MAX_TEXTS {
            return None;
        }
        let longer = chosen.iter().flat_map(|known| {
            values.iter().map(|value| {
                let mut longer = known.clone();
                if !matches!(value, CanonicalValue::Null) {
                    longer.insert(*name, value.clone());
                }
                longer
            })
        });
        chosen = longer.collect();
    }
    Some(chosen)
}

/// Each value that a value may be.
fn list_choices(value: &Value, place: &str) -> Result<Vec<CanonicalValue>, Reason> {
    let unreadable = || Reason::UnreadableValue { value: place.to_owned() };
    let mut choices = Vec::new();
    for one in value.alternatives() {
        match one.shape() {
            Shape::Null(_) => choices.push(CanonicalValue::Null),
            Shape::Bool(truth) => choices.push(CanonicalValue::Text(truth.to_string().into())),
            Shape::Number(number) => choices.push(CanonicalValue::Text(number.to_string().into())),
            Shape::Text(text) => match (text.as_known(), text.first_hole()) {
                (Some(known), _) => choices.push(CanonicalValue::Text(known.into())),
                (None, Some(hole)) => return Err(reason_of(hole, place)),
                (None, None) => return Err(unreadable()),
            },
            Shape::Sequence(sequence) if sequence.rest().is_none() && sequence.is_ordered() => {
                let items = sequence.items().iter().map(|item| list_choices(item, place));
                let lists = combine(items.collect::<Result<_, _>>()?).ok_or_else(unreadable)?;
                choices.extend(lists.into_iter().map(CanonicalValue::List));
            }
            Shape::Mapping(mapping) if mapping.rest().is_none() => {
                let names: Vec<Box<str>> = mapping.members().keys().map(|name| (**name).into()).collect();
                let members = mapping.members().values().map(|member| list_choices(member, place));
                let members = combine(members.collect::<Result<_, _>>()?).ok_or_else(unreadable)?;
                let objects = members.into_iter().map(|members| names.iter().cloned().zip(members).collect());
                choices.extend(objects.map(CanonicalValue::Object));
            }
            Shape::Anything(hole) => return Err(reason_of(hole, place)),
            Shape::Sequence(_) | Shape::Mapping(_) | Shape::OneOf(_) => {
                return Err(one.first_hole().map_or_else(unreadable, |hole| reason_of(hole, place)));
            }
        }
    }
    if choices.len() > MAX_TEXTS { Err(unreadable()) } else { Ok(choices) }
}

/// Every choice of one value for each place; none where there are too many.
fn combine(places: Vec<Vec<CanonicalValue>>) -> Option<Vec<Vec<CanonicalValue>>> {
    let mut chosen = vec![Vec::new()];
    for values in places {
        if chosen.len() * values.len() > MAX_TEXTS {
            return None;
        }
        let longer = chosen.iter().flat_map(|known: &Vec<CanonicalValue>| {
            values.iter().map(|value| known.iter().chain([value]).cloned().collect())
        });
        chosen = longer.collect();
    }
    Some(chosen)
}

/// Why a value with a hole has no text: what it waits for, or else where it stands.
fn reason_of(hole: &Hole, place: &str) -> Reason {
    match (hole.kind, &hole.origin) {
        (HoleKind::Unreadable, _) => Reason::UnreadableValue { value: place.to_owned() },
        (HoleKind::Unknown, HoleOrigin::Attribute { address, path }) if !address.is_empty() => {
            Reason::UntilApply { value: format!("{address}.{path}") }
        }
        (HoleKind::Unknown, _) => Reason::UntilApply { value: place.to_owned() },
    }
}
