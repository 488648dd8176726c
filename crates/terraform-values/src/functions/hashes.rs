//! Digests of known bytes.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use uuid::Uuid;

use super::call::{Answer, Call};
use super::refusal::Refusal;
use crate::value::Value;

/// An algorithm and how its digest is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hash {
    Md5,
    Sha1,
    Sha256,
    Sha512,
    Base64Sha256,
    Base64Sha512,
}

impl Hash {
    /// The digest of these bytes, as text.
    pub(super) fn write(self, bytes: &[u8]) -> String {
        match self {
            Self::Md5 => write_hexadecimal(&Md5::digest(bytes)),
            Self::Sha1 => write_hexadecimal(&Sha1::digest(bytes)),
            Self::Sha256 => write_hexadecimal(&Sha256::digest(bytes)),
            Self::Sha512 => write_hexadecimal(&Sha512::digest(bytes)),
            Self::Base64Sha256 => BASE64_STANDARD.encode(Sha256::digest(bytes)),
            Self::Base64Sha512 => BASE64_STANDARD.encode(Sha512::digest(bytes)),
        }
    }
}

fn write_hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `md5`, `sha256` and their like.
pub(super) fn hash(call: &Call<'_>, hash: Hash) -> Answer {
    Ok(Value::from(hash.write(call.known(0)?.as_bytes()).as_str()))
}

/// `uuidv5`.
pub(super) fn uuid_v5(call: &Call<'_>) -> Answer {
    name_based_uuid(&call.known(0)?, &call.known(1)?).map(|uuid| uuid.as_str().into())
}

fn name_based_uuid(namespace: &str, name: &str) -> Result<String, Refusal> {
    let namespace = match namespace {
        "dns" => Uuid::NAMESPACE_DNS,
        "url" => Uuid::NAMESPACE_URL,
        "oid" => Uuid::NAMESPACE_OID,
        "x500" => Uuid::NAMESPACE_X500,
        // Go takes braces and other forms too.
        other if other.len() == 36 => Uuid::try_parse(other).map_err(|_| Refusal::Fails)?,
        _ => return Err(Refusal::Unread),
    };
    Ok(Uuid::new_v5(&namespace, name.as_bytes()).hyphenated().to_string())
}
