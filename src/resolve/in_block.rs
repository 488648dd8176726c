//! Values of expressions that stand in a block of an object and are no arguments of its type: those of its provisioners.
//!
//! Takes a change and an expression and returns what it may be, seen from the instance that the change is of.

use hcl_edit::expr::{Expression, ObjectKey};
use serde_json::value::RawValue;

use super::follow::ModuleScope;
use super::world::World;
use crate::plan::{ResourceChange, Values};
use crate::possible::Possible;

impl World<'_> {
    /// What an expression in the block of a change is. `own` is what `self` means there; without it, `self` is anything.
    pub fn evaluate_beside<'w>(
        &'w self,
        change: &'w ResourceChange<'_>,
        own: Option<&Values>,
        expression: &Expression,
    ) -> Possible<'w> {
        // `self` is not read yet, whichever object it is.
        let _ = own;
        let index = change.index.map(RawValue::get);
        let scope = ModuleScope { world: self, module: &change.module, index, depth: 0 };
        let Expression::Object(members) = expression else { return scope.source(expression) };
        let members = members.iter().map(|(key, value)| {
            let name: Box<str> = match key {
                ObjectKey::Ident(name) => name.as_str().into(),
                ObjectKey::Expression(key) => key.as_str()?.into(),
            };
            Some((name, scope.source(value.expr())))
        });
        members.collect::<Option<_>>().map_or_else(Possible::unread, Possible::object)
    }
}
