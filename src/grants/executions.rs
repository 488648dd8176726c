//! What runs or leaves during the apply without a grant of its own.
//!
//! Takes changes, the sources and the outputs of the root module, and adds to the collector an alarm for each thing that
//! runs and that a plan does not show, and a grant for each output that hands out a credential.

use super::collect::{Collector, Pending, grant};
use super::extract::{Extract, on_terraform};
use super::{Change, Origin};
use crate::lower::Dialect;
use crate::plan::configuration::PlanExpression;
use crate::plan::{Alarm, AlarmCause, ObjectMode, ResourceChange, Verb};
use crate::rules::suspect::Suspicion;
use crate::rules::{Exactness, GrantKind};
use crate::sources::Sources;

impl Collector<'_> {
    /// What runs during apply without being in the plan.
    pub(super) fn note_executions(&mut self, change: &ResourceChange<'_>) {
        match change.mode {
            ObjectMode::Data => self.note_data_source(change),
            ObjectMode::Ephemeral => {
                self.alarms.push(Alarm::at(&change.address, AlarmCause::EphemeralResource))
            }
            ObjectMode::Managed | ObjectMode::Other => {}
        }
        let runs = matches!(
            change.verb,
            Verb::Create | Verb::Replace | Verb::CreateForget | Verb::Delete | Verb::Other
        );
        if let Some(block) = self.world.block(change).filter(|block| runs && !block.provisioners.is_empty()) {
            let types = block.provisioners.iter().map(ToString::to_string).collect();
            self.alarms.push(Alarm::at(&change.address, AlarmCause::Provisioners { types }));
        }
    }

    /// A data source that is read during the apply, where reading it does something or nobody knows what it does.
    fn note_data_source(&mut self, change: &ResourceChange<'_>) {
        if let Some(rule) = self.world.rules.find_act(&change.type_name) {
            let cause = AlarmCause::ActingDataSource { does: rule.reason.clone() };
            self.alarms.push(Alarm::at(&change.address, cause));
        } else if !self.world.rules.reads_provider(&change.provider) {
            let provider = change.provider.to_string();
            self.note_unread(change, Suspicion::UnknownProvider { provider });
        }
    }

    /// Ephemeral resources that only the sources show.
    pub(super) fn note_ephemeral_resources(&mut self) {
        let sources = self.world.plan.sources();
        for block in sources.map(Sources::ephemeral).unwrap_or_default() {
            let names = block.module.split('.').filter(|name| !name.is_empty());
            let path: String = names.map(|name| format!("module.{name}.")).collect();
            let address = format!("{path}{}", block.address);
            self.alarms.push(Alarm::at(&address, AlarmCause::EphemeralResource));
        }
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
                let extract = Extract {
                    kind: GrantKind::Opaque,
                    dialect: Dialect::Terraform,
                    terms,
                    names: Vec::new(),
                    reason: Some(format!("reveals the credential `{reference}`")),
                    configured: None,
                    in_blocks: false,
                    arguments: Vec::new(),
                    rule_at: 0,
                    exactness: Exactness::Inexact,
                };
                let grant = grant(origin, Change::Made, extract, false);
                self.pending.push(Pending::alone(grant));
            }
        }
    }
}
