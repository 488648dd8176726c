//! An expression written out in full parentheses, with every literal quoted anew.

use hcl_edit::expr::{Expression, ForExpr, ObjectKey, TraversalOperator, UnaryOperator};
use hcl_edit::template::{Directive, Element};

fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for symbol in text.chars() {
        match symbol {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '$' => quoted.push_str("\\u0024"),
            '%' => quoted.push_str("\\u0025"),
            other => quoted.push(other),
        }
    }
    quoted + "\""
}

/// What stands between two quotes.
fn inside(quoted: &str) -> &str {
    &quoted[1..quoted.len() - 1]
}

/// An expression in full parentheses.
pub(super) fn written_out(expression: &Expression) -> String {
    let list =
        |items: &mut dyn Iterator<Item = &Expression>| items.map(written_out).collect::<Vec<_>>().join(", ");
    match expression {
        Expression::Null(_) => "null".to_owned(),
        Expression::Bool(truth) => truth.value().to_string(),
        Expression::Number(number) => format!("({})", number.value()),
        Expression::String(text) => quote(text),
        Expression::Array(items) => format!("[{}]", list(&mut items.iter())),
        Expression::Object(members) => {
            let member = |(key, value): (&ObjectKey, &hcl_edit::expr::ObjectValue)| {
                let key = match key {
                    ObjectKey::Ident(name) => quote(name),
                    ObjectKey::Expression(key) => written_out(key),
                };
                format!("({key}) = {}", written_out(value.expr()))
            };
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
        }
        Expression::StringTemplate(template) => template_written_out(template.iter()),
        Expression::HeredocTemplate(_) => panic!("a heredoc is left"),
        Expression::Parenthesis(inner) => format!("({})", written_out(inner.inner())),
        Expression::Variable(name) => name.to_string(),
        Expression::Conditional(parts) => format!(
            "(({}) ? ({}) : ({}))",
            written_out(&parts.cond_expr),
            written_out(&parts.true_expr),
            written_out(&parts.false_expr)
        ),
        Expression::FuncCall(call) => format!("{}({})", call.name.name.as_str(), list(&mut call.args.iter())),
        Expression::Traversal(traversal) => {
            let mut text = written_out(&traversal.expr);
            for operator in &traversal.operators {
                match operator.value() {
                    TraversalOperator::AttrSplat(_) => text.push_str(".*"),
                    TraversalOperator::FullSplat(_) => text.push_str("[*]"),
                    TraversalOperator::GetAttr(name) => text.push_str(&format!(".{}", name.as_str())),
                    TraversalOperator::Index(index) => text.push_str(&format!("[{}]", written_out(index))),
                    TraversalOperator::LegacyIndex(index) => text.push_str(&format!(".{}", index.value())),
                }
            }
            text
        }
        Expression::UnaryOp(operation) => {
            let sign = if *operation.operator.value() == UnaryOperator::Neg { "-" } else { "!" };
            format!("({sign}({}))", written_out(&operation.expr))
        }
        Expression::BinaryOp(operation) => format!(
            "(({}) {} ({}))",
            written_out(&operation.lhs_expr),
            operation.operator.value(),
            written_out(&operation.rhs_expr)
        ),
        Expression::ForExpr(each) => for_written_out(each),
    }
}

fn for_written_out(each: &ForExpr) -> String {
    let key = each.intro.key_var.as_ref().map_or_else(String::new, |key| format!("{}, ", key.as_str()));
    let intro =
        format!("for {key}{} in {}", each.intro.value_var.as_str(), written_out(&each.intro.collection_expr));
    let condition =
        each.cond.as_ref().map_or_else(String::new, |cond| format!(" if ({})", written_out(&cond.expr)));
    match &each.key_expr {
        Some(key) => {
            format!("{{{intro} : ({}) => ({}){condition}}}", written_out(key), written_out(&each.value_expr))
        }
        None => format!("[{intro} : ({}){condition}]", written_out(&each.value_expr)),
    }
}

fn template_written_out<'e>(elements: impl Iterator<Item = &'e Element>) -> String {
    let mut text = String::from("\"");
    for element in elements {
        match element {
            Element::Literal(literal) => text.push_str(inside(&quote(literal))),
            Element::Interpolation(part) => text.push_str(&format!("${{{}}}", written_out(&part.expr))),
            Element::Directive(directive) => match &**directive {
                Directive::If(parts) => {
                    let inner = |elements: &hcl_edit::template::Template| {
                        inside(&template_written_out(elements.iter())).to_owned()
                    };
                    let otherwise =
                        parts.else_expr.as_ref().map_or_else(String::new, |part| inner(&part.template));
                    text.push_str(&format!(
                        "%{{ if {} }}{}%{{ else }}{otherwise}%{{ endif }}",
                        written_out(&parts.if_expr.cond_expr),
                        inner(&parts.if_expr.template)
                    ));
                }
                Directive::For(parts) => {
                    let body = template_written_out(parts.for_expr.template.iter());
                    text.push_str(&format!(
                        "%{{ for {} in {} }}{}%{{ endfor }}",
                        parts.for_expr.value_var.as_str(),
                        written_out(&parts.for_expr.collection_expr),
                        inside(&body)
                    ));
                }
            },
        }
    }
    text + "\""
}
