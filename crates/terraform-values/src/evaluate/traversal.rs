//! References and the steps behind them: `var.x[0].y[*].z`.

use hcl_edit::expr::{Expression, Traversal, TraversalOperator};

use super::Evaluator;
use super::access::{get_attribute, get_element};
use super::variables::Meaning;
use crate::outcome::Outcome;
use crate::scope::{Reference, Step};
use crate::value::hole::Hole;
use crate::value::limits::MAX_ALTERNATIVES;
use crate::value::marks::Marks;
use crate::value::number::Number;
use crate::value::sequence::SequenceKind;
use crate::value::{NullType, Shape, Value};

/// One step, with its key evaluated.
#[derive(Clone)]
enum Access<'t> {
    Attribute(&'t str),
    /// A key without alternatives at its top.
    Element(Value),
    /// `[*]`: every step behind it is taken of each element.
    FullSplat,
    /// `.*`: the attributes behind it are taken of each element, and the other steps of the result.
    AttributeSplat,
}

impl Evaluator<'_> {
    /// What a name without steps means.
    pub(super) fn evaluate_name(&self, name: &str) -> Outcome {
        self.resolve(name, &[])
    }

    pub(super) fn evaluate_traversal(&self, traversal: &Traversal) -> Outcome {
        let mut may_fail = false;
        let mut choices: Vec<Vec<Access<'_>>> = vec![Vec::new()];
        for operator in &traversal.operators {
            let steps = match operator.value() {
                TraversalOperator::GetAttr(name) => vec![Access::Attribute(name.as_str())],
                TraversalOperator::LegacyIndex(at) => vec![Access::Element(Value::from(Number::from(**at)))],
                TraversalOperator::FullSplat(_) => vec![Access::FullSplat],
                TraversalOperator::AttrSplat(_) => vec![Access::AttributeSplat],
                TraversalOperator::Index(key) => {
                    let key = self.evaluate(key);
                    may_fail |= key.may_fail();
                    let Some(key) = key.value() else { return Outcome::FAILS };
                    if choices.len() * key.alternatives().len() > MAX_ALTERNATIVES {
                        vec![Access::Element(Value::anything(
                            key.hole("one of many keys", Default::default()),
                        ))]
                    } else {
                        key.alternatives().iter().cloned().map(Access::Element).collect()
                    }
                }
            };
            let mut longer = Vec::new();
            for choice in &choices {
                longer.extend(
                    steps.iter().map(|step| choice.iter().chain([step]).cloned().collect::<Vec<_>>()),
                );
            }
            choices = longer;
        }
        let outcome = if let Expression::Variable(name) = &traversal.expr {
            let each = choices.iter().map(|accesses| self.resolve(name.as_str(), accesses));
            Outcome::one_of(each.collect())
        } else {
            self.evaluate(&traversal.expr).and_then(|value| {
                Outcome::one_of(choices.iter().map(|accesses| apply(&value, accesses)).collect())
            })
        };
        if may_fail { outcome.or_failure() } else { outcome }
    }

    /// The scope is asked with all steps and says how many it has taken.
    fn resolve(&self, root: &str, accesses: &[Access<'_>]) -> Outcome {
        match self.variables.find(root) {
            Meaning::Value(value) => return apply(value, accesses),
            Meaning::Nothing => return Outcome::FAILS,
            Meaning::OfScope => {}
        }
        let reference = Reference { root, steps: accesses.iter().map_while(Access::as_step).collect() };
        let found = self.scope.look_up(&reference, self.budget).filter(|found| found.steps <= accesses.len());
        let Some(found) = found else { return Outcome::unsure(Hole::unreadable(reference.to_string())) };
        let rest = accesses.get(found.steps..).unwrap_or_default();
        let marks = key_marks(accesses.get(..found.steps).unwrap_or_default());
        found.outcome.and_then(|value| apply(&value, rest)).with_marks(&marks)
    }
}

fn key_marks(accesses: &[Access<'_>]) -> Marks {
    let mut marks = Marks::NONE;
    for access in accesses {
        if let Access::Element(key) = access {
            marks.absorb(key.marks());
        }
    }
    marks
}

impl<'t> Access<'t> {
    fn as_step(&self) -> Option<Step<'t>> {
        match self {
            Self::Attribute(name) => Some(Step::Attribute(name)),
            Self::Element(key) => Some(Step::Index(key.clone())),
            Self::FullSplat => Some(Step::Splat),
            Self::AttributeSplat => None,
        }
    }
}

/// Takes the steps of a value, one by one.
fn apply(value: &Value, accesses: &[Access<'_>]) -> Outcome {
    let Some((first, rest)) = accesses.split_first() else { return value.clone().into() };
    let operands = match first {
        Access::Element(key) => vec![value.clone(), key.clone()],
        Access::Attribute(_) | Access::FullSplat | Access::AttributeSplat => vec![value.clone()],
    };
    let (each, after) = match first {
        Access::FullSplat => (rest, &[][..]),
        Access::AttributeSplat => {
            let count = rest.iter().take_while(|access| matches!(access, Access::Attribute(_))).count();
            rest.split_at(count)
        }
        Access::Attribute(_) | Access::Element(_) => (&[][..], rest),
    };
    let outcome = Value::for_each_choice(&operands, |choice| match (first, choice) {
        (Access::Attribute(name), [value]) => get_attribute(value, name),
        (Access::Element(_), [value, key]) => get_element(value, key),
        (Access::FullSplat | Access::AttributeSplat, [value]) => splat(value, each),
        _ => Outcome::FAILS,
    });
    if after.is_empty() { outcome } else { outcome.and_then(|value| apply(&value, after)) }
}

/// The steps taken of each element. What is no sequence is its only element; null has none.
fn splat(value: &Value, each: &[Access<'_>]) -> Outcome {
    let sequence = match &value.shape {
        Shape::Null(NullType::Of(of_null)) if of_null.is_sequence() => return Outcome::FAILS,
        Shape::Null(NullType::Unsure) => return Outcome::from(Value::tuple(Vec::new())).or_failure(),
        Shape::Null(_) => return Value::tuple(Vec::new()).into(),
        Shape::Anything(hole) => {
            let element = Value::anything(hole.computed("an element", Default::default()));
            let element = apply(&element, each);
            let of = |element: &Value| Value::elements(SequenceKind::ListOrTuple, element.clone());
            return element.and_then(|element| of(&element).into()).or_failure();
        }
        Shape::Sequence(sequence) => sequence,
        Shape::Bool(_) | Shape::Number(_) | Shape::Text(_) | Shape::Mapping(_) | Shape::OneOf(_) => {
            return apply(value, each).and_then(|value| Value::tuple(vec![value]).into());
        }
    };
    let kind = match sequence.kind() {
        SequenceKind::Tuple => SequenceKind::Tuple,
        SequenceKind::List | SequenceKind::Set => SequenceKind::List,
        SequenceKind::ListOrTuple | SequenceKind::Unsure => SequenceKind::ListOrTuple,
    };
    let mut may_fail = false;
    let mut items = Vec::with_capacity(sequence.items().len());
    for item in sequence.items() {
        let outcome = apply(item, each);
        may_fail |= outcome.may_fail();
        let Some(item) = outcome.value() else { return Outcome::FAILS };
        items.push(item.clone());
    }
    let rest = sequence.rest().map(|rest| apply(rest, each));
    may_fail |= rest.as_ref().is_some_and(Outcome::may_fail);
    let mut rest = rest.and_then(|rest| rest.value().cloned());
    if !sequence.has_order() {
        let all: Vec<Value> = std::mem::take(&mut items).into_iter().chain(rest).collect();
        rest = (!all.is_empty()).then(|| Value::one_of(all));
    }
    super::constructor::finish(Value::sequence(kind, items, rest), may_fail)
}
