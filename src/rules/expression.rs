//! Expressions of the rule packs, compiled once when a pack is loaded.
//!
//! In goes an expression that hcl-rs has parsed; out comes an [`Expr`] in which every name is one that a rule may
//! use and every function exists with the right number of arguments, so that evaluation has no such errors left.

use std::sync::Arc;

use ::hcl::Expression;
use ::hcl::expr::{BinaryOperator, Operation, Traversal, TraversalOperator, UnaryOperator};
use ::hcl::template::{Element, Template};

/// A compiled expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A number, as decimal text.
    Number(Box<str>),
    /// Text.
    Text(Arc<str>),
    /// A place, and the way from there.
    Path(Root, Vec<Step>),
    /// A way from the value of another expression.
    Of(Box<Expr>, Vec<Step>),
    /// Text with values in it.
    Template(Vec<Expr>),
    /// A list.
    List(Vec<Expr>),
    /// `!x`.
    Not(Box<Expr>),
    /// `a == b`.
    Equal(Box<Expr>, Box<Expr>),
    /// `a && b`.
    And(Box<Expr>, Box<Expr>),
    /// `a || b`.
    Or(Box<Expr>, Box<Expr>),
    /// `a ? b : c`.
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// A function of the table in `rules/README.md`.
    Call(Function, Vec<Expr>),
}

/// Where a path begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Root {
    /// An attribute of the object.
    Attribute(Arc<str>),
    /// The identity of the object: `self.arn`.
    Identity(Arc<str>),
    /// The element of `for_each`.
    Each,
    /// A fact: `fact.account`.
    Fact(Arc<str>),
    /// The Terraform address.
    Address,
    /// The resource type.
    Type,
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// `.name` or `["name"]`.
    Member(Arc<str>),
    /// `[0]`.
    Element(usize),
    /// `[*]`: what follows is taken of every element.
    Every,
}

/// The functions of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is described in rules/README.md under its own name")]
pub enum Function {
    Coalesce,
    KnownOr,
    Concat,
    Lower,
    StartsWith,
    EndsWith,
    Contains,
    TrimPrefix,
    TrimSuffix,
    Split,
    Replace,
    Values,
    Keys,
    Json,
    Seconds,
    SecondsUntil,
    Except,
}

/// Name, function, least and greatest number of arguments.
const FUNCTIONS: [(&str, Function, usize, usize); 17] = [
    ("coalesce", Function::Coalesce, 1, 16),
    ("known_or", Function::KnownOr, 2, 2),
    ("concat", Function::Concat, 1, 16),
    ("lower", Function::Lower, 1, 1),
    ("startswith", Function::StartsWith, 2, 2),
    ("endswith", Function::EndsWith, 2, 2),
    ("contains", Function::Contains, 2, 2),
    ("trimprefix", Function::TrimPrefix, 2, 2),
    ("trimsuffix", Function::TrimSuffix, 2, 2),
    ("split", Function::Split, 2, 2),
    ("replace", Function::Replace, 3, 3),
    ("values", Function::Values, 1, 1),
    ("keys", Function::Keys, 1, 1),
    ("json", Function::Json, 1, 1),
    ("seconds", Function::Seconds, 1, 1),
    ("seconds_until", Function::SecondsUntil, 1, 1),
    ("except", Function::Except, 0, 64),
];

/// Compiles an expression, or says in one lower-case sentence what the language does not have.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "hcl-rs may add kinds of expressions; none is of this language"
)]
pub fn compile(expression: &Expression) -> Result<Expr, String> {
    match expression {
        Expression::Null => Ok(Expr::Null),
        Expression::Bool(value) => Ok(Expr::Bool(*value)),
        Expression::Number(number) => Ok(Expr::Number(number.to_string().into())),
        Expression::String(text) => Ok(Expr::Text(text.as_str().into())),
        Expression::Array(items) => Ok(Expr::List(compile_all(items)?)),
        Expression::TemplateExpr(template) => {
            let template =
                Template::from_expr(template).map_err(|_| "this template can't be read".to_owned())?;
            compile_template(&template)
        }
        Expression::Variable(name) => root(name.as_str(), &mut [].iter()),
        Expression::Traversal(traversal) => compile_traversal(traversal),
        Expression::FuncCall(call) => compile_call(call.name.name.as_str(), &call.args),
        Expression::Parenthesis(inner) => compile(inner),
        Expression::Conditional(conditional) => Ok(Expr::If(
            boxed(&conditional.cond_expr)?,
            boxed(&conditional.true_expr)?,
            boxed(&conditional.false_expr)?,
        )),
        Expression::Operation(operation) => compile_operation(operation),
        _ => Err("only the expressions of rules/README.md can stand here".to_owned()),
    }
}

fn boxed(expression: &Expression) -> Result<Box<Expr>, String> {
    compile(expression).map(Box::new)
}

fn compile_all(items: &[Expression]) -> Result<Vec<Expr>, String> {
    items.iter().map(compile).collect()
}

fn compile_template(template: &Template) -> Result<Expr, String> {
    let mut parts = Vec::new();
    for element in template.elements() {
        parts.push(match element {
            Element::Literal(text) => Expr::Text(text.as_str().into()),
            Element::Interpolation(interpolation) => compile(&interpolation.expr)?,
            Element::Directive(_) => {
                return Err("directives (`%{ … }`) are not part of the language".to_owned());
            }
        });
    }
    Ok(Expr::Template(parts))
}

fn compile_operation(operation: &Operation) -> Result<Expr, String> {
    match operation {
        Operation::Unary(unary) if unary.operator == UnaryOperator::Not => Ok(Expr::Not(boxed(&unary.expr)?)),
        Operation::Unary(_) => Err("arithmetic is not part of the language".to_owned()),
        Operation::Binary(binary) => {
            let (a, b) = (boxed(&binary.lhs_expr)?, boxed(&binary.rhs_expr)?);
            match binary.operator {
                BinaryOperator::Eq => Ok(Expr::Equal(a, b)),
                BinaryOperator::NotEq => Ok(Expr::Not(Box::new(Expr::Equal(a, b)))),
                BinaryOperator::And => Ok(Expr::And(a, b)),
                BinaryOperator::Or => Ok(Expr::Or(a, b)),
                BinaryOperator::LessEq
                | BinaryOperator::GreaterEq
                | BinaryOperator::Less
                | BinaryOperator::Greater
                | BinaryOperator::Plus
                | BinaryOperator::Minus
                | BinaryOperator::Mul
                | BinaryOperator::Div
                | BinaryOperator::Mod => Err("arithmetic is not part of the language".to_owned()),
            }
        }
    }
}

fn compile_call(name: &str, arguments: &[Expression]) -> Result<Expr, String> {
    let found = FUNCTIONS.iter().find(|(known, ..)| *known == name);
    let Some((_, function, least, most)) = found else {
        return Err(format!("there is no function `{name}`"));
    };
    if arguments.len() < *least || arguments.len() > *most {
        return Err(format!("`{name}` does not take {} arguments", arguments.len()));
    }
    Ok(Expr::Call(*function, compile_all(arguments)?))
}

fn compile_traversal(traversal: &Traversal) -> Result<Expr, String> {
    let mut operators = traversal.operators.iter();
    let start = if let Expression::Variable(name) = &traversal.expr {
        root(name.as_str(), &mut operators)?
    } else {
        compile(&traversal.expr)?
    };
    let steps: Vec<Step> = operators.map(step).collect::<Result<_, _>>()?;
    if let Expr::Path(root, _) = start {
        return Ok(Expr::Path(root, steps));
    }
    Ok(Expr::Of(Box::new(start), steps))
}

fn step(operator: &TraversalOperator) -> Result<Step, String> {
    match operator {
        TraversalOperator::AttrSplat | TraversalOperator::FullSplat => Ok(Step::Every),
        TraversalOperator::GetAttr(name) => Ok(Step::Member(name.as_str().into())),
        TraversalOperator::LegacyIndex(index) => element(*index),
        TraversalOperator::Index(Expression::String(key)) => Ok(Step::Member(key.as_str().into())),
        TraversalOperator::Index(Expression::Number(number)) => match number.as_u64() {
            Some(index) => element(index),
            None => Err("an index is a whole number".to_owned()),
        },
        TraversalOperator::Index(_) => Err("an index is a literal number or text".to_owned()),
    }
}

fn element(index: u64) -> Result<Step, String> {
    usize::try_from(index).map(Step::Element).map_err(|_| "an index is a small whole number".to_owned())
}

/// The root that a first name means; `self` and `fact` take their second name with them.
fn root<'o>(name: &str, operators: &mut impl Iterator<Item = &'o TraversalOperator>) -> Result<Expr, String> {
    let mut second = |what: &str| match operators.next() {
        Some(TraversalOperator::GetAttr(name)) => Ok(Arc::from(name.as_str())),
        _ => Err(format!("`{what}` stands before a name, as in `{what}.name`")),
    };
    let root = match name {
        "self" => Root::Identity(second("self")?),
        "fact" => Root::Fact(second("fact")?),
        "each" => Root::Each,
        "address" => Root::Address,
        "type" => Root::Type,
        attribute => Root::Attribute(attribute.into()),
    };
    Ok(Expr::Path(root, Vec::new()))
}
