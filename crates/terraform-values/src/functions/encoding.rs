//! `base64encode` and its like.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::call::{Answer, Call};
use super::refusal::Refusal;
use crate::value::Value;

/// `base64encode`.
pub(super) fn base64_encode(call: &Call<'_>) -> Answer {
    Ok(BASE64_STANDARD.encode(call.known(0)?).as_str().into())
}

/// `base64decode`. Text that is not UTF-8 is refused.
pub(super) fn base64_decode(call: &Call<'_>) -> Answer {
    let encoded = call.known(0)?;
    // Go passes over line ends.
    let encoded: String = encoded.chars().filter(|letter| !matches!(letter, '\r' | '\n')).collect();
    let bytes = BASE64_STANDARD.decode(encoded).map_err(|error| match error {
        // Go does not look at the bits behind the last byte.
        base64::DecodeError::InvalidLastSymbol(..) => Refusal::Unread,
        base64::DecodeError::InvalidByte(..)
        | base64::DecodeError::InvalidLength(_)
        | base64::DecodeError::InvalidPadding => Refusal::Fails,
    })?;
    let text = String::from_utf8(bytes).map_err(|_| Refusal::Fails)?;
    Ok(text.as_str().into())
}

/// The text is computed in a way that is not followed here: `base64gzip`, `textencodebase64`.
pub(super) fn unread(_call: &Call<'_>) -> Answer {
    Err::<Value, _>(Refusal::Unread)
}
