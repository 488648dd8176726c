//! What bytes are told apart by.

use sha2::{Digest as _, Sha256};

/// The SHA-256 of bytes, in lower-case hexadecimal digits.
pub fn hash_bytes(bytes: &[u8]) -> String {
    write_digits(&Sha256::digest(bytes))
}

/// Bytes in lower-case hexadecimal digits.
pub fn write_digits(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}
