//! The law of [`crate::possible`], tried on random expressions: what an expression gives for some value of its operands is one
//! of the values that it gives for sets which hold that value.

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any};
use proptest::proptest;

use super::evaluate;
use crate::lower::{Text, TextPart};
use crate::possible::{MAX_ALTERNATIVES, MAX_SIZE, Possible};
use crate::rules::expression::{Expr, Function, Root, Step};
use crate::rules::scope::Scope;
use crate::value::provenance::Provenance;
use crate::value::{UnknownOrigin, Value};
use access_algebra::HoleKind;

/// Attributes by name.
struct Attributes(Vec<(&'static str, Possible<'static>)>);

impl Scope<'static> for Attributes {
    fn start<'s>(&self, root: &Root, steps: &'s [Step]) -> (Possible<'static>, &'s [Step]) {
        let Root::Attribute(wanted) = root else { return (Possible::NULL, steps) };
        let found = self.0.iter().find(|(name, _)| *name == &**wanted);
        (found.map_or(Possible::NULL, |(_, value)| value.clone()), steps)
    }
}

/// Choices, drawn from random bytes; after the last one it is always the first choice.
struct Dice<'d>(&'d [u8]);

impl Dice<'_> {
    fn roll(&mut self, sides: usize) -> usize {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(*first) % sides
    }

    fn text(&mut self) -> &'static str {
        ["a", "", "b", "ab", "a,b", "true", "1"][self.roll(7)]
    }

    fn scalar(&mut self) -> Value {
        match self.roll(5) {
            0 => Value::Bool(self.roll(2) == 0),
            1 => Value::Number(self.roll(3).to_string().into()),
            _ => Value::String(self.text().into()),
        }
    }

    /// A set that holds the value.
    fn around(&mut self, value: &Value) -> Possible<'static> {
        let exact = Possible::owned(value.clone());
        match (self.roll(7), value) {
            (1, _) => Possible::unknown(UnknownOrigin::attribute("t.r", "x")),
            (2, _) => Possible::owned(self.scalar()).resting_on(&Provenance::guess("t.r.x", "t.s.y")),
            (3, _) => Possible::one_of(vec![Possible::owned(self.scalar()), exact]),
            (4, Value::String(text)) => {
                let (head, tail) = text.split_at(self.roll(text.len() + 1));
                let mut holed = Text::known(head);
                // Holes of one name are one value, so each has its own.
                holed.push(&Text::hole(HoleKind::Unknown, &format!("t.r.x{}", self.0.len())));
                holed.push_known(if self.roll(2) == 0 { tail } else { "" });
                Possible::text(holed)
            }
            (4 | 5, Value::List(items)) => {
                Possible::list(items.iter().map(|item| self.around(item)).collect())
            }
            (4 | 5, Value::Object(members)) => {
                let around = |(name, member): &(Box<str>, Value)| (name.clone(), self.around(member));
                Possible::object(members.iter().map(around).collect())
            }
            _ => exact,
        }
    }

    /// `s` is some text, `n` may be null, `b` is a truth value, `l` a list and `o` an object of texts.
    fn attributes(&mut self) -> [(&'static str, Value); 5] {
        let list = (0..self.roll(4)).map(|_| self.scalar()).collect();
        let object = ["a", "b"].into_iter().map(|name| (name.into(), self.scalar())).collect();
        [
            ("s", self.scalar()),
            ("n", if self.roll(2) == 0 { Value::Null } else { self.scalar() }),
            ("b", Value::Bool(self.roll(2) == 0)),
            ("l", Value::List(list)),
            ("o", Value::Object(object)),
        ]
    }

    fn pair(&mut self, depth: usize, make: fn(&mut Self, usize) -> Expr) -> (Box<Expr>, Box<Expr>) {
        (Box::new(make(self, depth)), Box::new(make(self, depth)))
    }

    fn literal(&mut self) -> Expr {
        Expr::Text(self.text().into())
    }

    /// An expression that is some text.
    fn text_expr(&mut self, depth: usize) -> Expr {
        let sides = if depth == 0 { 3 } else { 10 };
        let depth = depth.saturating_sub(1);
        match self.roll(sides) {
            1 => self.literal(),
            2 => path("o", vec![Step::Member("a".into())]),
            3 => Expr::Template((0..self.roll(4)).map(|_| self.text_expr(depth)).collect()),
            4 => Expr::Call(Function::Lower, vec![self.text_expr(depth)]),
            5 => Expr::Call(Function::TrimPrefix, vec![self.text_expr(depth), self.literal()]),
            6 => Expr::Call(
                Function::Replace,
                vec![self.text_expr(depth), Expr::Text("a".into()), self.literal()],
            ),
            7 => {
                let condition = Box::new(self.truth_expr(depth));
                let (yes, no) = self.pair(depth, Self::text_expr);
                Expr::If(condition, yes, no)
            }
            8 => Expr::Call(Function::Coalesce, vec![self.nullable_expr(depth), self.text_expr(depth)]),
            9 => Expr::Call(Function::Generated, vec![path("s", Vec::new()), self.text_expr(depth)]),
            _ => path("s", Vec::new()),
        }
    }

    /// An expression that is some text or null.
    fn nullable_expr(&mut self, depth: usize) -> Expr {
        match self.roll(4) {
            1 => path("l", vec![Step::Element(self.roll(4))]),
            2 => path("o", vec![Step::Member("c".into())]),
            3 => self.text_expr(depth),
            _ => path("n", Vec::new()),
        }
    }

    /// An expression that is a truth value.
    fn truth_expr(&mut self, depth: usize) -> Expr {
        let sides = if depth == 0 { 1 } else { 8 };
        let depth = depth.saturating_sub(1);
        match self.roll(sides) {
            1 => {
                let (a, b) = self.pair(depth, Self::nullable_expr);
                Expr::Equal(a, b)
            }
            2 => Expr::Not(Box::new(self.truth_expr(depth))),
            3 => {
                let (a, b) = self.pair(depth, Self::truth_expr);
                Expr::And(a, b)
            }
            4 => {
                let (a, b) = self.pair(depth, Self::truth_expr);
                Expr::Or(a, b)
            }
            5 => Expr::Call(Function::StartsWith, vec![self.text_expr(depth), self.literal()]),
            6 => Expr::Call(Function::EndsWith, vec![self.text_expr(depth), self.literal()]),
            7 => Expr::Call(Function::Contains, vec![self.list_expr(depth), self.text_expr(depth)]),
            _ => path("b", Vec::new()),
        }
    }

    /// An expression that is a list of texts.
    fn list_expr(&mut self, depth: usize) -> Expr {
        let sides = if depth == 0 { 1 } else { 7 };
        let depth = depth.saturating_sub(1);
        match self.roll(sides) {
            1 => Expr::List((0..self.roll(3)).map(|_| self.nullable_expr(depth)).collect()),
            2 => {
                let (a, b) = self.pair(depth, Self::list_expr);
                Expr::Call(Function::Concat, vec![*a, *b])
            }
            3 => Expr::Call(Function::Split, vec![Expr::Text(",".into()), self.text_expr(depth)]),
            4 => Expr::Call(Function::Values, vec![path("o", Vec::new())]),
            5 => Expr::Call(Function::Lower, vec![self.list_expr(depth)]),
            6 => {
                let condition = Box::new(self.truth_expr(depth));
                let (yes, no) = self.pair(depth, Self::list_expr);
                Expr::If(condition, yes, no)
            }
            _ => path("l", Vec::new()),
        }
    }
}

fn path(name: &str, steps: Vec<Step>) -> Expr {
    Expr::Path(Root::Attribute(name.into()), steps)
}

fn is_known(value: &Value) -> bool {
    match value {
        Value::Unknown(_) => false,
        Value::List(items) => items.iter().all(is_known),
        Value::Object(members) => members.iter().all(|(_, member)| is_known(member)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

/// Whether each element of a list is one of those that a set gives, as the words of a grant take it.
fn covers(set: &Possible<'static>, value: &Value) -> bool {
    let elements = set.clone().elements().into_iter().flat_map(Possible::alternatives);
    let elements: Vec<Possible<'static>> = elements.flat_map(Possible::elements).collect();
    let values = Possible::owned(value.clone()).elements();
    let mut values = values.into_iter().map(Possible::into_value);
    set.is_anything() || values.all(|value| elements.iter().any(|element| element.admits(&value)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, ..ProptestConfig::default() })]

    #[test]
    fn an_expression_gives_a_superset(bytes in vec(any::<u8>(), 20..160)) {
        let mut dice = Dice(&bytes);
        let known = dice.attributes();
        let sets = known.iter().map(|(name, value)| (*name, dice.around(value))).collect();
        let known = known.into_iter().map(|(name, value)| (name, Possible::owned(value))).collect();
        let is_list = dice.roll(3) == 0;
        let expr = match dice.roll(3) {
            _ if is_list => dice.list_expr(3),
            0 => dice.text_expr(3),
            1 => dice.truth_expr(3),
            _ => dice.nullable_expr(3),
        };
        let value = evaluate(&expr, &Attributes(known), None).into_value();
        let set = evaluate(&expr, &Attributes(sets), None);
        // Where the language has no answer for known operands, there is nothing to hold.
        if is_known(&value) {
            let holds = if is_list { covers(&set, &value) } else { set.admits(&value) };
            assert!(holds, "{expr:?}\ngives {value:?}\nand not of {set:?}");
        }
    }

    #[test]
    fn a_set_holds_what_it_is_made_around(bytes in vec(any::<u8>(), 20..80)) {
        let mut dice = Dice(&bytes);
        for (_, value) in dice.attributes() {
            let set = dice.around(&value);
            assert!(set.admits(&value), "{set:?} does not hold {value:?}");
        }
    }
}

#[test]
fn alternatives_are_flat_and_few() {
    let text = |at: usize| Possible::known(&at.to_string());
    let nested = Possible::one_of(vec![text(1), Possible::one_of(vec![text(1), text(2)])]);
    assert_eq!(nested.clone().alternatives(), [text(1), text(2)]);
    assert!(!nested.admits(&Value::String("3".into())));
    assert_eq!(Possible::one_of(vec![text(1), text(1)]), text(1));
    let many = Possible::one_of((0..=MAX_ALTERNATIVES).map(text).collect());
    assert!(many.is_anything() && many.admits(&Value::String("x".into())));
}

#[test]
fn what_grows_too_large_is_any_value() {
    let long = Possible::list((0..=MAX_SIZE).map(|_| Possible::truth(true)).collect());
    assert!(long.is_anything());
    let list = || Possible::list((0..300).map(|at| Possible::known(&at.to_string())).collect());
    let attributes = Attributes(vec![("l", list())]);
    let product = Expr::Template(vec![path("l", Vec::new()), path("l", Vec::new())]);
    assert!(evaluate(&product, &attributes, None).is_anything());
    let choices = || Possible::one_of((0..8).map(|at| Possible::known(&at.to_string())).collect());
    let attributes = Attributes(vec![("l", choices())]);
    assert!(evaluate(&product, &attributes, None).is_anything());
}

#[test]
fn what_is_not_read_spoils_the_whole() {
    let attributes = Attributes(vec![("s", Possible::unread())]);
    let part = || path("s", Vec::new());
    for whole in [
        Expr::Template(vec![Expr::Text("a".into()), part()]),
        Expr::List(vec![Expr::Text("a".into()), part()]),
        Expr::Call(Function::Lower, vec![part()]),
        Expr::Not(Box::new(part())),
        Expr::Equal(Box::new(part()), Box::new(Expr::Null)),
    ] {
        assert!(evaluate(&whole, &attributes, None).is_unread(), "{whole:?}");
    }
}

/// An object whose `name` and `prefix` the configuration leaves to the provider.
struct Generated;

impl Scope<'static> for Generated {
    fn start<'s>(&self, root: &Root, steps: &'s [Step]) -> (Possible<'static>, &'s [Step]) {
        let value = match root {
            Root::Address => Possible::known("t.r"),
            Root::Attribute(name) => Possible::unknown(UnknownOrigin::attribute("t.r", name)),
            Root::Identity(_) | Root::Each | Root::Fact(_) | Root::Type => Possible::NULL,
        };
        (value, steps)
    }

    fn is_left_to_provider(&self, unknown: &UnknownOrigin) -> bool {
        unknown.path_in("t.r").is_some_and(|path| path != "set")
    }
}

#[test]
fn what_a_provider_generates_is_a_word_between_what_is_known_of_it() {
    let of = |attribute: Expr, affixes: &[Expr]| {
        let arguments = [&[attribute], affixes].concat();
        evaluate(&Expr::Call(Function::Generated, arguments), &Generated, None).into_text()
    };
    let text = |known: &str| Expr::Text(known.into());
    let name = || path("name", Vec::new());
    let holes = |text: &Text| -> Vec<(String, bool)> {
        let hole = |part: &TextPart| match part {
            TextPart::Hole(hole) => Some((hole.name.to_string(), hole.is_word())),
            TextPart::Known(_) => None,
        };
        text.parts.iter().filter_map(hole).collect()
    };
    let part = of(name(), &[text("ci-"), text(".fifo")]);
    assert_eq!(part.to_string(), "ci-${t.r.name:generated}.fifo");
    assert_eq!(holes(&part), [("t.r.name:generated".to_owned(), true)], "its own name is that of the whole");
    for affixes in [&[][..], &[Expr::Null], &[path("prefix", Vec::new()), text("")]] {
        let whole = of(name(), affixes);
        assert_eq!(holes(&whole), [("t.r.name".to_owned(), true)], "{affixes:?}");
        assert_eq!(whole.to_string(), "${t.r.name}", "{affixes:?}");
    }
    let nested = path("name", vec![Step::Element(0), Step::Member("id".into())]);
    assert_eq!(of(nested, &[]).to_string(), "${t.r.name[0].id}");
    let set = of(path("set", Vec::new()), &[text("ci-")]);
    assert_eq!(
        holes(&set),
        [("t.r.set".to_owned(), false)],
        "the configuration sets it to something unknown"
    );
    let open = of(name(), &[path("set", Vec::new())]);
    assert_eq!(open.to_string(), "${t.r.set}${t.r.name:generated}");
    assert_eq!(holes(&open), [("t.r.set".to_owned(), false), ("t.r.name:generated".to_owned(), true)]);
}

#[test]
fn a_guess_decides_nothing() {
    let guess = Provenance::guess("t.r.x", "t.s.y");
    let attributes = Attributes(vec![
        ("b", Possible::truth(false).resting_on(&guess)),
        ("n", Possible::NULL.resting_on(&guess)),
        ("l", Possible::list(Vec::new()).resting_on(&guess)),
    ]);
    let of = |expr: Expr| evaluate(&expr, &attributes, None);
    assert_eq!(of(path("b", Vec::new())).as_truth(), Some(false));
    assert_eq!(of(path("b", Vec::new())).as_certain_truth(), None);
    let chosen =
        of(Expr::If(Box::new(path("b", Vec::new())), Box::new(Expr::Null), Box::new(Expr::Bool(true))));
    assert!(!chosen.is_certain() && chosen.as_truth() == Some(true));
    let first = of(Expr::Call(Function::Coalesce, vec![path("n", Vec::new()), Expr::Bool(true)]));
    assert!(!first.is_certain(), "what is passed over may not be null");
    for nothing in ["n", "l"] {
        let elements = of(path(nothing, Vec::new())).elements();
        assert!(
            matches!(elements.as_slice(), [element] if !element.is_certain()),
            "`{nothing}` may hold something"
        );
    }
    let certain = Expr::And(Box::new(Expr::Bool(false)), Box::new(path("b", Vec::new())));
    assert_eq!(of(certain).as_certain_truth(), Some(false));
}
