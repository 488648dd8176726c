//! Terraform expressions, as text.

use hcl_edit::expr::Expression;
use terraform_values::{
    Budget, FileBytes, Found, Hole, MappingKind, Reference, Scope, SequenceKind, Step, TemplateFile, Value,
    evaluate,
};

/// How much is known of the names of an expression.
#[derive(Clone, Copy)]
enum Known {
    /// Everything.
    All,
    /// Some parts of each.
    Parts,
    /// Nothing.
    Nothing,
}

/// `var.s`, `var.n`, `var.b`, `var.l` and `var.m`, as text, number, truth, list and map; so with any other first name.
struct Names(Known);

impl Names {
    fn value(&self, name: &str) -> Option<Value> {
        let hole = || Hole::attribute("r", name);
        if !["s", "n", "b", "l", "m"].contains(&name) {
            return None;
        }
        if matches!(self.0, Known::Nothing) {
            return Some(Value::anything(hole()));
        }
        let is_known = matches!(self.0, Known::All);
        let text = |text: &str| if is_known { text.into() } else { Value::any_text(hole()) };
        Some(match name {
            "s" => text("arn:aws:iam::1:role/a-b"),
            "n" => Value::one_of(if is_known { vec![3_i64.into()] } else { vec![3_i64.into(), Value::NULL] }),
            "b" => {
                if is_known {
                    true.into()
                } else {
                    Value::any_bool()
                }
            }
            "l" if is_known => Value::list(vec!["a".into(), "b".into()]),
            "l" => Value::sequence(SequenceKind::List, vec!["a".into()], Some(text("b"))),
            "m" if is_known => Value::map([("a", "x".into()), ("b", "y".into())]),
            "m" => Value::mapping(MappingKind::Map, [("a".into(), "x".into())].into(), Some(text("y"))),
            _ => return None,
        })
    }
}

impl Scope for Names {
    fn look_up(&self, reference: &Reference<'_>, _: &Budget) -> Option<Found> {
        let Some(Step::Attribute(name)) = reference.steps.first() else { return None };
        Some(Found { outcome: self.value(name)?.into(), steps: 1 })
    }

    fn read_file(&self, _: &str) -> Option<FileBytes> {
        None
    }

    fn read_template(&self, _: &str) -> Option<TemplateFile> {
        None
    }
}

/// Evaluates an expression. What it is with known names is a member of what it is with names that are known less, and
/// with a smaller budget; the same input gives the same value.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(expression) = text.parse::<Expression>() else { return };
    let with = |known| evaluate(&expression, &Names(known), &Budget::of_steps(50_000));
    let known = with(Known::All);
    assert_eq!(known, with(Known::All));
    let wider = [
        with(Known::Parts),
        with(Known::Nothing),
        evaluate(&expression, &Names(Known::All), &Budget::of_steps(data.len() / 4)),
    ];
    for value in wider {
        let _ = value.to_string();
        assert!(!known.is_known() || value.admits(&known), "{known} is not in {value}");
    }
}
