//! HCL expressions to [`Expr`].
//!
//! Takes an expression of hcl-edit and what its names mean, and returns the compiled expression or every error in it.

use std::fmt;

use hcl_edit::expr::{
    BinaryOp, BinaryOperator, Expression, FuncCall, Object, ObjectKey, Traversal, TraversalOperator, UnaryOp,
    UnaryOperator,
};
use hcl_edit::template::{Element, Interpolation, Strip};
use spanned_hcl::{Span, did_you_mean, span_of};

use super::error::{ExpressionError, ExpressionErrorKind};
use super::{Expr, FUNCTIONS, Function, FunctionEntry, Root, Step};

/// Says what a first name and the steps after it mean, or that they mean nothing.
pub(crate) type ResolveName<'r> = dyn Fn(&str, Vec<Step>) -> Result<Expr, ExpressionErrorKind> + 'r;

/// A part of HCL's expression language that rules do not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Construct {
    /// `+`, `-`, `*`, `/`, `%`, `<`, `<=`, `>`, `>=`.
    Arithmetic,
    /// `%{ if … }`, `%{ for … }`.
    Directive,
    /// `${~ … ~}`.
    StripMarker,
    /// `f(x...)`.
    ExpandedArgument,
    /// `provider::name::f(x)`.
    NamespacedFunction,
    /// `[for x in y : z]`.
    For,
}

impl fmt::Display for Construct {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Arithmetic => "arithmetic",
            Self::Directive => "a directive (`%{ … }`)",
            Self::StripMarker => "a strip marker (`~`)",
            Self::ExpandedArgument => "an expanded argument (`...`)",
            Self::NamespacedFunction => "a provider's function",
            Self::For => "a `for` expression",
        })
    }
}

/// Whether an expression is one attribute of the object.
fn is_attribute(expr: &Expr) -> bool {
    let is_single = |step: &Step| matches!(step, Step::Member(_) | Step::Key(_) | Step::Element(_));
    matches!(expr, Expr::Path(Root::Attribute(_), steps) if steps.iter().all(is_single))
}

/// Compiles an expression.
///
/// # Errors
///
/// Everything in it that the language does not have.
pub(crate) fn compile(
    expression: &Expression,
    resolve_name: &ResolveName<'_>,
) -> Result<Expr, Vec<ExpressionError>> {
    let mut compiler = Compiler { resolve_name, errors: Vec::new() };
    match compiler.compile_expression(expression) {
        Some(expr) if compiler.errors.is_empty() => Ok(expr),
        Some(_) | None => Err(compiler.errors),
    }
}

struct Compiler<'r> {
    resolve_name: &'r ResolveName<'r>,
    errors: Vec<ExpressionError>,
}

/// Each method returns `None` where it has recorded an error. All parts are compiled before the first `?`, so that
/// the errors of every part are recorded.
impl Compiler<'_> {
    fn compile_expression(&mut self, expression: &Expression) -> Option<Expr> {
        let span = span_of(expression);
        match expression {
            Expression::Null(_) => Some(Expr::Null),
            Expression::Bool(value) => Some(Expr::Bool(*value.value())),
            Expression::Number(number) => Some(Expr::Number(number.value().to_string().into())),
            Expression::String(text) => Some(Expr::Text(text.as_str().into())),
            Expression::Array(items) => self.all(items.iter()).map(Expr::List),
            Expression::Object(object) => self.compile_object(object),
            Expression::StringTemplate(template) => self.compile_template(template.iter()),
            Expression::HeredocTemplate(heredoc) => self.compile_template(heredoc.template.iter()),
            Expression::Parenthesis(inner) => self.compile_expression(inner.inner()),
            Expression::Variable(name) => self.resolve(name.as_str(), Vec::new(), span),
            Expression::Conditional(conditional) => {
                let condition = self.compile_expression(&conditional.cond_expr);
                let yes = self.compile_expression(&conditional.true_expr);
                let no = self.compile_expression(&conditional.false_expr);
                Some(Expr::If(Box::new(condition?), Box::new(yes?), Box::new(no?)))
            }
            Expression::FuncCall(call) => self.call(call, span),
            Expression::Traversal(traversal) => self.compile_traversal(traversal, span),
            Expression::UnaryOp(operation) => self.compile_unary(operation, span),
            Expression::BinaryOp(operation) => self.compile_binary(operation, span),
            Expression::ForExpr(_) => self.refuse_construct(Construct::For, span),
        }
    }

    fn refuse<T>(&mut self, kind: ExpressionErrorKind, span: Span) -> Option<T> {
        self.errors.push(ExpressionError { span, kind });
        None
    }

    fn refuse_construct<T>(&mut self, construct: Construct, span: Span) -> Option<T> {
        self.refuse(ExpressionErrorKind::NotAllowed(construct), span)
    }

    fn all<'e>(&mut self, items: impl Iterator<Item = &'e Expression>) -> Option<Vec<Expr>> {
        let compiled: Vec<Option<Expr>> = items.map(|item| self.compile_expression(item)).collect();
        compiled.into_iter().collect()
    }

    fn compile_object(&mut self, object: &Object) -> Option<Expr> {
        let mut members = Vec::new();
        for (key, value) in object.iter() {
            let key = match key {
                ObjectKey::Ident(name) => Some(Expr::Text(name.as_str().into())),
                ObjectKey::Expression(key) => self.compile_expression(key),
            };
            members.push((key, self.compile_expression(value.expr())));
        }
        members.into_iter().map(|(key, value)| Some((key?, value?))).collect::<Option<_>>().map(Expr::Object)
    }

    /// A template within a template is spliced, so that a local which holds a part of a text reads like the text.
    fn compile_template<'e>(&mut self, elements: impl Iterator<Item = &'e Element>) -> Option<Expr> {
        let compiled: Vec<Option<Expr>> = elements.map(|element| self.compile_element(element)).collect();
        let mut parts = Vec::new();
        for part in compiled {
            let part = part?;
            if let Expr::Template(inner) = part { parts.extend(inner) } else { parts.push(part) }
        }
        let mut parts = join_literals(parts);
        match parts.pop() {
            Some(text @ Expr::Text(_)) if parts.is_empty() => Some(text),
            last => {
                parts.extend(last);
                Some(Expr::Template(parts))
            }
        }
    }

    fn compile_element(&mut self, element: &Element) -> Option<Expr> {
        match element {
            Element::Literal(text) => Some(Expr::Text(text.as_str().into())),
            Element::Interpolation(interpolation) => self.compile_interpolation(interpolation),
            Element::Directive(_) => self.refuse_construct(Construct::Directive, span_of(element)),
        }
    }

    fn compile_interpolation(&mut self, interpolation: &Interpolation) -> Option<Expr> {
        if interpolation.strip != Strip::None {
            return self.refuse_construct(Construct::StripMarker, span_of(interpolation));
        }
        self.compile_expression(&interpolation.expr)
    }

    fn compile_unary(&mut self, operation: &UnaryOp, span: Span) -> Option<Expr> {
        match operation.operator.value() {
            UnaryOperator::Not => {
                self.compile_expression(&operation.expr).map(|inner| Expr::Not(Box::new(inner)))
            }
            UnaryOperator::Neg => self.refuse_construct(Construct::Arithmetic, span),
        }
    }

    fn compile_binary(&mut self, operation: &BinaryOp, span: Span) -> Option<Expr> {
        let (left, right) =
            (self.compile_expression(&operation.lhs_expr), self.compile_expression(&operation.rhs_expr));
        let combine: fn(Box<Expr>, Box<Expr>) -> Expr = match operation.operator.value() {
            BinaryOperator::Eq => Expr::Equal,
            BinaryOperator::NotEq => |left, right| Expr::Not(Box::new(Expr::Equal(left, right))),
            BinaryOperator::And => Expr::And,
            BinaryOperator::Or => Expr::Or,
            BinaryOperator::LessEq
            | BinaryOperator::GreaterEq
            | BinaryOperator::Less
            | BinaryOperator::Greater
            | BinaryOperator::Plus
            | BinaryOperator::Minus
            | BinaryOperator::Mul
            | BinaryOperator::Div
            | BinaryOperator::Mod => return self.refuse_construct(Construct::Arithmetic, span),
        };
        Some(combine(Box::new(left?), Box::new(right?)))
    }

    fn call(&mut self, call: &FuncCall, span: Span) -> Option<Expr> {
        let arguments = self.all(call.args.iter());
        if call.name.is_namespaced() {
            return self.refuse_construct(Construct::NamespacedFunction, span);
        }
        if call.args.expand_final() {
            return self.refuse_construct(Construct::ExpandedArgument, span);
        }
        let name = call.name.name.as_str();
        let Some(entry) = FUNCTIONS.iter().find(|entry| entry.name == name) else {
            let similar = did_you_mean(name, FUNCTIONS.iter().map(|entry| entry.name));
            let kind = ExpressionErrorKind::UnknownFunction { name: name.to_owned(), similar };
            return self.refuse(kind, span);
        };
        let given = call.args.len();
        if given < entry.least || given > entry.most {
            let FunctionEntry { name, least, most, .. } = *entry;
            return self.refuse(ExpressionErrorKind::ArgumentCount { name, given, least, most }, span);
        }
        let (arguments, function) = (arguments?, entry.function);
        if function == Function::Generated && !arguments.first().is_some_and(is_attribute) {
            return self.refuse(ExpressionErrorKind::AttributeExpected { function: entry.name }, span);
        }
        Some(Expr::Call(function, arguments))
    }

    fn compile_traversal(&mut self, traversal: &Traversal, span: Span) -> Option<Expr> {
        let steps: Vec<Option<Step>> =
            traversal.operators.iter().map(|operator| self.step(operator.value(), span)).collect();
        let steps: Option<Vec<Step>> = steps.into_iter().collect();
        if let Expression::Variable(name) = &traversal.expr {
            return self.resolve(name.as_str(), steps?, span);
        }
        let start = self.compile_expression(&traversal.expr);
        Some(extend(start?, steps?))
    }

    fn resolve(&mut self, name: &str, steps: Vec<Step>, span: Span) -> Option<Expr> {
        match (self.resolve_name)(name, steps) {
            Ok(expr) => Some(expr),
            Err(kind) => self.refuse(kind, span),
        }
    }

    fn step(&mut self, operator: &TraversalOperator, span: Span) -> Option<Step> {
        match operator {
            TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => Some(Step::Every),
            TraversalOperator::GetAttr(name) => Some(Step::Member(name.as_str().into())),
            TraversalOperator::LegacyIndex(index) => self.element_step(Some(*index.value()), span),
            TraversalOperator::Index(index) => self.index(index, span),
        }
    }

    fn index(&mut self, index: &Expression, span: Span) -> Option<Step> {
        if let Some(key) = index.as_str() {
            return Some(Step::Key(key.into()));
        }
        if let Some(number) = index.as_number() {
            return self.element_step(number.as_u64(), span);
        }
        self.refuse(ExpressionErrorKind::IndexNotLiteral, span)
    }

    fn element_step(&mut self, index: Option<u64>, span: Span) -> Option<Step> {
        match index.and_then(|index| usize::try_from(index).ok()) {
            Some(index) => Some(Step::Element(index)),
            None => self.refuse(ExpressionErrorKind::IndexNotLiteral, span),
        }
    }
}

/// An expression with further steps after it. Steps after a `[*]` are taken of every element, and these are not, so
/// a path with one is left as it is and the steps go around it.
pub(crate) fn extend(start: Expr, steps: Vec<Step>) -> Expr {
    if steps.is_empty() {
        return start;
    }
    if let Expr::Path(root, mut path) = start {
        if !path.contains(&Step::Every) {
            path.extend(steps);
            return Expr::Path(root, path);
        }
        return Expr::Of(Box::new(Expr::Path(root, path)), steps);
    }
    Expr::Of(Box::new(start), steps)
}

/// The same parts, with literal texts beside each other joined into one.
fn join_literals(parts: Vec<Expr>) -> Vec<Expr> {
    let mut joined: Vec<Expr> = Vec::with_capacity(parts.len());
    for part in parts {
        if let (Some(Expr::Text(before)), Expr::Text(text)) = (joined.last_mut(), &part) {
            *before = format!("{before}{text}").into();
        } else {
            joined.push(part);
        }
    }
    joined
}
