//! Whether an Access allows one request.

use super::{Access, Request};

/// Whether some allowing statement matches the request and no denying one does.
pub fn allows(_access: &Access, _request: &Request) -> bool {
    false
}

