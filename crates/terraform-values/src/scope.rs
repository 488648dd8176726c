//! What names mean: the side of the caller.

use std::fmt;
use std::sync::Arc;

use hcl_edit::expr::Expression;

use crate::budget::Budget;
use crate::outcome::Outcome;
use crate::value::Value;
use crate::value::marks::Marks;

/// One step of a reference.
#[derive(Clone, Debug, PartialEq)]
pub enum Step<'e> {
    /// `.name`.
    Attribute(&'e str),
    /// `[key]`, or `.0`; the key is evaluated, and may be known in part. It has no alternatives at its top.
    Index(Value),
    /// `[*]` or `.*`. A scope that consumes it consumes every step behind it.
    Splat,
}

/// A name and the steps behind it: `module.m["eu"].arn` is the root `module` and three steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference<'e> {
    /// The first name: `var`, `local`, `module`, `data`, `each`, `path`, or a resource type.
    pub root: &'e str,
    /// All that stands behind it.
    pub steps: Vec<Step<'e>>,
}

impl fmt::Display for Reference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.root)?;
        for step in &self.steps {
            match step {
                Step::Attribute(name) => write!(f, ".{name}")?,
                Step::Index(key) => write!(f, "[{key}]")?,
                Step::Splat => f.write_str("[*]")?,
            }
        }
        Ok(())
    }
}

/// What a scope knows of a reference.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What the root and the first steps are. It may fail, as `aws_iam_role.r[0]` does where there is no instance.
    pub outcome: Outcome,
    /// How many steps that are; the evaluator takes the rest.
    pub steps: usize,
}

/// The bytes of a file.
#[derive(Clone, Debug)]
pub struct FileBytes {
    /// The content.
    pub bytes: Arc<[u8]>,
    /// That the file was read.
    pub marks: Marks,
}

/// A template, parsed: literal parts are the exact text that Terraform gives.
#[derive(Clone, Debug)]
pub struct TemplateFile {
    /// The template as an expression.
    pub expression: Arc<Expression>,
    /// That the file was read.
    pub marks: Marks,
}

/// Says what names mean where an expression stands. It memoises: it is asked for a name as often as the name is written.
pub trait Scope {
    /// What a reference means. `None`: the scope does not know, and the reference is anything. A scope that evaluates
    /// other expressions for its answer passes the budget on.
    fn look_up(&self, reference: &Reference<'_>, budget: &Budget) -> Option<Found>;

    /// The content of a file, for `file` and its like. `None`: it is not at hand, or is no regular file.
    fn read_file(&self, path: &str) -> Option<FileBytes>;

    /// A file as a template, for `templatefile`. `None`: it is not at hand, or is not understood.
    fn read_template(&self, path: &str) -> Option<TemplateFile>;

    /// A text as a template, for `templatestring`. `None`: it is not understood.
    fn parse_template(&self, _text: &str) -> Option<Arc<Expression>> {
        None
    }

    /// Whether a file exists, for `fileexists`. `None`: nobody knows.
    fn file_exists(&self, _path: &str) -> Option<bool> {
        None
    }
}
