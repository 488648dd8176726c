//! What runs or leaves during the apply without a grant of its own.
//!
//! Takes changes, the sources and the outputs of the root module, and adds to the collector a grant for each data source that
//! acts, for each ephemeral resource and for each output that hands out a credential; and the parts that a plan made with
//! `-target` changes. Provisioners have a file of their own.

use super::arguments::find_places;
use super::collect::{Collector, Pending, make_grant};
use super::extract::{Extract, on_terraform};
use super::{Assumption, Change, Origin, Run};
use crate::lower::{Dialect, Terms};
use crate::plan::configuration::PlanExpression;
use crate::plan::{Alarm, AlarmCause, ObjectMode, ResourceChange, Verb};
use crate::rules::suspect::Suspicion;
use crate::rules::{Exactness, GrantKind};

/// What an ephemeral resource does of which no pack says more.
const OPENS: &str = "opens an ephemeral resource, which no plan shows";

impl<'w> Collector<'w> {
    /// What runs during apply without being in the plan.
    pub(super) fn note_executions(&mut self, change: &'w ResourceChange<'w>) {
        match change.mode {
            ObjectMode::Data => self.note_data_source(change),
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
    }

    /// A data source that is read during the apply, where reading it does something or nobody knows what it does.
    fn note_data_source(&mut self, change: &ResourceChange<'_>) {
        if let Some(rule) = self.world.rules.find_act(&change.type_name) {
            self.read_acting(&change.address, &change.type_name, &rule.reason);
        } else if !self.world.rules.reads_provider(&change.provider) {
            let provider = change.provider.to_string();
            self.note_unread(change, Suspicion::UnknownProvider { provider });
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
            if let Some(rule) = self.world.rules.find_act(&data.type_name)
                && self.world.plan.change_at(&address).is_none()
            {
                self.read_acting(&address, &data.type_name, &rule.reason);
            }
        }
    }

    /// A data source that acts when the apply reads it: it is approved by the name of its type, at its address.
    fn read_acting(&mut self, address: &str, type_name: &str, does: &str) {
        let what = format!("data.{type_name}");
        let origin = Origin {
            address: address.to_owned(),
            type_name: type_name.to_owned(),
            provider: "terraform".to_owned(),
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
            let stays = change.verb == Verb::NoOp && !change.importing && change.previous_address.is_none();
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
            address: address.to_owned(),
            type_name: type_name.to_owned(),
            provider: "terraform".to_owned(),
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
                    address,
                    type_name: type_name.to_owned(),
                    provider: "terraform".to_owned(),
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
        };
        self.pending.push(Pending::alone(make_grant(origin, Change::Made, extract, false)));
    }
}

/// The address of a module, from its names joined by dots, with the dot that follows.
fn module_prefix(module: &str) -> String {
    module.split('.').filter(|name| !name.is_empty()).map(|name| format!("module.{name}.")).collect()
}
