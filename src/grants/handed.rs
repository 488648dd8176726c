//! Access that no grant of its own shows: an existing identity that is handed to something that runs, and a credential
//! that leaves by an output.
//!
//! In go a change, or the plan's outputs; out come grants, in the collector. An identity that the same plan makes is
//! judged where it is made and not here.

use std::borrow::Cow;

use super::collect::{Collector, Found, grant, located, origin};
use super::{Change, Origin};
use crate::lower::Dialect;
use crate::plan::configuration::Expression;
use crate::plan::{ResourceChange, Values, Verb, address};
use crate::rules::Kind;
use crate::rules::extract::{self, Evidence, Extract};
use crate::rules::object::Object;
use crate::rules::term::Term;
use crate::value::Value;

impl<'w> Collector<'w> {
    /// Identities that exist and that an object is to act as: access without any grant of its own.
    pub(super) fn uses(&mut self, change: &'w ResourceChange<'w>, before: Option<&Values>, after: &Values) {
        let Value::Object(members) = &after.object else { return };
        let before = before.filter(|_| change.verb == Verb::Update && !change.importing);
        for (pack, using) in self.world.rules.uses(&change.type_name, &change.provider) {
            for (attribute, value) in members.iter().filter(|(name, _)| using.attributes.contains(&**name)) {
                if matches!(value, Value::Null) || value.as_str() == Some("") {
                    continue;
                }
                let object = Object::of(self.world, change, after, pack, &using.rule);
                let stays = before.is_some_and(|before| before.object.get(attribute) == value);
                let made_here = address::block(&change.address, &change.module)
                    .is_some_and(|block| self.world.refers_to_made(&change.module, block, attribute));
                let left = object.block.is_some_and(|block| !block.sets(attribute));
                let own = value.as_str().is_some_and(|text| self.speaks_of(&change.address, text));
                if own || stays || made_here || (left && matches!(value, Value::Unknown(_))) {
                    continue;
                }
                for extract in extract::used(&object, Term::Value(Cow::Borrowed(value))) {
                    let origin = located(origin(change, &pack.name, Evidence::default()), &object);
                    self.found.push(Found {
                        grant: grant(origin, Change::Made, extract, after.is_sensitive(attribute)),
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
        texts.any(|text| text.as_known() == Some(identity))
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
