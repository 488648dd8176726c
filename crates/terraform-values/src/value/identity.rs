//! Which attribute of which object a value is, as a whole, up to conversions of its type.

use std::fmt;
use std::sync::Arc;

/// One attribute of one Terraform object.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identity {
    /// The full address of the object: `module.a.aws_iam_role.r[0]`.
    pub address: Arc<str>,
    /// The attribute: `arn`.
    pub attribute: Arc<str>,
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.address, self.attribute)
    }
}
