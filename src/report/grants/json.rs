//! `countersign/grants-v1`: the inventory for programs. The schema is `schemas/grants-v1.json`.

use std::io::{self, Write};

use serde::Serialize;

use super::{access_lines, change_name, role_contents};
use crate::catalog::{Catalog, Content};
use crate::grants::{Grant, Inventory, Run, RunContent};
use crate::lower::words::in_words;
use crate::report::escape::to_json;
use crate::report::wire::ContentWire;
use crate::words::{describe_alarm, describe_reason, describe_shown_reason, describe_suspicion};

/// Writes inventories as one JSON object and a line feed.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(inventories: &[Inventory], catalog: &Catalog, out: &mut dyn Write) -> io::Result<()> {
    let grants: Vec<&Grant> = inventories.iter().flat_map(|one| &one.grants).collect();
    let contents: Vec<Vec<Content>> = grants.iter().map(|grant| role_contents(grant, catalog)).collect();
    let unread = inventories.iter().flat_map(|inventory| &inventory.unread);
    let runs = inventories.iter().flat_map(|inventory| &inventory.runs);
    let alarms = inventories.iter().flat_map(|inventory| &inventory.alarms);
    let output = GrantsWire {
        schema: "countersign/grants-v1",
        grants: grants
            .into_iter()
            .zip(&contents)
            .map(|(grant, held)| PlannedGrantWire::new(grant, held))
            .collect(),
        unread: unread
            .map(|unread| UnreadWire {
                address: &unread.origin.address,
                r#type: &unread.origin.type_name,
                because: describe_suspicion(&unread.suspicion),
            })
            .collect(),
        runs: runs.map(RunWire::new).collect(),
        alarms: alarms
            .map(|alarm| AlarmWire {
                address: alarm.address.as_deref(),
                message: describe_alarm(&alarm.cause),
            })
            .collect(),
    };
    out.write_all(to_json(&output)?.as_bytes())?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct GrantsWire<'a> {
    schema: &'static str,
    grants: Vec<PlannedGrantWire<'a>>,
    unread: Vec<UnreadWire<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    runs: Vec<RunWire<'a>>,
    alarms: Vec<AlarmWire<'a>>,
}

/// Something that runs beside the changes, or a part that is applied alone.
#[derive(Serialize)]
struct RunWire<'a> {
    r#type: &'a str,
    address: Option<&'a str>,
    texts: Vec<RunTextWire<'a>>,
    doubt: Option<String>,
    /// What a plan made with `-target` changes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changed: Vec<&'a str>,
}

/// What a provisioner may run.
#[derive(Serialize)]
struct RunTextWire<'a> {
    sha256: &'a str,
    canonical: &'a str,
}

impl<'a> RunWire<'a> {
    fn new(run: &'a Run) -> Self {
        match run {
            Run::Provisioner { origin, kind, content } => {
                let texts = content.texts().iter();
                let texts = texts
                    .map(|text| RunTextWire { sha256: &text.sha256, canonical: &text.canonical })
                    .collect();
                let doubt = match content {
                    RunContent::Known(_) => None,
                    RunContent::Undecided(reason) => Some(describe_reason(reason)),
                };
                let address = Some(&*origin.address);
                Self { r#type: kind, address, texts, doubt, changed: Vec::new() }
            }
            Run::Target { changed } => Self {
                r#type: "target",
                address: None,
                texts: Vec::new(),
                doubt: None,
                changed: changed.iter().map(|origin| &*origin.address).collect(),
            },
        }
    }
}

#[derive(Serialize)]
struct PlannedGrantWire<'a> {
    address: &'a str,
    r#type: &'a str,
    provider: &'a str,
    dialect: &'static str,
    kind: &'static str,
    change: &'static str,
    principals: Vec<String>,
    access: Vec<String>,
    content: Vec<RoleWire<'a>>,
    doubts: Vec<String>,
}

/// What a role holds.
#[derive(Serialize)]
struct RoleWire<'a> {
    #[serde(flatten)]
    read: ContentWire<'a>,
    access: Vec<String>,
}

#[derive(Serialize)]
struct UnreadWire<'a> {
    address: &'a str,
    r#type: &'a str,
    because: String,
}

#[derive(Serialize)]
struct AlarmWire<'a> {
    address: Option<&'a str>,
    message: String,
}

impl<'a> PlannedGrantWire<'a> {
    fn new(grant: &'a Grant, contents: &'a [Content]) -> Self {
        Self {
            address: &grant.origin.address,
            r#type: &grant.origin.type_name,
            provider: &grant.origin.provider,
            dialect: grant.dialect.word(),
            kind: grant.kind.word(),
            change: change_name(grant.change),
            principals: if grant.sensitive { Vec::new() } else { grant.principals() },
            access: access_lines(grant),
            content: contents.iter().flat_map(list_roles).collect(),
            doubts: grant.doubts().map(|doubt| describe_shown_reason(&doubt)).collect(),
        }
    }
}

fn list_roles(content: &Content) -> impl Iterator<Item = RoleWire<'_>> {
    let access = || content.lowered.access.statements.iter().map(in_words).collect();
    content.used.iter().map(move |used| RoleWire { read: ContentWire::new(used), access: access() })
}
