//! Elements of a set of the plan and what the sources write for them.
//!
//! Takes the elements of a list that a plan knows in part, and the value that is written for the list, and returns for each
//! of them what it may be. A plan lists the blocks of a set in another order than the sources, so that what is known of
//! an element is all that tells which one it is.

use terraform_values::{Shape, Value};

use crate::value::Value as PlanValue;

/// Elements of a list that are compared with each other, at most: a square of them. The longest list of a plan that was
/// looked at and of which an element is not known has forty.
pub(super) const MAX_COMPARED: usize = 256;

/// For each element of a planned set, the written elements that it may be by what the plan knows of it. `None` where the two
/// do not have the same number of elements, or some element is none of the others: then the provider has changed one, and
/// each may be any.
pub(super) fn match_elements(planned: &[PlanValue], written: &Value) -> Option<Vec<Value>> {
    let sequence = written.as_sequence().filter(|sequence| sequence.rest().is_none())?;
    let items = sequence.items();
    if planned.len() != items.len() || items.len() > MAX_COMPARED {
        return None;
    }
    let is_found = |item: &Value| planned.iter().any(|planned| may_be(planned, item));
    if !items.iter().all(is_found) {
        return None;
    }
    let candidates = |planned: &PlanValue| {
        let candidates: Vec<Value> = items.iter().filter(|item| may_be(planned, item)).cloned().collect();
        (!candidates.is_empty()).then(|| Value::one_of(candidates).with_marks(written.marks()))
    };
    planned.iter().map(candidates).collect()
}

/// Whether a planned value may be what is written, as far as texts tell: the provider turns other values into its types.
fn may_be(planned: &PlanValue, written: &Value) -> bool {
    written.alternatives().iter().any(|written| match (planned, written.shape()) {
        (PlanValue::String(planned), Shape::Text(written)) => written.admits(planned),
        (PlanValue::Object(members), Shape::Mapping(written)) => members
            .iter()
            .all(|(name, member)| written.get(name).is_none_or(|written| may_be(member, written))),
        // Of a list that is a set the order says nothing.
        (PlanValue::List(planned), Shape::Sequence(written)) if written.rest().is_none() => {
            let items = written.items();
            planned.iter().all(|planned| items.iter().any(|item| may_be(planned, item)))
                && items.iter().all(|item| planned.iter().any(|planned| may_be(planned, item)))
        }
        (_, _) => true,
    })
}

#[cfg(test)]
mod tests {
    use terraform_values::{Hole, Value};

    use super::match_elements;
    use crate::json;
    use crate::value::Value as PlanValue;

    /// A condition of a statement: what is written for its key is its name here.
    fn written(key: &str, values: &[&str]) -> Value {
        let values = values.iter().map(|value| Value::from(*value)).collect();
        Value::object([("variable", Value::from(key)), ("values", Value::list(values))])
    }

    /// The keys that each planned condition may have.
    fn keys(planned: &[&str], items: Vec<Value>) -> Option<Vec<usize>> {
        let planned: Vec<PlanValue> = planned.iter().map(|text| json::parse(text).unwrap()).collect();
        let matched = match_elements(&planned, &Value::list(items))?;
        Some(matched.iter().map(|one| one.alternatives().len()).collect())
    }

    #[test]
    fn elements_of_a_set_are_told_apart_by_what_is_known() {
        let items = || vec![written("sub", &["b", "a"]), written("aud", &["sts"])];
        let (aud, sub) = (r#"{"values": ["sts"]}"#, r#"{"values": ["a", "b"]}"#);
        assert_eq!(keys(&[aud, sub], items()), Some(vec![1, 1]));
        assert_eq!(keys(&[sub, aud], items()), Some(vec![1, 1]));
        assert_eq!(keys(&["{}", sub], items()), Some(vec![2, 1]), "nothing is known of it");
        assert_eq!(keys(&[r#"{"values": ["STS"]}"#, sub], items()), None, "the provider changed it");
        assert_eq!(keys(&[aud, aud], items()), None, "one is not planned");
        assert_eq!(keys(&[aud], items()), None);
        let open = Value::object([("values", Value::anything(Hole::unknown("x")))]);
        assert_eq!(keys(&[aud, sub], vec![open, written("aud", &["sts"])]), Some(vec![2, 1]));
    }
}
