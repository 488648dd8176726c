//! What runs or leaves during the apply without a grant of its own.
//!
//! Takes changes, the sources and the outputs of the root module, and adds to the collector a grant for each data source that
//! acts, for each ephemeral resource and for each output that hands out a credential; and the parts that a plan made with
//! `-target` changes. Provisioners have a file of their own.

use super::arguments::find_places;
use super::collect::Collector;
use super::extract::{Extract, on_terraform};
use super::pending::{Pending, make_grant};
use super::{Assumption, Change, Origin, Run};
use crate::lower::{Dialect, Terms};
use crate::plan::configuration::PlanExpression;
use crate::plan::{Alarm, AlarmCause, ObjectMode, PlanError, ResourceChange, Verb};
use crate::rules::suspect::{Suspicion, may_act};
use crate::rules::{DataSourceMatch, Exactness, GrantKind};
use crate::value::Value;

/// What a data source does of which nobody knows, and whose name or argument speaks of doing something.
const MAY_ACT: &str = "may do something when it is read: this version does not know it";

/// What an ephemeral resource does of which no pack says more.
const OPENS: &str = "opens an ephemeral resource, which no plan shows";

impl<'w> Collector<'w> {
    /// What runs during apply without being in the plan.
    pub(super) fn note_executions(&mut self, change: &'w ResourceChange<'w>) -> Result<(), PlanError> {
        match change.mode {
            ObjectMode::Data => self.note_data_source(change)?,
            ObjectMode::Ephemeral if self.world.rules.reads_provider(&change.provider) => {
                self.open_ephemeral(&change.address, &change.type_name);
            }
            ObjectMode::Ephemeral => {
                let provider = change.provider.to_string();
                self.note_unread(change, Suspicion::UnknownProvider { provider });
            }
            ObjectMode::Managed | ObjectMode::Other => {}
        }
        let block = self.world.block(change);
        let is_sourceless = self.world.plan.sources().is_none();
        if change.mode == ObjectMode::Managed
            && change.verb == Verb::Delete
            && !change.deposed
            && is_sourceless
            && block.is_none()
        {
            self.alarms.push(Alarm::at(&change.address, AlarmCause::UnexplainedDeletion));
        }
        self.note_provisioners(change);
        Ok(())
    }

    /// A data source that is read during the apply, where reading it does something or nobody knows what it does.
    fn note_data_source(&mut self, change: &ResourceChange<'_>) -> Result<(), PlanError> {
        let (address, type_name) = (&change.address, &change.type_name);
        match self.world.rules.find_data_source(type_name, Some(&change.provider)) {
            DataSourceMatch::Acts(rule) => self.read_acting(address, type_name, &rule.reason),
            DataSourceMatch::Listed => {}
            DataSourceMatch::Unlisted => {
                let after = change.after()?;
                let arguments = after.as_ref().map(|after| list_set(&after.object)).unwrap_or_default();
                self.note_unlisted_data(address, type_name, &arguments);
            }
            DataSourceMatch::None => {
                let provider = change.provider.to_string();
                self.note_unread(change, Suspicion::UnknownProvider { provider });
            }
        }
        Ok(())
    }

    /// A data source of a newer provider: one that speaks of doing something is taken to do it, any other is counted.
    fn note_unlisted_data(&mut self, address: &str, type_name: &str, arguments: &[&str]) {
        if may_act(self.world.rules, type_name, arguments) {
            self.read_acting(address, type_name, MAY_ACT);
        } else {
            let type_name = type_name.to_owned();
            self.assumptions.insert(Assumption::HarmlessDataSource { type_name });
        }
    }

    /// What runs and stands in the sources alone: ephemeral resources, provisioners of `removed` blocks, and data sources
    /// within `check` blocks that do something.
    pub(super) fn note_hidden_executions(&mut self) {
        let Some(sources) = self.world.plan.sources() else {
            if self.world.plan.waives_sources {
                self.assumptions.insert(Assumption::SourcesWaived);
            }
            return;
        };
        for block in sources.ephemeral() {
            let address = format!("{}{}", module_prefix(&block.module), block.address);
            let type_name = block.address.split('.').nth(1).unwrap_or_default();
            self.open_ephemeral(&address, type_name);
        }
        for block in sources.removed_with_provisioners() {
            let address = format!("{}{}", module_prefix(&block.module), block.from);
            self.note_removed(&block, &address);
        }
        for data in sources.checked_data() {
            let address = format!("{}{}", module_prefix(&data.module), data.address);
            if self.world.plan.change_at(&address).is_some() {
                continue;
            }
            match self.world.rules.find_data_source(&data.type_name, None) {
                DataSourceMatch::Acts(rule) => self.read_acting(&address, &data.type_name, &rule.reason),
                // Of which provider it is the sources do not say.
                DataSourceMatch::Unlisted | DataSourceMatch::None => {
                    let arguments: Vec<&str> = data.arguments.iter().map(String::as_str).collect();
                    self.note_unlisted_data(&address, &data.type_name, &arguments);
                }
                DataSourceMatch::Listed => {}
            }
        }
    }

    /// A data source that acts when the apply reads it: it is approved by the name of its type, at its address.
    fn read_acting(&mut self, address: &str, type_name: &str, does: &str) {
        let what = format!("data.{type_name}");
        let origin = Origin {
            address: address.into(),
            type_name: type_name.into(),
            provider: "terraform".into(),
            places: find_places(self.world.plan, address, None),
            ..Origin::default()
        };
        self.add_opaque(origin, on_terraform("apply", &what, address), does.to_owned());
    }

    /// What a plan changes that was made with `-target`.
    pub(super) fn note_target(&mut self) {
        if !self.world.plan.is_targeted {
            return;
        }
        let changes = self.world.plan.changes.iter().filter(|change| {
            let stays = matches!(change.verb, Verb::NoOp | Verb::Exists)
                && !change.importing
                && change.previous_address.is_none();
            !stays && change.mode != ObjectMode::Data
        });
        let changed = changes.map(|change| self.origin_of(change)).collect();
        self.runs.push(Run::Target { changed });
    }

    /// An ephemeral resource that is opened during the apply: it may make a credential or run something, and no plan shows
    /// what it gets.
    fn open_ephemeral(&mut self, address: &str, type_name: &str) {
        let does = self.world.rules.find_opened(type_name).map_or(OPENS, |rule| &rule.reason);
        let origin = Origin {
            address: address.into(),
            type_name: type_name.into(),
            provider: "terraform".into(),
            places: find_places(self.world.plan, address, None),
            ..Origin::default()
        };
        self.add_opaque(origin, on_terraform("open", type_name, address), does.to_owned());
    }

    /// Credentials that leave by an output of the root module.
    pub(super) fn collect_revealing_outputs(&mut self) {
        let plan = self.world.plan;
        for output in &plan.revealing_outputs {
            let PlanExpression::References(references) = plan.configuration.output(&[], output) else {
                continue;
            };
            for reference in &references {
                let mut parts = reference.splitn(3, '.');
                let (Some(type_name), Some(_), Some(attribute)) = (parts.next(), parts.next(), parts.next())
                else {
                    continue;
                };
                if !self.world.rules.makes_credentials(type_name) {
                    continue;
                }
                let address = format!("output.{output}");
                let terms = on_terraform("reveal", &format!("{type_name}.{attribute}"), &address);
                let origin = Origin {
                    address: address.into(),
                    type_name: type_name.into(),
                    provider: "terraform".into(),
                    ..Origin::default()
                };
                self.add_opaque(origin, terms, format!("reveals the credential `{reference}`"));
            }
        }
    }

    /// Adds a grant whose content nobody reads.
    pub(super) fn add_opaque(&mut self, origin: Origin, terms: Terms, does: String) {
        let extract = Extract {
            kind: GrantKind::Opaque,
            dialect: Dialect::Terraform,
            terms,
            names: Vec::new(),
            reason: Some(does),
            configured: None,
            arguments: Vec::new(),
            rule_at: 0,
            exactness: Exactness::Inexact,
            subject: None,
        };
        self.pending.push(Pending::alone(make_grant(origin, Change::Made, extract, false)));
    }
}

/// The names of what an object sets.
fn list_set(object: &Value) -> Vec<&str> {
    let Value::Object(members) = object else { return Vec::new() };
    members.iter().filter(|(_, value)| *value != Value::Null).map(|(name, _)| &**name).collect()
}

/// The address of a module, from its names joined by dots, with the dot that follows.
fn module_prefix(module: &str) -> String {
    module.split('.').filter(|name| !name.is_empty()).map(|name| format!("module.{name}.")).collect()
}
