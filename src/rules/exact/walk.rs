//! Goes through the expressions of a rule, as far as they are evaluated for one object.
//!
//! Takes a rule and an object and collects the places that words, conditions and limits read. It mirrors
//! [`crate::rules::evaluate`]: what is not evaluated, such as a branch that is not taken, is not read.

use super::{Place, PlaceStep, SeenPlaces};
use crate::possible::Possible;
use crate::rules::evaluate::evaluate;
use crate::rules::expression::{Expr, Function, Root, Step};
use crate::rules::scope::Scope;
use crate::rules::{GrantRule, LimitRule, Rule};
use crate::value::Value;

/// Identities that are followed one after the other, at most. A rule's identity names one other; 16 ends what names itself.
const MAX_DEPTH: u8 = 16;

/// What the value of an expression is made of.
#[derive(Clone, Debug)]
pub(super) enum Operand {
    /// The value at a place.
    At(Place),
    /// What a function makes of the value at a place: read as a whole it is all of it, and a part of it is not.
    Parsed(Place),
}

impl Operand {
    pub(super) fn into_place(self) -> Place {
        match self {
            Self::At(place) | Self::Parsed(place) => place,
        }
    }
}

/// The element of `for_each` that is looked at.
struct Each<'v> {
    operand: Operand,
    value: Possible<'v>,
}

/// Goes through the expressions of a rule, as far as they are evaluated for the object.
pub(super) struct Walk<'r, 'v> {
    rule: &'r Rule,
    scope: &'r dyn Scope<'v>,
    each: Option<Each<'v>>,
    /// How many identities were followed one after the other.
    depth: u8,
    pub(super) seen: SeenPlaces,
}

impl<'r, 'v> Walk<'r, 'v> {
    pub(super) fn new(rule: &'r Rule, scope: &'r dyn Scope<'v>) -> Self {
        Self { rule, scope, each: None, depth: 0, seen: SeenPlaces::default() }
    }

    pub(super) fn read_grant(&mut self, grant: &GrantRule) {
        let Some(expr) = &grant.for_each else { return self.read_words(grant) };
        let operands = self.list_operands(expr);
        let mut elements = Vec::new();
        for operand in operands {
            match operand {
                Operand::At(place) => self.add_elements(place, &mut elements),
                Operand::Parsed(place) => {
                    let values = self.evaluate(expr).elements().into_iter();
                    elements
                        .extend(values.map(|value| Each { operand: Operand::Parsed(place.clone()), value }));
                }
            }
        }
        for each in elements {
            self.each = Some(each);
            self.read_words(grant);
        }
        self.each = None;
    }

    /// The elements of a list with their places; a value that is no list is one element.
    fn add_elements(&self, place: Place, elements: &mut Vec<Each<'v>>) {
        match self.value_at(&place) {
            Value::Null => {}
            Value::List(items) => {
                for at in 0..items.len() {
                    self.add_elements(with(&place, PlaceStep::Element(at)), elements);
                }
            }
            value @ (Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Object(_)
            | Value::Unknown(_)) => {
                elements.push(Each { operand: Operand::At(place), value: Possible::borrowed(value) });
            }
        }
    }

    fn read_words(&mut self, grant: &GrantRule) {
        if let Some(when) = &grant.when {
            self.test(when);
            if self.evaluate(when).as_certain_truth() == Some(false) {
                return;
            }
        }
        let conditions = grant.conditions.iter().map(|(_, _, values)| values);
        for expr in grant.words.values().chain(conditions) {
            self.take(expr);
        }
    }

    pub(super) fn read_limit(&mut self, limit: &LimitRule) {
        self.take(&limit.value);
        if let Some(when) = &limit.when {
            self.test(when);
        }
    }

    pub(super) fn evaluate(&self, expr: &Expr) -> Possible<'v> {
        evaluate(expr, self.scope, self.each.as_ref().map(|each| &each.value))
    }

    /// Reads an expression whose value goes into a word.
    fn take(&mut self, expr: &Expr) {
        let operands = self.list_operands(expr);
        self.seen.whole.extend(operands.into_iter().map(Operand::into_place));
    }

    /// Reads an expression of which only the truth counts.
    pub(super) fn test(&mut self, expr: &Expr) {
        match expr {
            Expr::Not(inner) => self.test(inner),
            Expr::And(a, b) | Expr::Or(a, b) => {
                self.test(a);
                self.test(b);
            }
            Expr::Equal(a, b) => match (find_constant(a), find_constant(b)) {
                (None, Some(constant)) => self.compare(a, &constant),
                (Some(constant), None) => self.compare(b, &constant),
                // Two values that change alike stay equal.
                (None, None) | (Some(_), Some(_)) => {}
            },
            Expr::Call(Function::Contains, arguments) => {
                if let [list, wanted] = arguments.as_slice() {
                    self.compare_elements(list, wanted);
                }
            }
            // What else the text holds is not looked at.
            Expr::Call(Function::StartsWith | Function::EndsWith, _) => {}
            Expr::Null
            | Expr::Bool(_)
            | Expr::Number(_)
            | Expr::Text(_)
            | Expr::Path(..)
            | Expr::Of(..)
            | Expr::Template(_)
            | Expr::List(_)
            | Expr::Object(_)
            | Expr::If(..)
            | Expr::Call(..) => {
                for operand in self.list_operands(expr) {
                    match operand {
                        Operand::At(place) => self.seen.compared.push((place, None)),
                        Operand::Parsed(place) => self.seen.reduced.push(place),
                    }
                }
            }
        }
    }

    fn compare(&mut self, variable: &Expr, constant: &Value) {
        for operand in self.list_operands(variable) {
            // `split(":", x)[1] == null` asks which form a text has, and not what it is.
            if let Operand::At(place) = operand {
                self.seen.compared.push((place, Some(constant.clone())));
            }
        }
    }

    /// `contains(list, wanted)`: one of the two is written in the rule.
    fn compare_elements(&mut self, list: &Expr, wanted: &Expr) {
        if let Some(constant) = find_constant(wanted) {
            for place in self.list_operands(list).into_iter().map(Operand::into_place) {
                if let Value::List(items) = self.value_at(&place) {
                    let elements = (0..items.len()).map(|at| with(&place, PlaceStep::Element(at)));
                    let compared = elements.map(|element| (element, Some(constant.clone())));
                    self.seen.compared.extend(compared);
                }
            }
        } else if let Expr::List(options) = list {
            for constant in options.iter().filter_map(find_constant) {
                self.compare(wanted, &constant);
            }
        }
    }

    /// What the value of an expression is made of. What it tests on the way is read.
    pub(super) fn list_operands(&mut self, expr: &Expr) -> Vec<Operand> {
        match expr {
            Expr::Null | Expr::Bool(_) | Expr::Number(_) | Expr::Text(_) => Vec::new(),
            Expr::Path(Root::Attribute(name), steps) => {
                self.follow(vec![Operand::At(vec![PlaceStep::Member(name.clone())])], steps)
            }
            Expr::Path(Root::Each, steps) => {
                let each = self.each.as_ref().map(|each| each.operand.clone());
                self.follow(each.into_iter().collect(), steps)
            }
            Expr::Path(Root::Identity(name), steps) => {
                let operands = self.identity(name);
                self.follow(operands, steps)
            }
            Expr::Path(Root::Fact(_) | Root::Address | Root::Type, _) => Vec::new(),
            Expr::Of(inner, steps) => {
                let operands = self.list_operands(inner);
                self.follow(operands, steps)
            }
            Expr::Template(parts) => match parts.as_slice() {
                [only] => self.list_operands(only),
                // One null makes null of the whole text.
                parts if self.evaluate(expr).is_null() => {
                    parts.iter().for_each(|part| self.compare(part, &Value::Null));
                    Vec::new()
                }
                parts => {
                    parts.iter().for_each(|part| self.take(part));
                    Vec::new()
                }
            },
            Expr::List(items) => self.all_operands(items),
            Expr::Object(members) => {
                members.iter().flat_map(|(_, member)| self.list_operands(member)).collect()
            }
            Expr::Not(_) | Expr::Equal(..) | Expr::And(..) | Expr::Or(..) => {
                self.test(expr);
                Vec::new()
            }
            Expr::If(condition, yes, no) => {
                self.test(condition);
                match self.evaluate(condition).as_certain_truth() {
                    Some(true) => self.list_operands(yes),
                    Some(false) => self.list_operands(no),
                    None => Vec::new(),
                }
            }
            Expr::Call(function, arguments) => self.call(*function, arguments, expr),
        }
    }

    pub(super) fn all_operands(&mut self, items: &[Expr]) -> Vec<Operand> {
        items.iter().flat_map(|item| self.list_operands(item)).collect()
    }

    /// Those of `self.NAME`: the attribute of that name, or what the rule says where that is not known.
    fn identity(&mut self, name: &str) -> Vec<Operand> {
        let mut operands = vec![Operand::At(vec![PlaceStep::Member(name.into())])];
        let rule = self.rule;
        let defined = rule.identity.iter().find(|(known, _)| known == name).map(|(_, expr)| expr);
        let is_open = matches!(self.scope.attributes().get(name), Value::Unknown(_) | Value::Null);
        if let Some(expr) = defined.filter(|_| is_open && self.depth < MAX_DEPTH) {
            self.depth += 1;
            operands.extend(self.list_operands(expr));
            self.depth -= 1;
        }
        operands
    }

    /// What stands at the end of some steps. A part of what a function made of a value is not all of that value.
    fn follow(&mut self, operands: Vec<Operand>, steps: &[Step]) -> Vec<Operand> {
        let Some((step, rest)) = steps.split_first() else { return operands };
        let mut reached = Vec::new();
        for operand in operands {
            let Operand::At(place) = operand else {
                self.reduce(vec![operand]);
                continue;
            };
            match step {
                Step::Member(name) | Step::Key(name) => {
                    reached.push(Operand::At(with(&place, PlaceStep::Member(name.clone()))));
                }
                Step::Element(index) => reached.push(Operand::At(with(&place, PlaceStep::Element(*index)))),
                Step::Every => match self.value_at(&place) {
                    Value::List(items) => {
                        let elements = (0..items.len()).map(|at| with(&place, PlaceStep::Element(at)));
                        reached.extend(elements.map(Operand::At));
                    }
                    Value::Null
                    | Value::Bool(_)
                    | Value::Number(_)
                    | Value::String(_)
                    | Value::Object(_)
                    | Value::Unknown(_) => reached.push(Operand::At(place)),
                },
            }
        }
        self.follow(reached, rest)
    }

    pub(super) fn reduce(&mut self, operands: Vec<Operand>) {
        self.seen.reduced.extend(operands.into_iter().map(Operand::into_place));
    }

    fn value_at(&self, place: &[PlaceStep]) -> &'v Value {
        value_at(self.scope.attributes(), place)
    }
}

/// The value at a place; null where there is none.
fn value_at<'v>(object: &'v Value, place: &[PlaceStep]) -> &'v Value {
    const NULL: &Value = &Value::Null;
    place.iter().fold(object, |value, step| match step {
        PlaceStep::Member(name) => value.get(name),
        PlaceStep::Element(at) => value.as_list().and_then(|items| items.get(*at)).unwrap_or(NULL),
    })
}

fn with(place: &[PlaceStep], step: PlaceStep) -> Place {
    let mut longer = place.to_vec();
    longer.push(step);
    longer
}

fn find_constant(expr: &Expr) -> Option<Value> {
    match expr {
        Expr::Null => Some(Value::Null),
        Expr::Bool(truth) => Some(Value::Bool(*truth)),
        Expr::Number(text) => Some(Value::Number(text.clone())),
        Expr::Text(text) => Some(Value::String(text.clone())),
        Expr::Path(..)
        | Expr::Of(..)
        | Expr::Template(_)
        | Expr::List(_)
        | Expr::Object(_)
        | Expr::Not(_)
        | Expr::Equal(..)
        | Expr::And(..)
        | Expr::Or(..)
        | Expr::If(..)
        | Expr::Call(..) => None,
    }
}
