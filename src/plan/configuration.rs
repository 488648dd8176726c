//! The configuration as far as plan JSON keeps it.
//!
//! Takes the section `configuration` and returns what stands where in the sources, and what refers to what.
//! An expression is a constant, a list of references, or nothing at all (a function call). Locals, dynamic
//! blocks, `lifecycle` and a provisioner's `when` are not in a plan. Nothing of this may be printed: constants
//! of write-only arguments and of provider blocks are secrets.

mod arguments;
mod expression;
mod wire;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use serde_json::value::RawValue;

use self::arguments::{ArgumentPlaces, Arguments};
pub use self::expression::PlanExpression;
use self::expression::{
    add_references, expression_at, fill_constants, read_expression, read_member, references_below,
};
use self::wire::{WireConfiguration, WireProvisioner, WireResource};
use crate::json::{self, JsonError};
use crate::value::Value;

/// All modules' blocks, by where they stand.
#[derive(Debug, Default)]
pub struct Configuration<'a> {
    /// Key: the module path, names joined by dots; empty for the root.
    modules: HashMap<String, ConfiguredModule<'a>>,
    /// By provider configuration key, for example `aws.prod` or `module.a:aws`.
    providers: HashMap<Cow<'a, str>, ProviderBlock<'a>>,
}

/// One `resource` or `data` block.
#[derive(Debug)]
pub struct ConfiguredBlock<'a> {
    /// Arguments: name to expression.
    expressions: Option<&'a RawValue>,
    /// Where each of them stands, once somebody has asked.
    arguments: OnceLock<Option<ArgumentPlaces>>,
    /// Its provisioners, in order.
    pub provisioners: Vec<ConfiguredProvisioner<'a>>,
    /// Which provider configuration it uses.
    pub provider_key: Cow<'a, str>,
    /// What makes its instances.
    for_each: Option<&'a RawValue>,
}

/// One `provisioner` block. Plan JSON leaves out `when`, `on_failure` and `connection`.
#[derive(Debug)]
pub struct ConfiguredProvisioner<'a> {
    /// Its type, such as `local-exec`.
    pub kind: Cow<'a, str>,
    /// Arguments: name to expression.
    expressions: Option<&'a RawValue>,
}

/// One `module` block.
#[derive(Debug)]
struct ConfiguredCall<'a> {
    /// Arguments: name to expression.
    expressions: Option<&'a RawValue>,
    /// What makes its instances.
    for_each: Option<&'a RawValue>,
}

#[derive(Debug, Default)]
struct ConfiguredModule<'a> {
    /// By address in the module, for example `data.aws_iam_policy_document.d`.
    blocks: HashMap<Cow<'a, str>, ConfiguredBlock<'a>>,
    /// Calls of child modules, by name.
    calls: HashMap<Cow<'a, str>, ConfiguredCall<'a>>,
    /// Outputs: name to expression.
    outputs: HashMap<Cow<'a, str>, &'a RawValue>,
    /// Variables and outputs whose values must not be printed: `var.NAME`, `output.NAME`.
    sensitive: HashSet<String>,
}

/// One `provider` block, or the empty one that Terraform assumes.
#[derive(Debug)]
pub struct ProviderBlock<'a> {
    /// The full source address of the provider.
    pub source: Cow<'a, str>,
    expressions: Option<&'a RawValue>,
}

/// The parts of a provider configuration key: `module.a:aws.prod` is `aws` with the alias `prod` in `module.a`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProviderKey<'k> {
    /// The module; empty for the root.
    pub module: &'k str,
    /// The provider's local name.
    pub name: &'k str,
    /// The alias, where there is one.
    pub alias: Option<&'k str>,
}

impl<'k> ProviderKey<'k> {
    /// Reads a key.
    pub fn parse(key: &'k str) -> Self {
        let (module, provider) = key.rsplit_once(':').unwrap_or(("", key));
        let (name, alias) =
            provider.split_once('.').map_or((provider, None), |(name, alias)| (name, Some(alias)));
        Self { module, name, alias }
    }
}

impl<'a> Configuration<'a> {
    pub(super) fn read(raw: &'a RawValue) -> Result<Self, JsonError> {
        let wire: WireConfiguration<'a> = serde_json::from_str(raw.get())?;
        let mut configuration = Self::default();
        for (key, provider) in wire.provider_config {
            let block = ProviderBlock { source: provider.full_name, expressions: provider.expressions };
            configuration.providers.insert(key, block);
        }
        let mut pending = vec![(String::new(), wire.root_module)];
        while let Some((path, module)) = pending.pop() {
            let mut entry = ConfiguredModule::default();
            for mut resource in module.resources {
                let address = std::mem::take(&mut resource.address);
                entry.blocks.insert(address, resource.into());
            }
            for (name, variable) in module.variables {
                if variable.sensitive {
                    entry.sensitive.insert(format!("var.{name}"));
                }
            }
            for (name, output) in module.outputs {
                if output.sensitive {
                    entry.sensitive.insert(format!("output.{name}"));
                }
                entry.outputs.extend(output.expression.map(|expression| (name, expression)));
            }
            for (name, call) in module.module_calls {
                let child = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
                pending.extend(call.module.map(|module| (child, module)));
                let (expressions, for_each) = (call.expressions, call.for_each_expression);
                entry.calls.insert(name, ConfiguredCall { expressions, for_each });
            }
            configuration.modules.insert(path, entry);
        }
        Ok(configuration)
    }

    /// The block at a module-relative address, in the module of these names.
    pub fn block(&self, module: &[&str], address: &str) -> Option<&ConfiguredBlock<'a>> {
        self.modules.get(&module.join("."))?.blocks.get(address)
    }

    /// What the caller of a module passes for one of its variables.
    pub fn argument(&self, parent: &[&str], call: &str, variable: &str) -> PlanExpression {
        let module = self.modules.get(&parent.join("."));
        let call = module.and_then(|module| module.calls.get(call));
        read_member(call.and_then(|call| call.expressions), variable)
    }

    /// What makes the instances of a module call refers to.
    pub fn repetition_of_call(&self, parent: &[&str], call: &str) -> Vec<String> {
        let module = self.modules.get(&parent.join("."));
        let call = module.and_then(|module| module.calls.get(call));
        references_below(call.and_then(|call| call.for_each))
    }

    /// Whether the value of a variable (`var.NAME`) or output (`output.NAME`) of a module must not be printed.
    pub fn is_sensitive(&self, module: &[&str], name: &str) -> bool {
        self.modules.get(&module.join(".")).is_some_and(|module| module.sensitive.contains(name))
    }

    /// The expression of a module's output.
    pub fn output(&self, module: &[&str], output: &str) -> PlanExpression {
        let module = self.modules.get(&module.join("."));
        let raw = module.and_then(|module| module.outputs.get(output));
        raw.map_or(PlanExpression::Opaque, |raw| {
            json::parse(raw.get()).map_or(PlanExpression::Opaque, read_expression)
        })
    }

    /// The modules by their paths, in order.
    pub(super) fn list_modules(&self) -> Vec<&str> {
        let mut paths: Vec<&str> = self.modules.keys().map(String::as_str).collect();
        paths.sort_unstable();
        paths
    }

    /// What a module declares, by address in it, with the expressions of the arguments: resources and data sources, calls
    /// as `module.NAME`, outputs as `output.NAME` with their `value`. In order of address.
    pub(super) fn list_declared(&self, module: &str) -> Vec<(String, Value)> {
        let Some(module) = self.modules.get(module) else { return Vec::new() };
        let parse = |raw: Option<&RawValue>| {
            raw.and_then(|raw| json::parse(raw.get()).ok()).unwrap_or_else(|| Value::Object(Vec::new()))
        };
        let blocks =
            module.blocks.iter().map(|(address, block)| (address.to_string(), parse(block.expressions)));
        let calls =
            module.calls.iter().map(|(name, call)| (format!("module.{name}"), parse(call.expressions)));
        let outputs = module.outputs.iter().map(|(name, expression)| {
            let value = vec![("value".into(), parse(Some(expression)))];
            (format!("output.{name}"), Value::Object(value))
        });
        let mut declared: Vec<(String, Value)> = blocks.chain(calls).chain(outputs).collect();
        declared.sort_by(|(a, _), (b, _)| a.cmp(b));
        declared
    }

    /// The provider configuration of that key.
    pub fn provider(&self, key: &str) -> Option<&ProviderBlock<'a>> {
        self.providers.get(key)
    }

    /// All provider configurations with their keys, in order of key.
    pub fn providers(&self) -> Vec<(&str, &ProviderBlock<'a>)> {
        let mut providers: Vec<_> = self.providers.iter().map(|(key, block)| (&**key, block)).collect();
        providers.sort_by_key(|(key, _)| *key);
        providers
    }
}

impl ConfiguredBlock<'_> {
    /// Whether the block sets this argument, as far as the plan tells.
    pub fn sets(&self, argument: &str) -> bool {
        self.arguments().is_some_and(|arguments| arguments.sets(argument))
    }

    /// Whether the block leaves an argument to the provider: `role`, `spec[0].role`. It does not write it, and each nested
    /// block on the way there is the only one of its name, as written and as planned, so that no `dynamic` block makes it.
    pub fn leaves_to_provider(&self, path: &str, planned: &Value) -> bool {
        let (blocks, argument) =
            path.rsplit_once('.').map_or((None, path), |(blocks, name)| (Some(blocks), name));
        if argument.contains('[') {
            return false;
        }
        let Some(blocks) = blocks else { return !self.sets(argument) };
        let Some(arguments) = self.arguments() else { return false };
        let of_path = arguments.parse_first(path);
        let (mut written, mut planned) = (&of_path, planned);
        for step in blocks.split('.') {
            let Some(name) = step.strip_suffix("[0]") else { return false };
            let (Value::List(all_written), Value::List(all_planned)) = (written.get(name), planned.get(name))
            else {
                return false;
            };
            let ([only_written], [only_planned]) = (all_written.as_slice(), all_planned.as_slice()) else {
                return false;
            };
            (written, planned) = (only_written, only_planned);
        }
        matches!(written, Value::Object(_)) && *written.get(argument) == Value::Null
    }

    /// The expression of an argument, also of one in a nested block: `policy`, `subject[0].name`.
    pub fn argument_at(&self, path: &str) -> PlanExpression {
        self.arguments()
            .map_or(PlanExpression::Opaque, |arguments| expression_at(&arguments.parse_first(path), path))
    }

    /// What an argument, or the nested blocks of that name, refer to: as Terraform lists it, a reference before the
    /// beginnings of it.
    pub fn references_in(&self, argument: &str) -> Vec<String> {
        let mut references = Vec::new();
        if let Some(arguments) = self.arguments() {
            add_references(&arguments.parse(argument), &mut references);
        }
        references
    }

    /// Whether no argument is set.
    pub fn is_plain(&self) -> bool {
        self.arguments().is_none_or(Arguments::is_empty)
    }

    /// What makes its instances refers to.
    pub fn repetition(&self) -> Vec<String> {
        references_below(self.for_each)
    }

    fn arguments(&self) -> Option<Arguments<'_>> {
        let text = self.expressions?.get();
        let places = self.arguments.get_or_init(|| ArgumentPlaces::find(text)).as_ref()?;
        Some(Arguments::new(text, places))
    }
}

impl ProviderBlock<'_> {
    /// Its arguments: name to expression.
    pub(super) fn arguments(&self) -> Value {
        let parsed = self.expressions.and_then(|raw| json::parse(raw.get()).ok());
        parsed.unwrap_or_else(|| Value::Object(Vec::new()))
    }

    /// Its arguments with constants in their places; what is not constant is unknown, as an attribute of `address`.
    pub fn constants(&self, address: &str) -> Value {
        let parsed = self.expressions.and_then(|raw| json::parse(raw.get()).ok());
        parsed.map_or(Value::Null, |value| fill_constants(value, address, ""))
    }

    /// What is written at a path: `assume_role[0].role_arn`.
    pub fn argument_at(&self, path: &str) -> PlanExpression {
        let parsed = self.expressions.and_then(|raw| json::parse(raw.get()).ok());
        parsed.map_or(PlanExpression::Opaque, |arguments| expression_at(&arguments, path))
    }

    /// Whether it speaks of the element of a `for_each`, so that it stands for several.
    pub fn is_repeated(&self) -> bool {
        references_below(self.expressions).iter().any(|reference| reference.starts_with("each."))
    }
}

impl ConfiguredProvisioner<'_> {
    /// Its arguments: name to expression.
    pub(super) fn arguments(&self) -> Value {
        let parsed = self.expressions.and_then(|raw| json::parse(raw.get()).ok());
        parsed.unwrap_or_else(|| Value::Object(Vec::new()))
    }
}

impl<'a> From<WireProvisioner<'a>> for ConfiguredProvisioner<'a> {
    fn from(WireProvisioner { kind, expressions }: WireProvisioner<'a>) -> Self {
        Self { kind, expressions }
    }
}

impl<'a> From<WireResource<'a>> for ConfiguredBlock<'a> {
    fn from(resource: WireResource<'a>) -> Self {
        Self {
            expressions: resource.expressions,
            arguments: OnceLock::new(),
            provisioners: resource.provisioners.into_iter().map(ConfiguredProvisioner::from).collect(),
            provider_key: resource.provider_config_key,
            for_each: resource.for_each_expression,
        }
    }
}
