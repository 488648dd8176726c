//! What can be wrong with a pack besides its syntax and its expressions.

use spanned_hcl::{Decoder, Place, Span};

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
}

impl LoadError {
    /// Reports the error at a place of the decoder's file.
    pub(super) fn report(&self, decoder: &Decoder, span: Span) {
        let problem = decoder.error(span, self.to_string());
        decoder.report(match self.help() {
            Some(help) => problem.help(help),
            None => problem,
        });
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
            Self::SecondPackBlock
            | Self::ForeignType { .. }
            | Self::SecondRule { .. }
            | Self::SecondLocal { .. }
            | Self::LocalOfPack { .. }
            | Self::SecondTemplate { .. }
            | Self::TemplatesTooLarge
            | Self::BadPattern(_) => None,
        }
    }
}
