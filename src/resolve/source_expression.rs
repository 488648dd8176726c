//! The language of the sources, as far as it is read.
//!
//! Takes an expression of the sources and returns it compiled, for the same evaluator that evaluates rules: a reference, a
//! template or a list of references, `jsonencode` of an object of those. Of an expression with anything else in it nothing
//! is returned: what it makes of its parts is known only after apply.

use hcl_edit::expr::Expression;

use crate::rules::expression::{
    Construct, Expr, ExpressionErrorKind, ExpressionVocabulary, Function, FunctionEntry, Root, Step, compile,
};

/// The functions that are read.
const FUNCTIONS: [FunctionEntry; 1] =
    [FunctionEntry { name: "jsonencode", function: Function::JsonEncode, least: 1, most: 1 }];

/// What may stand in an expression of the sources.
struct SourceVocabulary;

impl ExpressionVocabulary for SourceVocabulary {
    fn resolve(&self, name: &str, steps: Vec<Step>) -> Result<Expr, ExpressionErrorKind> {
        Ok(Expr::Path(Root::Source(name.into()), steps))
    }

    fn functions(&self) -> &[FunctionEntry] {
        &FUNCTIONS
    }

    fn allows(&self, construct: Construct) -> bool {
        match construct {
            Construct::Object | Construct::OwnKey => true,
            Construct::Logic
            | Construct::Conditional
            | Construct::Splat
            | Construct::Heredoc
            | Construct::Arithmetic
            | Construct::Directive
            | Construct::StripMarker
            | Construct::ExpandedArgument
            | Construct::NamespacedFunction
            | Construct::For => false,
        }
    }
}

/// Compiles an expression of the sources. `None` where more is written than is read.
pub(super) fn compile_source(expression: &Expression) -> Option<Expr> {
    compile(expression, &SourceVocabulary).ok().filter(is_read)
}

/// Whether an expression is read where it stands. A null leaves an argument to the provider, so it says nothing of a
/// value that is known only after apply; within a document it is a member like any other.
fn is_read(expr: &Expr) -> bool {
    match expr {
        Expr::Bool(_)
        | Expr::Number(_)
        | Expr::Text(_)
        | Expr::Path(..)
        | Expr::Call(Function::JsonEncode, _) => true,
        Expr::Template(parts) | Expr::List(parts) => parts.iter().all(is_read),
        Expr::Null
        | Expr::Of(..)
        | Expr::Object(_)
        | Expr::Not(_)
        | Expr::Equal(..)
        | Expr::And(..)
        | Expr::Or(..)
        | Expr::If(..)
        | Expr::Call(..) => false,
    }
}

/// A reference as plan JSON writes it, and whether it is to the instance with the key of the one that refers to it.
/// `None` where another key is computed.
pub(super) fn render_reference(first: &str, steps: &[Step]) -> Option<(String, bool)> {
    let mut text = first.to_owned();
    let mut is_keyed = false;
    for (at, step) in steps.iter().enumerate() {
        match step {
            Step::Member(name) => {
                text.push('.');
                text.push_str(name);
            }
            Step::Key(key) => text.push_str(&format!("[{}]", serde_json::to_string(key).ok()?)),
            Step::Element(index) => text.push_str(&format!("[{index}]")),
            Step::OwnKey if Some(at) == steps_to_key(first) => is_keyed = true,
            Step::OwnKey | Step::Every => return None,
        }
    }
    Some((text, is_keyed))
}

/// After how many steps of a reference the key of an instance stands: `type.name[key]`, `data.type.name[key]`.
fn steps_to_key(first: &str) -> Option<usize> {
    match first {
        "data" => Some(2),
        "var" | "local" | "each" | "count" | "path" | "self" | "terraform" => None,
        _ => Some(1),
    }
}

#[cfg(test)]
mod tests {
    use super::{compile_source, render_reference};
    use crate::rules::expression::{Expr, Root};

    fn rendered(text: &str) -> Option<(String, bool)> {
        let Expr::Path(Root::Source(first), steps) = compile_source(&text.parse().unwrap())? else {
            return None;
        };
        render_reference(&first, &steps)
    }

    #[test]
    fn references_are_rendered_as_plan_json_writes_them() {
        for (text, reference, is_keyed) in [
            ("t.r.arn", "t.r.arn", false),
            (r#"t.r["a.b"].arn"#, r#"t.r["a.b"].arn"#, false),
            ("t.r[0].arn", "t.r[0].arn", false),
            ("t.r[each.key].arn", "t.r.arn", true),
            ("data.t.d[count.index].json", "data.t.d.json", true),
            ("module.m[each.key].o", "module.m.o", true),
            ("local.a", "local.a", false),
        ] {
            assert_eq!(rendered(text), Some((reference.to_owned(), is_keyed)), "{text}");
        }
        for computed in
            ["t.r[each.value].arn", "t.r[local.k].arn", "t.r[*].arn", "local.m[each.key]", "t.r.l[each.key]"]
        {
            assert_eq!(rendered(computed), None, "{computed}");
        }
    }

    #[test]
    fn nothing_is_read_of_more_than_is_understood() {
        for text in [
            "null",
            "[null]",
            "{ a = 1 }",
            "replace(t.r.arn, \"a\", \"b\")",
            "t.r.enabled ? t.r.arn : null",
            "[for r in t.r : r.arn]",
            "\"${t.r.name}-${upper(t.r.name)}\"",
            "jsonencode(t.r, t.s)",
            "jsonencode(t.r...)",
            "t.r.count + 1",
            "!t.r.enabled",
        ] {
            assert_eq!(compile_source(&text.parse().unwrap()), None, "{text}");
        }
        for text in
            ["jsonencode({ a = null, b = [t.r.arn, null] })", "\"${t.r.arn}/*\"", "[t.r.arn, \"x\"]", "true"]
        {
            assert!(compile_source(&text.parse().unwrap()).is_some(), "{text}");
        }
    }
}
