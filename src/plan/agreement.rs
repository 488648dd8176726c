//! Whether a plan was made from the sources that are handed over with it.
//!
//! Takes the configuration of plan JSON and the sources of a plan file and returns the first [`Disagreement`] between them:
//! a block or an argument that only one of the two has, another constant, another reference. Whoever judges an expression
//! by the sources of another plan judges another expression. What plan JSON does not show is not compared: `dynamic`
//! blocks, `lifecycle`, and what a function makes of its arguments. What could not be read is named elsewhere.

use std::collections::BTreeSet;
use std::fmt;

use hcl_edit::expr::{Expression, ObjectKey};

use super::configuration::{Configuration, ConfiguredProvisioner, ProviderKey};
use crate::address;
use crate::sources::{Lookup, Sources, WrittenBody, free_references_of};
use crate::value::Value;

/// Arguments and blocks that Terraform itself reads, and plan JSON does not list with the others.
const META: [&str; 10] = [
    "connection",
    "count",
    "depends_on",
    "enabled",
    "for_each",
    "lifecycle",
    "provider",
    "providers",
    "provisioner",
    "timeouts",
];

/// Arguments of a module call that are no variables of the module.
const OF_CALL: [&str; 2] = ["source", "version"];

/// Arguments of a provisioner that Terraform reads.
const OF_PROVISIONER: [&str; 2] = ["on_failure", "when"];

/// Arguments of a provider block that Terraform reads.
const OF_PROVIDER: [&str; 2] = ["alias", "version"];

/// Blocks within each other, at most, as the sources are read.
const MAX_DEPTH: usize = 24;

/// Where plan JSON and the sources differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The block, with its modules and without keys.
    pub block: String,
    /// The argument, where one differs: `statement[0].actions`.
    pub argument: Option<String>,
    /// In what.
    pub kind: DisagreementKind,
}

/// In what the two differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisagreementKind {
    /// Only plan JSON has it.
    OnlyInPlan,
    /// Only the sources have it.
    OnlyInSources,
    /// Another constant stands there.
    Constant,
    /// It refers to something else.
    References,
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.argument {
            Some(argument) => write!(f, "`{argument}` of `{}` ", self.block)?,
            None => write!(f, "`{}` ", self.block)?,
        }
        f.write_str(match self.kind {
            DisagreementKind::OnlyInPlan => "is in the plan and not in the sources",
            DisagreementKind::OnlyInSources => "is in the sources and not in the plan",
            DisagreementKind::Constant => "has another value in the sources",
            DisagreementKind::References => "refers to something else in the sources",
        })
    }
}

/// Returns the first disagreement, in order of modules and addresses.
pub fn find_disagreement(configuration: &Configuration<'_>, sources: &Sources) -> Option<Disagreement> {
    let mut modules = configuration.list_modules().into_iter();
    let found = modules.find_map(|path| {
        let names: Vec<&str> = path.split('.').filter(|name| !name.is_empty()).collect();
        compare_module(configuration, sources, path, &names)
    });
    found.or_else(|| {
        let mut providers = configuration.providers().into_iter();
        providers.find_map(|(key, block)| compare_provider(key, &block.arguments(), sources))
    })
}

/// Compares a provider's configuration, which says where all of its objects land.
fn compare_provider(key: &str, arguments: &Value, sources: &Sources) -> Option<Disagreement> {
    let ProviderKey { module, name, alias } = ProviderKey::parse(key);
    let names = address::module_names(module)?;
    let alias = alias.map(|alias| format!(".{alias}")).unwrap_or_default();
    let address = format!("provider.{name}{alias}");
    let prefix = if module.is_empty() { String::new() } else { format!("{module}.") };
    let block = format!("{prefix}{address}");
    match sources.find_body(&names, &address) {
        Lookup::Written(body) => {
            Comparison { block, of_terraform: &OF_PROVIDER }.compare_body(arguments, body, "", false, 0)
        }
        Lookup::Absent if *arguments != Value::Object(Vec::new()) => {
            Some(Disagreement { block, argument: None, kind: DisagreementKind::OnlyInPlan })
        }
        Lookup::Absent | Lookup::Computed(_) | Lookup::Unreadable(_) => None,
    }
}

fn compare_module(
    configuration: &Configuration<'_>,
    sources: &Sources,
    path: &str,
    names: &[&str],
) -> Option<Disagreement> {
    let prefix: String = names.iter().map(|name| format!("module.{name}.")).collect();
    let differs =
        |block: &str, kind| Some(Disagreement { block: format!("{prefix}{block}"), argument: None, kind });
    if !sources.has_module(names) {
        let block = prefix.trim_end_matches('.').to_owned();
        return Some(Disagreement { block, argument: None, kind: DisagreementKind::OnlyInPlan });
    }
    let Lookup::Written(written) = sources.list_declared(names) else { return None };
    let declared = configuration.list_declared(path);
    let planned: BTreeSet<&str> = declared.iter().map(|(address, _)| address.as_str()).collect();
    for (block, arguments) in &declared {
        match sources.find_body(names, block) {
            Lookup::Written(body) => {
                let of_terraform: &[&str] = if block.starts_with("module.") { &OF_CALL } else { &[] };
                let comparison = Comparison { block: format!("{prefix}{block}"), of_terraform };
                let is_output = block.starts_with("output.");
                let provisioners =
                    configuration.block(names, block).map(|block| block.provisioners.as_slice());
                let found = comparison
                    .compare_body(arguments, body, "", is_output, 0)
                    .or_else(|| comparison.provisioners(provisioners.unwrap_or_default(), body));
                if found.is_some() {
                    return found;
                }
            }
            Lookup::Absent if sources.is_checked(names, block) => {}
            Lookup::Absent => return differs(block, DisagreementKind::OnlyInPlan),
            Lookup::Computed(_) | Lookup::Unreadable(_) => {}
        }
    }
    let mut additional: Vec<&str> =
        written.into_iter().filter(|address| is_listed(address) && !planned.contains(address)).collect();
    additional.sort_unstable();
    additional.first().and_then(|block| differs(block, DisagreementKind::OnlyInSources))
}

/// Whether plan JSON lists blocks of this kind: resources, data sources and module calls. An output without an expression
/// of its own is left out there.
fn is_listed(address: &str) -> bool {
    let kind = address.split('.').next().unwrap_or_default();
    !matches!(kind, "output" | "var" | "provider" | "check" | "ephemeral" | "action" | "list")
}

struct Comparison {
    block: String,
    /// Arguments that Terraform itself reads, besides those of every block.
    of_terraform: &'static [&'static str],
}

impl Comparison {
    fn differs(&self, argument: &str, kind: DisagreementKind) -> Option<Disagreement> {
        Some(Disagreement { block: self.block.clone(), argument: Some(argument.to_owned()), kind })
    }

    /// Compares the arguments and nested blocks of a body; `is_part` says that only those of the plan count.
    fn compare_body(
        &self,
        planned: &Value,
        body: WrittenBody<'_>,
        path: &str,
        is_part: bool,
        depth: usize,
    ) -> Option<Disagreement> {
        let Value::Object(members) = planned else { return None };
        if body.unread().is_some() || depth > MAX_DEPTH {
            return None;
        }
        let at = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        for (name, planned) in members {
            if let Some(found) = self.compare_member(planned, body, name, &at(name), depth) {
                return Some(found);
            }
        }
        if is_part {
            return None;
        }
        let is_planned = |name: &str| members.iter().any(|(known, _)| &**known == name);
        let is_meta = |name: &str| META.contains(&name) || self.of_terraform.contains(&name);
        let arguments = body
            .arguments()
            .filter(|(_, expression)| !matches!(expression, None | Some(Expression::Null(_))));
        let arguments = arguments.map(|(name, _)| name);
        let blocks = body.blocks().filter(|block| !block.is_dynamic).map(|block| block.name);
        let mut additional = arguments.chain(blocks).filter(|name| !is_planned(name) && !is_meta(name));
        additional.next().and_then(|name| self.differs(&at(name), DisagreementKind::OnlyInSources))
    }

    /// Compares the provisioners of a block, which run in their order.
    fn provisioners(
        &self,
        planned: &[ConfiguredProvisioner<'_>],
        body: WrittenBody<'_>,
    ) -> Option<Disagreement> {
        if body.unread().is_some() {
            return None;
        }
        let written: Vec<_> = body.provisioners().collect();
        let (planned_kinds, written_kinds) =
            (planned.iter().map(|one| &*one.kind), written.iter().map(|one| one.kind));
        if !planned_kinds.eq(written_kinds) {
            let is_more = written.len() < planned.len();
            let kind = if is_more { DisagreementKind::OnlyInPlan } else { DisagreementKind::OnlyInSources };
            return self.differs("provisioner", kind);
        }
        let inner = Self { block: self.block.clone(), of_terraform: &OF_PROVISIONER };
        planned.iter().zip(written).enumerate().find_map(|(at, (planned, written))| {
            inner.compare_body(&planned.arguments(), written.body, &format!("provisioner[{at}]"), false, 1)
        })
    }

    fn compare_member(
        &self,
        planned: &Value,
        body: WrittenBody<'_>,
        name: &str,
        path: &str,
        depth: usize,
    ) -> Option<Disagreement> {
        let argument = body.arguments().find(|(known, _)| *known == name);
        let blocks: Vec<_> = body.blocks().filter(|block| block.name == name).collect();
        match (planned, argument) {
            (Value::Object(_), Some((_, expression))) if is_expression(planned) => {
                let kind = compare_expression(planned, expression?)?;
                self.differs(path, kind)
            }
            (Value::Object(_), None) if is_expression(planned) && blocks.is_empty() => {
                self.differs(path, DisagreementKind::OnlyInPlan)
            }
            (Value::List(items), None) => {
                let written: Vec<_> = blocks.iter().filter(|block| !block.is_dynamic).collect();
                if written.len() != items.len() {
                    let is_more = written.len() < items.len();
                    let kind =
                        if is_more { DisagreementKind::OnlyInPlan } else { DisagreementKind::OnlyInSources };
                    return self.differs(path, kind);
                }
                items.iter().zip(written).enumerate().find_map(|(at, (planned, block))| {
                    self.compare_body(planned, block.body, &format!("{path}[{at}]"), false, depth + 1)
                })
            }
            // Blocks by label, a block that is an attribute, or JSON syntax, in which the two look alike.
            _ => None,
        }
    }
}

/// Whether a value is what plan JSON writes for an expression.
fn is_expression(value: &Value) -> bool {
    let Value::Object(members) = value else { return false };
    members.iter().all(|(name, _)| matches!(&**name, "constant_value" | "references"))
}

fn compare_expression(planned: &Value, written: &Expression) -> Option<DisagreementKind> {
    let roots = |references: Vec<String>| -> BTreeSet<String> {
        references.iter().map(|reference| root_of(&address::without_keys(reference))).collect()
    };
    let listed = planned.get("references").as_list().unwrap_or_default();
    let planned_references = listed.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect();
    let written_roots = roots(free_references_of(written));
    if roots(planned_references) != written_roots {
        return Some(DisagreementKind::References);
    }
    if !written_roots.is_empty() {
        return None;
    }
    let Value::Object(members) = planned else { return None };
    let constant = members.iter().find(|(name, _)| &**name == "constant_value").map(|(_, constant)| constant);
    let is_same = match (constant, read_literal(written)) {
        (Some(constant), Some(literal)) => is_equal(constant, &literal),
        (Some(_), None) => !calls_function(written),
        (None, Some(literal)) => literal == Value::Null,
        (None, None) => true,
    };
    (!is_same).then_some(DisagreementKind::Constant)
}

/// What a reference speaks of, without the attribute.
fn root_of(reference: &str) -> String {
    let parts = if reference.starts_with("data.") { 3 } else { 2 };
    reference.split('.').take(parts).collect::<Vec<_>>().join(".")
}

#[expect(clippy::wildcard_enum_match_arm, reason = "a constant is made of these only")]
fn calls_function(expression: &Expression) -> bool {
    match expression {
        Expression::FuncCall(_) => true,
        Expression::Parenthesis(inner) => calls_function(inner.inner()),
        Expression::Array(items) => items.iter().any(calls_function),
        Expression::Object(members) => members.iter().any(|(_, value)| calls_function(value.expr())),
        _ => false,
    }
}

/// The value of an expression that is written out; none where it is computed.
#[expect(clippy::wildcard_enum_match_arm, reason = "every other expression is computed")]
fn read_literal(expression: &Expression) -> Option<Value> {
    Some(match expression {
        Expression::Null(_) => Value::Null,
        Expression::Bool(value) => Value::Bool(*value.value()),
        Expression::Number(number) => Value::Number(number.value().to_string().into()),
        Expression::String(text) => Value::String(text.as_str().into()),
        Expression::Parenthesis(inner) => read_literal(inner.inner())?,
        Expression::Array(items) => Value::List(items.iter().map(read_literal).collect::<Option<_>>()?),
        Expression::Object(members) => {
            let members = members.iter().map(|(key, value)| {
                let name: Box<str> = match key {
                    ObjectKey::Ident(name) => name.as_str().into(),
                    ObjectKey::Expression(key) => read_literal(key)?.as_str()?.into(),
                };
                Some((name, read_literal(value.expr())?))
            });
            Value::Object(members.collect::<Option<_>>()?)
        }
        _ => return None,
    })
}

/// Whether two values are the same, whatever the order of members. Terraform composes characters beyond ASCII, so such
/// texts are taken for equal.
fn is_equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::String(one), Value::String(other)) => one == other || !one.is_ascii() || !other.is_ascii(),
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.parse::<f64>() == other.parse::<f64>()
        }
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_equal(one, other))
        }
        (Value::Object(one), Value::Object(all)) => {
            one.len() == all.len() && one.iter().all(|(name, value)| is_equal(value, other.get(name)))
        }
        _ => one == other,
    }
}
