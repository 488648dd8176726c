//! `[…]` and `{…}`.

use hcl_edit::expr::{Array, Expression, Object, ObjectKey};

use super::Evaluator;
use crate::outcome::Outcome;
use crate::types::convert_text;
use crate::value::Value;
use crate::value::mapping::{MappingKind, Members};
use crate::value::marks::Marks;
use crate::value::text::Text;

/// The key of a member, after conversion to text.
pub(super) struct Key {
    /// What it may be.
    pub(super) texts: Vec<Text>,
    /// Its marks, which go to the whole object.
    pub(super) marks: Marks,
    /// Whether Terraform may refuse it.
    pub(super) may_fail: bool,
}

impl Key {
    /// The key that a value is; `None` where Terraform refuses.
    pub(super) fn of(value: &Value) -> Option<Self> {
        let mut key = Self { texts: Vec::new(), marks: value.all_marks(), may_fail: false };
        for alternative in value.alternatives() {
            match convert_text(alternative) {
                Some((text, may_fail)) => {
                    key.texts.push(text);
                    key.may_fail |= may_fail;
                }
                None => key.may_fail = true,
            }
        }
        (!key.texts.is_empty()).then_some(key)
    }

    /// The one name that it is.
    pub(super) fn as_known(&self) -> Option<&str> {
        match self.texts.as_slice() {
            [text] => text.as_known(),
            _ => None,
        }
    }

    /// The one text that it is, with its holes.
    pub(super) fn as_text(&self) -> Option<&Text> {
        if let [text] = self.texts.as_slice() { Some(text) } else { None }
    }

    /// Whether it may be this name.
    pub(super) fn admits(&self, name: &str) -> bool {
        self.texts.iter().any(|text| text.admits(name))
    }
}

impl Evaluator<'_> {
    pub(super) fn evaluate_array(&self, array: &Array) -> Outcome {
        let mut items = Vec::with_capacity(array.len());
        let mut may_fail = false;
        for item in array.iter() {
            let outcome = self.evaluate(item);
            may_fail |= outcome.may_fail();
            let Some(item) = outcome.value() else { return Outcome::FAILS };
            items.push(item.clone());
        }
        finish(Value::tuple(items), may_fail)
    }

    pub(super) fn evaluate_object(&self, object: &Object) -> Outcome {
        let mut members = Members::default();
        let (mut marks, mut may_fail) = (Marks::NONE, false);
        for (key, value) in object.iter() {
            let (key, value) = (self.evaluate_key(key), self.evaluate(value.expr()));
            may_fail |= key.may_fail() || value.may_fail();
            let (Some(key), Some(value)) = (key.value().and_then(Key::of), value.value()) else {
                return Outcome::FAILS;
            };
            may_fail |= key.may_fail;
            marks.absorb(&key.marks);
            match (key.as_known(), key.as_text()) {
                (Some(name), _) => members.insert(name.into(), value.clone()),
                (None, Some(name)) => members.insert_open(name.clone(), value.clone()),
                (None, None) => members.insert_unnamed(|name| key.admits(name), value.clone()),
            }
        }
        finish(members.build(MappingKind::Object).with_marks(&marks), may_fail)
    }

    /// A bare word is the name itself.
    fn evaluate_key(&self, key: &ObjectKey) -> Outcome {
        match key {
            ObjectKey::Ident(name) => Value::from(name.as_str()).into(),
            ObjectKey::Expression(Expression::Variable(name)) => Value::from(name.as_str()).into(),
            ObjectKey::Expression(Expression::Null(_)) => Value::from("null").into(),
            ObjectKey::Expression(key) => self.evaluate(key),
        }
    }
}

pub(super) fn finish(value: Value, may_fail: bool) -> Outcome {
    if may_fail { Outcome::from(value).or_failure() } else { value.into() }
}
