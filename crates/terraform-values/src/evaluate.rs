//! From an expression and a scope to a value.
//!
//! One function for each kind of expression, as in HCL's evaluator; each returns an [`Outcome`], because `try` and `can`
//! make a value of a refusal.

mod access;
mod arithmetic;
mod call;
mod conditional;
mod constructor;
mod for_expression;
mod iterate;
mod operator;
mod template;
mod traversal;
mod variables;

use hcl_edit::expr::Expression;
use hcl_edit::{Formatted, Number as Literal};

use crate::budget::Budget;
use crate::outcome::Outcome;
use crate::scope::Scope;
use crate::value::Value;
use crate::value::hole::Hole;
use crate::value::number::Number;
use variables::Variables;

/// Returns the values that an expression may have. Where Terraform refuses for some of the operands' values there is no
/// plan, so those are left out.
///
/// Templates are expected as Terraform reads them: literal parts are the exact text, without strip markers and heredocs.
///
/// ```
/// use terraform_values::{Budget, Found, FileBytes, Hole, Reference, Scope, TemplateFile, Value, evaluate};
///
/// /// A scope in which `aws_iam_role.ci.name` is known only after apply.
/// struct Plan;
/// impl Scope for Plan {
///     fn look_up(&self, _: &Reference<'_>, _: &Budget) -> Option<Found> {
///         let name = Value::any_text(Hole::attribute("aws_iam_role.ci", "name"));
///         Some(Found { outcome: name.into(), steps: 2 })
///     }
///     fn read_file(&self, _: &str) -> Option<FileBytes> { None }
///     fn read_template(&self, _: &str) -> Option<TemplateFile> { None }
/// }
///
/// let expression = r#""role/${aws_iam_role.ci.name}/${1 + 2}""#.parse().unwrap();
/// let value = evaluate(&expression, &Plan, &Budget::default());
/// assert_eq!(value.to_string(), r#""role/${aws_iam_role.ci.name}/3""#);
/// assert!(value.admits(&"role/ci-x7/3".into()));
/// assert!(!value.admits(&"role/ci-x7/4".into()));
/// ```
pub fn evaluate(expression: &Expression, scope: &dyn Scope, budget: &Budget) -> Value {
    Evaluator { scope, budget, variables: Variables::None }.evaluate(expression).into_value()
}

/// Evaluates expressions that stand in one place.
#[derive(Clone, Copy)]
struct Evaluator<'e> {
    scope: &'e dyn Scope,
    budget: &'e Budget,
    variables: Variables<'e>,
}

impl Evaluator<'_> {
    fn evaluate(&self, expression: &Expression) -> Outcome {
        let outcome = self.budget.deeper(|| self.evaluate_here(expression));
        outcome.unwrap_or_else(|| Outcome::unsure(Hole::unreadable("an expression that is too large")))
    }

    fn evaluate_here(&self, expression: &Expression) -> Outcome {
        match expression {
            Expression::Null(_) => Value::NULL_LITERAL.into(),
            Expression::Bool(truth) => Value::from(*truth.value()).into(),
            Expression::Number(number) => evaluate_number(number),
            Expression::String(text) => Value::from(text.value().as_str()).into(),
            Expression::Array(array) => self.evaluate_array(array),
            Expression::Object(object) => self.evaluate_object(object),
            Expression::StringTemplate(template) => self.evaluate_template(template),
            Expression::HeredocTemplate(_) => Outcome::unsure(Hole::unreadable("a heredoc")),
            Expression::Parenthesis(inner) => self.evaluate(inner.inner()),
            Expression::Variable(name) => self.evaluate_name(name.as_str()),
            Expression::Conditional(conditional) => self.evaluate_conditional(conditional),
            Expression::FuncCall(call) => self.evaluate_call(call),
            Expression::Traversal(traversal) => self.evaluate_traversal(traversal),
            Expression::UnaryOp(operation) => self.evaluate_unary(operation),
            Expression::BinaryOp(operation) => self.evaluate_binary(operation),
            Expression::ForExpr(expression) => self.evaluate_for(expression),
        }
    }
}

fn evaluate_number(literal: &Formatted<Literal>) -> Outcome {
    let written = literal.as_repr().map(|repr| repr.to_string());
    match Number::parse(&written.unwrap_or_else(|| literal.value().to_string())) {
        Some(number) => Value::from(number).into(),
        None => Value::anything(Hole::unreadable("a long number")).into(),
    }
}
