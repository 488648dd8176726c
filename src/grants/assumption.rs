//! What had to be taken for true without proof, as data. The sentences are in [`crate::words`].

use crate::catalog::CatalogSource;

/// Something that a judgement rests on and that neither the plan nor the sources show.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Assumption {
    /// A value with one reference equals what it refers to: somebody vouches for it.
    TrustedReferences,
    /// Nothing is in the sources that plan JSON cannot even hint at: somebody accepts that.
    SourcesWaived,
    /// Nobody writes the ref that decisions were read from without a review.
    ProtectedRef {
        /// The ref, by its full name.
        reference: String,
    },
    /// No version of the authority before those that are at hand had a higher serial.
    UnseenHistory {
        /// The oldest commit that is at hand.
        commit: String,
    },
    /// An attribute that the schema of its pack does not have gives no access.
    HarmlessAttribute {
        /// The resource type.
        type_name: String,
        /// The attribute, without indexes.
        attribute: String,
    },
    /// Reading a data source that the table of its pack does not list does nothing.
    HarmlessDataSource {
        /// Its type.
        type_name: String,
    },
    /// Roles still hold what an old catalogue says.
    CurrentCatalog {
        /// The catalogue.
        source: CatalogSource,
        /// Its age in days.
        age_days: i32,
    },
}
