//! Makes plan JSON, in the shape and weight that Terraform writes.

use std::fs;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use serde_json::{Map, Value, json};

pub(crate) const ACCOUNT: &str = "123456789012";

/// A provider, by the first word of its types.
pub(crate) fn provider(type_name: &str) -> String {
    let pack = type_name.split('_').next().unwrap_or_default();
    format!("registry.terraform.io/hashicorp/{pack}")
}

/// What happens to one object.
pub(crate) struct Change {
    pub(crate) type_name: &'static str,
    pub(crate) name: String,
    /// A number or a key of `for_each`.
    pub(crate) index: Option<Value>,
    /// The address of the module with a dot at its end; empty for the root module.
    pub(crate) module: String,
    pub(crate) before: Value,
    pub(crate) after: Value,
    /// Attributes that are known only after apply.
    pub(crate) unknown: &'static [&'static str],
}

impl Change {
    /// An object that is created.
    pub(crate) fn create(type_name: &'static str, name: &str, after: Value) -> Self {
        let (index, module, unknown) = (None, String::new(), &[][..]);
        Self { type_name, name: name.to_owned(), index, module, before: Value::Null, after, unknown }
    }

    /// The same object as one instance of a block.
    pub(crate) fn at(self, index: impl Into<Value>) -> Self {
        Self { index: Some(index.into()), ..self }
    }

    /// The same object with attributes that are not known yet.
    pub(crate) fn without(mut self, unknown: &'static [&'static str]) -> Self {
        if let Value::Object(after) = &mut self.after {
            unknown.iter().for_each(|name| drop(after.remove(*name)));
        }
        Self { unknown, ..self }
    }

    fn address(&self) -> String {
        let index = self.index.as_ref().map(|index| format!("[{index}]")).unwrap_or_default();
        format!("{}{}.{}{index}", self.module, self.type_name, self.name)
    }

    /// The members that planned values, prior state and changes share.
    fn head(&self) -> Map<String, Value> {
        let mut head = Map::new();
        head.insert("address".into(), self.address().into());
        head.insert("mode".into(), "managed".into());
        head.insert("type".into(), self.type_name.into());
        head.insert("name".into(), self.name.clone().into());
        head.insert("provider_name".into(), provider(self.type_name).into());
        head.extend(self.index.clone().map(|index| ("index".into(), index)));
        head
    }

    fn values(&self) -> Value {
        let mut values = self.head();
        values.insert("schema_version".into(), 0.into());
        values.insert("values".into(), self.after.clone());
        values.insert("sensitive_values".into(), json!({}));
        values.into()
    }

    fn change(&self) -> Value {
        let mut change = self.head();
        if !self.module.is_empty() {
            change.insert("module_address".into(), self.module.trim_end_matches('.').into());
        }
        let unknown = self.unknown.iter().chain(&["id"]).map(|name| ((*name).to_owned(), Value::Bool(true)));
        let actions = if self.before.is_null() { "create" } else { "update" };
        change.insert(
            "change".into(),
            json!({"actions": [actions], "before": self.before, "after": self.after,
                "after_unknown": unknown.collect::<Map<_, _>>(), "before_sensitive": {}, "after_sensitive": {}}),
        );
        change.into()
    }
}

/// A block of the configuration.
pub(crate) fn block(type_name: &str, name: &str, expressions: &Value) -> Value {
    let pack = type_name.split('_').next().unwrap_or_default();
    json!({"address": format!("{type_name}.{name}"), "mode": "managed", "type": type_name, "name": name,
        "provider_config_key": pack, "expressions": expressions, "schema_version": 0})
}

/// A block with `count` or `for_each`, by the name of its member in plan JSON.
pub(crate) fn repeated(mut block: Value, member: &str, variable: &str) -> Value {
    if let Value::Object(members) = &mut block {
        members.insert(member.to_owned(), json!({"references": [variable]}));
    }
    block
}

/// A plan.
#[derive(Default)]
pub(crate) struct PlanMaker {
    pub(crate) changes: Vec<Change>,
    pub(crate) blocks: Vec<Value>,
    pub(crate) calls: Map<String, Value>,
    /// Queues that the plan leaves alone: weight without grants.
    pub(crate) queues: usize,
}

impl PlanMaker {
    pub(crate) fn write(&self, path: &Path) -> io::Result<()> {
        let mut out = BufWriter::new(fs::File::create(path)?);
        write!(out, "{{\"format_version\":\"1.2\",\"terraform_version\":\"1.11.4\",")?;
        write!(out, "\"planned_values\":{{\"root_module\":{{\"resources\":[")?;
        list(&mut out, self.changes.iter().map(Change::values))?;
        write!(out, "]}}}},\"resource_changes\":[")?;
        list(&mut out, self.changes.iter().map(Change::change))?;
        write!(out, "],\"prior_state\":{{\"format_version\":\"1.0\",\"terraform_version\":\"1.11.4\",")?;
        write!(out, "\"values\":{{\"root_module\":{{\"resources\":[")?;
        list(&mut out, (0..self.queues).map(queue))?;
        let configuration = json!({"provider_config": providers(),
            "root_module": {"resources": self.blocks, "module_calls": self.calls}});
        write!(out, "]}}}}}},\"configuration\":{configuration},\"timestamp\":\"2026-11-24T08:00:00Z\",")?;
        write!(out, "\"applyable\":true,\"complete\":true,\"errored\":false}}")?;
        out.flush()
    }
}

fn providers() -> Value {
    let names = ["aws", "google", "kubernetes", "azurerm"];
    let config = |name: &str| (name.to_owned(), json!({"name": name, "full_name": provider(name)}));
    names.into_iter().map(config).collect::<Map<_, _>>().into()
}

fn queue(n: usize) -> Value {
    json!({"address": format!("aws_sqs_queue.jobs[{n}]"), "mode": "managed", "type": "aws_sqs_queue",
        "name": "jobs", "index": n, "provider_name": provider("aws"), "schema_version": 0, "values": {
            "arn": format!("arn:aws:sqs:eu-west-1:{ACCOUNT}:jobs-{n}"), "content_based_deduplication": false,
            "delay_seconds": 0, "fifo_queue": false, "id": format!("https://sqs/{ACCOUNT}/jobs-{n}"),
            "kms_data_key_reuse_period_seconds": 300, "max_message_size": 262_144,
            "message_retention_seconds": 345_600, "name": format!("jobs-{n}"), "policy": "",
            "receive_wait_time_seconds": 0, "redrive_policy": "", "sqs_managed_sse_enabled": true,
            "visibility_timeout_seconds": 30, "tags": {"team": "payments"}, "tags_all": {"team": "payments"}},
        "sensitive_values": {"tags": {}, "tags_all": {}}})
}

fn list(out: &mut impl io::Write, items: impl Iterator<Item = Value>) -> io::Result<()> {
    for (n, item) in items.enumerate() {
        if n > 0 {
            out.write_all(b",")?;
        }
        serde_json::to_writer(&mut *out, &item)?;
    }
    Ok(())
}
