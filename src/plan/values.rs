//! An object's attributes on one side of a change, unknown and sensitive ones marked.

use serde_json::value::RawValue;

use super::{PlanError, PriorObject, ResourceChange};
use crate::json;
use crate::value::{UnknownOrigin, Value};

/// The attributes of one object, before or after.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values {
    /// The attributes; what is known only after apply is [`Value::Unknown`] and named by its path.
    pub object: Value,
    /// Mirrors `object`: `true` where a value, or all below it, must not be printed.
    sensitive: Value,
}

impl Values {
    /// Whether anything at or below this attribute must not be printed.
    pub fn is_sensitive(&self, attribute: &str) -> bool {
        hides_attribute(&self.sensitive, attribute)
    }

    /// Whether anything of the object must not be printed.
    pub fn has_sensitive(&self) -> bool {
        hides(&self.sensitive)
    }

    /// An object of which nothing is known.
    pub fn unknown(address: &str) -> Self {
        Self { object: Value::Unknown(UnknownOrigin::attribute(address, "")), sensitive: Value::Null }
    }
}

impl ResourceChange<'_> {
    /// What the object will be. `None` where it will not be.
    ///
    /// Errors: a duplicate key, or JSON that cannot be read exactly.
    pub fn after(&self) -> Result<Option<Values>, PlanError> {
        let Some(after) = self.after else { return Ok(None) };
        let mut object = self.parse(after)?;
        if let Some(unknown) = self.after_unknown {
            merge(&mut object, &self.parse(unknown)?, &self.address, "");
        }
        if !matches!(object, Value::Object(_)) {
            object = Value::Unknown(UnknownOrigin::attribute(&self.address, ""));
        }
        Ok(Some(Values { object, sensitive: self.marks(self.after_sensitive)? }))
    }

    /// What the object was. `None` where there was none.
    pub fn before(&self) -> Result<Option<Values>, PlanError> {
        let Some(before) = self.before else { return Ok(None) };
        Ok(Some(Values { object: self.parse(before)?, sensitive: self.marks(self.before_sensitive)? }))
    }

    fn marks(&self, raw: Option<&RawValue>) -> Result<Value, PlanError> {
        match raw {
            None => Ok(Value::Null),
            Some(raw) if matches!(raw.get(), "{}" | "false") => Ok(Value::Null),
            Some(raw) => self.parse(raw),
        }
    }

    fn parse(&self, raw: &RawValue) -> Result<Value, PlanError> {
        json::parse(raw.get()).map_err(|error| PlanError::Object { address: self.address.to_string(), error })
    }
}

impl PriorObject<'_> {
    /// Whether anything at or below this attribute must not be printed. Marks that cannot be read mark everything.
    pub fn is_sensitive(&self, attribute: &str) -> bool {
        let Some(marks) = self.sensitive else { return false };
        json::parse(marks.get()).map_or(true, |marks| hides_attribute(&marks, attribute))
    }
}

/// Whether marks of an object say that anything at or below an attribute must not be printed. Marks of another shape hide
/// everything.
fn hides_attribute(marks: &Value, attribute: &str) -> bool {
    match marks {
        Value::Object(_) => hides(marks.get(attribute)),
        Value::Bool(_)
        | Value::Null
        | Value::List(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Unknown(_) => hides(marks),
    }
}

/// Whether marks say that something here or below must not be printed.
fn hides(marks: &Value) -> bool {
    match marks {
        Value::Bool(mark) => *mark,
        Value::Null => false,
        Value::List(items) => items.iter().any(hides),
        Value::Object(members) => members.iter().any(|(_, member)| hides(member)),
        Value::Number(_) | Value::String(_) | Value::Unknown(_) => true,
    }
}

/// Whether a mark stands here or anywhere below.
fn is_marked(marks: &Value) -> bool {
    match marks {
        Value::Bool(mark) => *mark,
        Value::List(items) => items.iter().any(is_marked),
        Value::Object(members) => members.iter().any(|(_, member)| is_marked(member)),
        Value::Null | Value::Number(_) | Value::String(_) | Value::Unknown(_) => false,
    }
}

/// Puts an unknown value in every place that `marks` marks. Terraform leaves unknown members of an object out and
/// writes unknown elements of a list as null, so the two trees have to be walked together.
fn merge(value: &mut Value, marks: &Value, address: &str, path: &str) {
    match marks {
        Value::Bool(true) => *value = Value::Unknown(UnknownOrigin::attribute(address, path)),
        Value::Object(members) => {
            if *value == Value::Null {
                *value = Value::Object(Vec::new());
            }
            let Value::Object(present) = value else {
                return mark_mismatch(value, marks, address, path);
            };
            for (name, mark) in members.iter().filter(|(_, mark)| is_marked(mark)) {
                let path = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
                if let Some((_, member)) = present.iter_mut().find(|(key, _)| key == name) {
                    merge(member, mark, address, &path);
                } else {
                    let mut member = Value::Null;
                    merge(&mut member, mark, address, &path);
                    present.push((name.clone(), member));
                }
            }
        }
        Value::List(items) => {
            if *value == Value::Null {
                *value = Value::List(Vec::new());
            }
            let Value::List(present) = value else {
                return mark_mismatch(value, marks, address, path);
            };
            for (at, mark) in items.iter().enumerate() {
                if present.len() <= at {
                    present.push(Value::Null);
                }
                if let Some(item) = present.get_mut(at) {
                    merge(item, mark, address, &format!("{path}[{at}]"));
                }
            }
        }
        Value::Bool(false) | Value::Null | Value::Number(_) | Value::String(_) | Value::Unknown(_) => {}
    }
}

/// A value and its marks that do not fit together: nothing there can be read, and no apply changes that.
fn mark_mismatch(value: &mut Value, marks: &Value, address: &str, path: &str) {
    if is_marked(marks) {
        let origin = UnknownOrigin::attribute(address, path).to_string();
        *value = Value::Unknown(UnknownOrigin::Unreadable(origin.into()));
    }
}

#[cfg(test)]
mod tests {
    use super::merge;
    use crate::json::parse;
    use crate::value::{UnknownOrigin, Value};

    #[test]
    fn unknown_members_and_elements_come_back() {
        let mut value = parse(r#"{"role":"ci","s":[{"a":["x"],"r":[null,"k"]}]}"#).unwrap();
        let marks = parse(r#"{"arn":true,"s":[{"a":[false],"r":[true,false]}]}"#).unwrap();
        merge(&mut value, &marks, "t.n", "");
        assert_eq!(value.get("arn"), &Value::Unknown(UnknownOrigin::attribute("t.n", "arn")));
        assert_eq!(value.get("role").as_str(), Some("ci"));
        let Value::List(statements) = value.get("s") else { panic!() };
        let Value::List(resources) = statements[0].get("r") else { panic!() };
        assert_eq!(resources[0], Value::Unknown(UnknownOrigin::attribute("t.n", "s[0].r[0]")));
        assert_eq!(resources[1].as_str(), Some("k"));
    }
}
