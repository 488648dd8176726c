//! What can be wrong with an expression.

use spanned_hcl::Span;

use super::Construct;

/// An error in an expression, with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct ExpressionError {
    /// Where it stands in its source.
    pub span: Span,
    /// What it is.
    pub kind: ExpressionErrorKind,
}

/// What is wrong with an expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExpressionErrorKind {
    /// The vocabulary has no such construct.
    #[error("{0} cannot be used here")]
    NotAllowed(Construct),
    /// No function has this name.
    #[error("there is no function `{name}`")]
    UnknownFunction {
        /// As written.
        name: String,
        /// A function with a similar name.
        similar: Option<&'static str>,
    },
    /// The function takes another number of arguments.
    #[error("`{name}` takes {}, not {given}", count_arguments(*least, *most))]
    ArgumentCount {
        /// The function.
        name: &'static str,
        /// How many arguments are given.
        given: usize,
        /// Least number.
        least: usize,
        /// Greatest number.
        most: usize,
    },
    /// The function asks whether an attribute is set, and is given something else.
    #[error("the first argument of `{function}` is an attribute of the object, such as `name`")]
    AttributeExpected {
        /// The function.
        function: &'static str,
    },
    /// A name such as `self` that stands only before another name.
    #[error("`{root}` stands before a name, as in `{root}.name`")]
    NameExpected {
        /// The first name.
        root: &'static str,
    },
    /// An index that is no literal.
    #[error("an index must be a literal text or a literal whole number")]
    IndexNotLiteral,
    /// No `locals` block in reach defines the name.
    #[error("there is no local `{name}`")]
    UnknownLocal {
        /// As written.
        name: String,
        /// A local with a similar name.
        similar: Option<String>,
    },
    /// A local that is defined by itself.
    #[error("the local `{name}` is defined by itself")]
    CircularLocal {
        /// The local.
        name: String,
    },
    /// Locals repeat each other until a pack is too large.
    #[error("the locals of this pack, written out, are too large")]
    TooLarge,
}

impl ExpressionErrorKind {
    /// An instruction to the author, where there is one.
    pub fn help(&self) -> Option<String> {
        match self {
            Self::UnknownFunction { similar, .. } => similar.map(|name| format!("did you mean `{name}`")),
            Self::UnknownLocal { name, similar: None } => {
                Some(format!("define it: `locals {{ {name} = … }}`"))
            }
            Self::UnknownLocal { similar: Some(name), .. } => Some(format!("did you mean `{name}`")),
            Self::NotAllowed(_)
            | Self::ArgumentCount { .. }
            | Self::AttributeExpected { .. }
            | Self::NameExpected { .. }
            | Self::IndexNotLiteral
            | Self::CircularLocal { .. }
            | Self::TooLarge => None,
        }
    }
}

/// How many arguments a function takes, in words.
fn count_arguments(least: usize, most: usize) -> String {
    match (least, most) {
        (1, 1) => "1 argument".to_owned(),
        (least, most) if least == most => format!("{least} arguments"),
        (least, most) => format!("{least} to {most} arguments"),
    }
}
