//! Makes manifests.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use serde_json::json;

use crate::plan::ACCOUNT;

/// Approvals of one file.
const PER_FILE: usize = 500;

/// A `grant` block of an approval.
pub(crate) struct Grant {
    pub(crate) provider: &'static str,
    pub(crate) principals: Vec<String>,
    /// The name of the list of actions, and the list.
    pub(crate) actions: (&'static str, Vec<String>),
    pub(crate) resources: Vec<String>,
    /// A `condition` block.
    pub(crate) condition: String,
}

impl Grant {
    pub(crate) fn new(
        provider: &'static str,
        principals: &[String],
        actions: (&'static str, &[&str]),
        resources: &[String],
    ) -> Self {
        let actions = (actions.0, actions.1.iter().map(|action| (*action).to_owned()).collect());
        let (principals, resources) = (principals.to_vec(), resources.to_vec());
        Self { provider, principals, actions, resources, condition: String::new() }
    }

    pub(crate) fn with(self, condition: &str) -> Self {
        Self { condition: condition.to_owned(), ..self }
    }

    fn text(&self) -> String {
        format!(
            "  grant \"{}\" {{\n    principals = {}\n    {} = {}\n    resources = {}\n{}  }}\n",
            self.provider,
            json!(self.principals),
            self.actions.0,
            json!(self.actions.1),
            json!(self.resources),
            self.condition
        )
    }
}

/// A condition on the organization.
pub(crate) const IN_ORGANIZATION: &str =
    "    condition \"StringEquals\" \"aws:PrincipalOrgID\" {\n      values = [\"o-a1b2c3d4e5\"]\n    }\n";

/// A manifest.
#[derive(Default)]
pub(crate) struct ManifestMaker {
    approvals: Vec<String>,
    /// Systems besides the one of the approvals.
    pub(crate) systems: String,
}

impl ManifestMaker {
    /// Adds an approval; `more` are further arguments.
    pub(crate) fn approve(&mut self, more: &str, grants: &[Grant]) {
        let ticket = self.approvals.len();
        let grants: String = grants.iter().map(Grant::text).collect();
        self.approvals.push(format!(
            "approval \"SEC-{ticket}\" {{\n  title = \"Application {ticket} reads its data\"\n  \
             justification = \"It needs it\"\n  system = \"payments\"\n  requester = \"ana\"\n  \
             approvers = [\"lee\"]\n  approved_on = \"2026-11-20\"\n  expires_on = \"2027-02-20\"\n{more}{grants}}}\n"
        ));
    }

    pub(crate) fn write(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let mut head = String::new();
        let _ = write!(
            head,
            "process_owner = \"security\"\nsystem \"payments\" {{\n  owner = \"team-payments\"\n}}\n\
             authority \"payments\" {{\n  approvers = [\"lee\"]\n  systems = [\"payments\"]\n  max_duration = \"120d\"\n}}\n\
             fact \"aws.account\" {{\n  value = \"{ACCOUNT}\"\n}}\n{}",
            self.systems
        );
        fs::write(folder.join("authority.hcl"), head)?;
        for (number, approvals) in self.approvals.chunks(PER_FILE).enumerate() {
            fs::write(folder.join(format!("approvals-{number:04}.hcl")), approvals.concat())?;
        }
        Ok(())
    }
}
