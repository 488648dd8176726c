//! Access that no grant of its own shows: an existing identity that is handed to something that runs, and a credential
//! that leaves by an output.
//!
//! In go a change, or the plan's outputs; out come grants, in the collector. An identity that the same plan makes is
//! judged where it is made and not here.

use std::collections::BTreeSet;

use super::collect::{Collector, Found, grant, located, origin};
use super::extract::{self, Evidence, Extract, Extraction};
use super::{Change, Origin};
use crate::lower::Dialect;
use crate::plan::configuration::Expression;
use crate::plan::{Alarm, AlarmKind, ResourceChange, Values, Verb, address};
use crate::possible::Possible;
use crate::resolve::made_here::Argument;
use crate::resolve::object::Object;
use crate::rules::Kind;
use crate::sources::Sources;
use crate::value::Value;

impl<'w> Collector<'w> {
    /// Identities that exist and that an object is to act as: access without any grant of its own.
    pub(super) fn uses(&mut self, change: &'w ResourceChange<'w>, before: Option<&Values>, after: &Values) {
        let before = before.filter(|_| change.verb == Verb::Update && !change.importing);
        let mut told = BTreeSet::new();
        for (pack, using) in self.world.rules.find_uses(&change.type_name, &change.provider) {
            let mut found = Vec::new();
            named(&after.object, before.map(|before| &before.object), &using.attributes, "", &mut found);
            for Named { path, value, before } in found {
                if !told.insert(path.clone()) {
                    continue;
                }
                let object = Object::new(self.world, change, after, pack, &using.rule);
                let top = path.split(['.', '[']).next().unwrap_or_default();
                let made_here = address::block(&change.address, &change.module).and_then(|block| {
                    let (module, index) = (object.module, object.index);
                    let argument = Argument { module, index, block, path: &path, value, pack: Some(pack) };
                    self.world.made_here(argument, &using.identities)
                });
                if let Some(provenance) = &made_here {
                    self.note_trust(provenance);
                }
                // A block that is there, as from a `dynamic` block, is not the provider's.
                let left = path == top && object.block.is_some_and(|block| !block.sets(top));
                let own = value.as_str().is_some_and(|text| self.speaks_of(&change.address, text));
                let stays = before == Some(value);
                if own || stays || made_here.is_some() || (left && matches!(value, Value::Unknown(_))) {
                    continue;
                }
                let Extraction { extracts, provenance } =
                    extract::extract_uses(&object, Possible::borrowed(value));
                self.note_trust(&provenance);
                for extract in extracts {
                    let origin = located(origin(change, &pack.name, Evidence::default()), &object);
                    self.found.push(Found {
                        grant: grant(origin, Change::Made, extract, after.is_sensitive(top)),
                        names: Vec::new(),
                        before: Vec::new(),
                    });
                }
            }
        }
    }

    /// Whether the type's own rule has told of this identity.
    fn speaks_of(&self, address: &str, identity: &str) -> bool {
        let own = self.found.iter().rev().take_while(|found| found.grant.origin.address == address);
        let mut texts =
            own.flat_map(|found| found.grant.terms.resources.iter().chain(&found.grant.terms.principals));
        texts.any(|text| {
            let known = text.as_known();
            known == Some(identity) || known.is_some_and(|text| text.ends_with(&format!(":{identity}")))
        })
    }

    /// Ephemeral resources that only the sources show.
    pub(super) fn ephemeral(&mut self) {
        let sources = self.world.plan.sources();
        for block in sources.map(Sources::ephemeral).unwrap_or_default() {
            let names = block.module.split('.').filter(|name| !name.is_empty());
            let path: String = names.map(|name| format!("module.{name}.")).collect();
            self.alarms.push(Alarm {
                kind: AlarmKind::Ungoverned,
                address: Some(format!("{path}{}", block.address)),
                message: "the ephemeral resource is opened during apply".to_owned(),
            });
        }
    }

    /// Credentials that leave by an output of the root module.
    pub(super) fn outputs(&mut self) {
        let plan = self.world.plan;
        for output in &plan.revealing_outputs {
            let Expression::References(references) = plan.configuration.output(&[], output) else { continue };
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
                let terms = extract::on_terraform("reveal", &format!("{type_name}.{attribute}"), &address);
                let origin = Origin {
                    address,
                    type_name: type_name.to_owned(),
                    provider: "terraform".to_owned(),
                    ..Origin::default()
                };
                let extract = Extract {
                    kind: Kind::Opaque,
                    dialect: Dialect::Terraform,
                    terms,
                    names: Vec::new(),
                    reason: Some(format!("hands out the credential `{reference}`")),
                    configured: None,
                    in_blocks: false,
                };
                let grant = grant(origin, Change::Made, extract, false);
                self.found.push(Found { grant, names: Vec::new(), before: Vec::new() });
            }
        }
    }
}

/// An attribute that names an identity, wherever in the object it stands.
struct Named<'v> {
    path: String,
    value: &'v Value,
    before: Option<&'v Value>,
}

/// `a[0].b` as a rule writes it: `a.b`.
fn without_indexes(path: &str) -> String {
    path.split('.').map(|step| step.split('[').next().unwrap_or_default()).collect::<Vec<_>>().join(".")
}

/// Attributes of these names that are set, in the object and in its blocks.
fn named<'v>(
    value: &'v Value,
    before: Option<&'v Value>,
    names: &BTreeSet<String>,
    at: &str,
    found: &mut Vec<Named<'v>>,
) {
    if let Value::List(items) = value {
        let earlier = |index: usize| match before {
            Some(Value::List(items)) => items.get(index),
            _ => None,
        };
        for (index, item) in items.iter().enumerate() {
            if matches!(item, Value::Object(_)) {
                named(item, earlier(index), names, &format!("{at}[{index}]"), found);
            }
        }
    }
    let Value::Object(members) = value else { return };
    for (name, member) in members {
        let is_block = matches!(member, Value::Object(_))
            || matches!(member, Value::List(items) if items.iter().any(|item| matches!(item, Value::Object(_))));
        let is_set = match member {
            Value::Null => false,
            Value::List(items) => !items.is_empty(),
            Value::String(text) => !text.is_empty(),
            Value::Bool(_) | Value::Number(_) | Value::Object(_) | Value::Unknown(_) => true,
        };
        let path = || if at.is_empty() { name.to_string() } else { format!("{at}.{name}") };
        let earlier = before.map(|before| before.get(name));
        if is_block {
            named(member, earlier, names, &path(), found);
        } else if is_set
            && (names.contains(&**name) || !at.is_empty() && names.contains(&without_indexes(&path())))
        {
            found.push(Named { path: path(), value: member, before: earlier });
        }
    }
}
