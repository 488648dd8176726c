//! AWS's managed policies, each in the version that was the latest when the table was made.
//!
//! Reads the embedded table and returns a policy by its ARN. A row is the ARN, the version, the version's date and the
//! document. The table is of the partition `aws`: a policy of the same name elsewhere (`arn:aws-cn:…`) has versions of
//! its own and is not known here.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::table::{CatalogSource, EmbeddedTable};

const TABLE: EmbeddedTable = EmbeddedTable(include_bytes!("../../rules/catalog/aws-policies.table"));

/// One version of a managed policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ManagedPolicy {
    /// Such as `arn:aws:iam::aws:policy/ReadOnlyAccess`.
    pub arn: &'static str,
    /// Such as `v12`.
    pub version: &'static str,
    /// The day on which AWS made it the latest, as `YYYY-MM-DD`.
    pub date: &'static str,
    /// The policy, without `Sid`s.
    pub document: &'static str,
}

/// Where the table comes from.
pub fn read_source() -> Option<CatalogSource> {
    TABLE.read_source()
}

/// The policy of that ARN, exactly as AWS writes it.
pub fn find_policy(arn: &str) -> Option<ManagedPolicy> {
    // What is no ARN of AWS's own policies is not worth unpacking the table for.
    if !arn.starts_with("arn:aws:iam::aws:policy/") {
        return None;
    }
    read_policies().get(arn).copied()
}

/// All policies, in order of ARN.
pub fn all() -> Vec<ManagedPolicy> {
    let mut all: Vec<ManagedPolicy> = read_policies().values().copied().collect();
    all.sort_unstable_by_key(|policy| policy.arn);
    all
}

fn read_policies() -> &'static HashMap<&'static str, ManagedPolicy> {
    static ROWS: OnceLock<String> = OnceLock::new();
    static POLICIES: OnceLock<HashMap<&'static str, ManagedPolicy>> = OnceLock::new();
    POLICIES.get_or_init(|| {
        let rows = ROWS.get_or_init(|| TABLE.read_rows().unwrap_or_default());
        let read = |row: &'static str| {
            let mut cells = row.splitn(4, '\t');
            let mut cell = || cells.next();
            Some(ManagedPolicy { arn: cell()?, version: cell()?, date: cell()?, document: cell()? })
        };
        rows.lines().filter_map(read).map(|policy| (policy.arn, policy)).collect()
    })
}
