//! What can be wrong with a pack besides its syntax and its expressions.

use spanned_hcl::{Decoder, Place, Problem, Source, Span};

/// An error in a pack.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(super) enum LoadError {
    #[error("the folder `{folder}` has no `pack` block")]
    NoPackBlock { folder: String },
    #[error("a folder has one `pack` block")]
    SecondPackBlock,
    #[error("there is no {what} `{word}`")]
    UnknownWord { what: &'static str, word: String, similar: Option<String> },
    #[error("`{type_name}` does not begin with the pack's prefix `{prefix}`")]
    ForeignType { type_name: String, prefix: String },
    #[error("there are two rules for `{type_name}`")]
    SecondRule { type_name: String },
    #[error("there are two locals `{name}`")]
    SecondLocal { name: String },
    #[error("the pack has a local `{name}` already")]
    LocalOfPack { name: String },
    #[error("there are two templates `{name}`")]
    SecondTemplate { name: String },
    #[error("no rule uses the template `{name}`")]
    UnusedTemplate { name: String },
    #[error("the template `{template}` needs the local `{local}`")]
    MissingLocal { template: String, local: String },
    #[error("the templates of this pack, written out, are too large")]
    TemplatesTooLarge,
    #[error("`data` is not a data source type and its attribute")]
    NotDataSource,
    #[error("the pattern is not a regular expression: {0}")]
    BadPattern(#[source] Box<regex::Error>),
    #[error("`{name}` is no table of a pack")]
    UnknownTable { name: String },
    #[error("these are no attributes: {0}")]
    NotAttributes(#[source] crate::schema::SchemaSyntaxError),
    #[error("`{text}` is no resource type")]
    NotType { text: String },
    #[error("`{type_name}` has no class")]
    NoClass { type_name: String },
    #[error("`none` stands alone")]
    NoneWithOthers,
    #[error("the class `{class}` stands twice")]
    SecondClass { class: String },
    #[error("`{type_name}` is listed twice")]
    SecondListing { type_name: String },
    #[error("`{type_name}` is out of order")]
    NotInOrder { type_name: String },
    #[error("no rule reads `{type_name}`, and the table does not say what it does")]
    NoReason { type_name: String },
}

impl LoadError {
    /// Reports the error at a place of the decoder's file.
    pub(super) fn report(&self, decoder: &Decoder, span: Span) {
        decoder.report(self.make_problem(decoder.source(), span));
    }

    /// The error at a place of a file.
    pub(super) fn make_problem(&self, source: &Source, span: Span) -> Problem {
        let problem = Problem::error(source, span, self.to_string());
        match self.help() {
            Some(help) => problem.help(help),
            None => problem,
        }
    }

    /// Reports the error with the place of its other end.
    pub(super) fn report_with(&self, decoder: &Decoder, span: Span, other: Place, words: &str) {
        decoder.report(decoder.error(span, self.to_string()).related(other, words));
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::UnknownWord { similar, .. } => {
                similar.as_ref().map(|name| format!("did you mean `{name}`"))
            }
            Self::UnusedTemplate { .. } => Some("delete it".to_owned()),
            Self::MissingLocal { local, .. } => Some(format!("add `locals {{ {local} = … }}` to the rule")),
            Self::NotDataSource => Some("write `{ data_source_type = \"attribute\" }`".to_owned()),
            Self::NoPackBlock { .. } => Some("write `pack \"NAME\" { … }` in one of its files".to_owned()),
            Self::UnknownTable { .. } => {
                Some("the tables of a pack are `types.table`, `schema.table` and `data.table`".to_owned())
            }
            Self::NotType { .. } => Some("write each type out: a table holds no patterns".to_owned()),
            Self::NoClass { .. } => Some("write its classes after it, or `none`".to_owned()),
            Self::NotInOrder { .. } => Some("sort the types, as `LC_ALL=C sort` does".to_owned()),
            Self::NoReason { .. } => Some("say after the classes what it does".to_owned()),
            Self::SecondClass { .. }
            | Self::NoneWithOthers
            | Self::SecondListing { .. }
            | Self::SecondPackBlock
            | Self::ForeignType { .. }
            | Self::SecondRule { .. }
            | Self::SecondLocal { .. }
            | Self::LocalOfPack { .. }
            | Self::SecondTemplate { .. }
            | Self::TemplatesTooLarge
            | Self::NotAttributes(_)
            | Self::BadPattern(_) => None,
        }
    }
}
