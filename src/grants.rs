//! Grants: every access that a plan would give, wherever it stands.
//!
//! Takes a plan, the rules and the facts, and returns an [`Inventory`]: the grants with their Access, the objects
//! that look like a grant and can't be read, and what makes the plan as a whole untrustworthy. What a change
//! takes away counts where that was a limit. An attachment and the definition that it names are brought together
//! here, because a plan holds them in two places.
//!
//! Nothing is judged: approvals are not seen.

mod arguments;
mod assumption;
mod alteration;
mod collect;
mod configured;
mod command_files;
mod contents;
mod delegated;
mod earlier;
mod evidence;
mod executions;
mod extract;
mod identity_patterns;
mod join;
mod limits;
mod listed;
mod open_blocks;
mod origin;
mod pending;
mod plan_types;
mod provisioners;
mod role_link;
mod ruled_change;
mod run;
mod run_content;
mod run_files;
mod spelled;
mod subjects;
mod survey;
mod unlisted_attributes;
mod value_path;
mod visit;

use std::collections::{BTreeMap, BTreeSet};

use crate::lower::{Dialect, Lowered, Side, Terms, Text, lower};
use crate::plan::Alarm;
use crate::reason::{Reason, ShownReason};
use crate::rules::GrantKind;
use crate::rules::suspect::Suspicion;
use crate::sources::SourcePlace;
use crate::subject::SubjectKind;
use access_algebra::{Access, Effect};

pub use arguments::Argument;
pub use assumption::Assumption;
pub use evidence::Evidence;
pub use origin::{Origin, RulePlace};
pub use run::{Run, RunContent, RunText};
pub use subjects::{GrantSubject, PlanSubjects};
pub use survey::{Survey, survey};
pub use visit::{collect, visit};

/// Everything in a plan that is about access.
#[derive(Debug)]
pub struct Inventory<T = Grant> {
    /// The grants, or what came of each.
    pub grants: Vec<T>,
    /// Objects that look like a grant and that no rule reads.
    pub unread: Vec<Unread>,
    /// What runs beside the changes, and what is left out.
    pub runs: Vec<Run>,
    /// What blocks whatever the grants are.
    pub alarms: Vec<Alarm>,
    /// Where the sources say the objects that alarms name, by address.
    pub alarm_places: BTreeMap<String, Vec<SourcePlace>>,
    /// What had to be assumed.
    pub assumptions: BTreeSet<Assumption>,
    /// How many resource changes the plan has.
    pub resource_changes: usize,
    /// The folder in which Terraform ran, by its path in the repository; `None` where that is not known.
    pub folder: Option<String>,
}

impl<T> Inventory<T> {
    /// What comes of each of its grants.
    pub fn map<U>(self, each: impl FnMut(T) -> U) -> Inventory<U> {
        let Self { grants, unread, runs, alarms, alarm_places, assumptions, resource_changes, folder } = self;
        let grants = grants.into_iter().map(each).collect();
        Inventory { grants, unread, runs, alarms, alarm_places, assumptions, resource_changes, folder }
    }
}

impl Inventory {
    /// In order of address.
    pub fn sorted(mut self) -> Self {
        self.grants.sort_by(|a, b| a.origin.address.cmp(&b.origin.address));
        self
    }
}

impl<T> Default for Inventory<T> {
    fn default() -> Self {
        Self {
            grants: Vec::new(),
            unread: Vec::new(),
            runs: Vec::new(),
            alarms: Vec::new(),
            alarm_places: BTreeMap::new(),
            assumptions: BTreeSet::new(),
            resource_changes: 0,
            folder: None,
        }
    }
}

/// An object that looks like a grant and that no rule reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Where.
    pub origin: Origin,
    /// The source address of its provider, as the plan names it.
    pub provider: String,
    /// Why it looks like one.
    pub suspicion: Suspicion,
}

/// What the plan does to a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Makes it.
    Made,
    /// Changes it; `before` holds what it was.
    Changed,
    /// Removes it and makes it anew; `before` holds what it was.
    Replaced,
    /// Takes an existing one over into the state.
    Adopted,
    /// Leaves it behind, out of the state.
    LeftBehind,
    /// Somebody else has changed it, and the plan leaves it so; `before` holds what it was.
    Drifted,
    /// A limit goes.
    Loosened,
    /// Nothing.
    Untouched,
    /// No plan: it exists.
    Delivered,
    /// No plan: it exists, and was something else when Terraform last wrote it; `before` holds what it was.
    Altered,
}

/// An Access, and where in the plan it comes from.
#[derive(Clone, Debug)]
pub struct Grant {
    /// Where.
    pub origin: Origin,
    /// What kind.
    pub kind: GrantKind,
    /// The optional and computed attribute that holds it, where one does.
    pub part: Option<Box<str>>,
    /// Whose vocabulary.
    pub dialect: Dialect,
    /// What the plan does to it.
    pub change: Change,
    /// The words, for people.
    pub terms: Terms,
    /// What the plan's own definition of the role says, where that again names roles.
    pub defined: Option<Box<Terms>>,
    /// The Access in the readings that each would do: by a role's name, and by its content. Never empty.
    pub readings: Vec<Lowered>,
    /// What the same object gave before; empty unless it was changed.
    pub before: Access,
    /// What an opaque grant does.
    pub reason: Option<String>,
    /// Of which kind its principals are, where the rule says it; of a credential, who uses it.
    pub subject: Option<SubjectKind>,
    /// Whether anything that it is made of must not be printed.
    pub sensitive: bool,
}

impl Grant {
    /// What could not be said of it in any reading, each thing once.
    pub fn doubts(&self) -> impl Iterator<Item = ShownReason> {
        let mut said: Vec<ShownReason> = Vec::new();
        for doubt in self.readings.iter().flat_map(|reading| &reading.doubts) {
            let shown = self.show_reason(doubt);
            if !said.contains(&shown) {
                said.push(shown);
            }
        }
        said.into_iter()
    }

    /// A reason why it is undecided, as far as it may be printed.
    pub fn show_reason(&self, reason: &Reason) -> ShownReason {
        if self.sensitive && reason.may_quote_values() {
            ShownReason::Withheld(reason.settlement())
        } else {
            ShownReason::Whole(reason.clone())
        }
    }

    /// Who gets the access, in words: of the grant, or of the document that it holds.
    pub fn principals(&self) -> Vec<String> {
        let mut names: Vec<String> = self.terms.principals.iter().map(Text::to_string).collect();
        if names.is_empty() {
            let statements = self.readings.iter().flat_map(|reading| &reading.access.statements);
            let allowing = statements.filter(|statement| statement.effect == Effect::Allow);
            names.extend(
                allowing.flat_map(|statement| &statement.principals.include).map(ToString::to_string),
            );
        }
        names.sort();
        names.dedup();
        leave_out_members(&mut names);
        names
    }
}

/// Leaves out of names of principals what goes without saying beside the root of an account: everyone in it.
pub(crate) fn leave_out_members(names: &mut Vec<String>) {
    let roots: Vec<String> =
        names.iter().filter_map(|name| Some(name.strip_suffix(":root")?.to_owned())).collect();
    names.retain(|name| !roots.iter().any(|root| is_everyone_in(root, name)));
}

/// Whether a name is everyone in an account that is listed by its root, and so goes without saying.
fn is_everyone_in(root: &str, name: &str) -> bool {
    let Some(start) = name.strip_suffix(":*") else { return false };
    start == root || start == root.replacen(":iam:", ":sts:", 1)
}

fn lower_planned(dialect: Dialect, terms: &Terms) -> Lowered {
    lower(dialect, Side::Planned, terms)
}

/// The Access of what an Access denies, as if it were allowed.
pub fn list_denied(access: &Access) -> Access {
    let denying = access.statements.iter().filter(|statement| statement.effect == Effect::Deny);
    let mut statements: Vec<_> = denying.cloned().collect();
    for statement in &mut statements {
        statement.effect = Effect::Allow;
    }
    Access { statements }
}
