//! Functions of files. The scope reads them; the result has the mark of the file.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::call::{Answer, Call};
use super::hashes::Hash;
use super::refusal::Refusal;
use crate::scope::FileBytes;
use crate::value::Value;

/// The file that the first argument names, if the scope has it.
fn read(call: &Call<'_>) -> Result<FileBytes, Refusal> {
    call.context.scope.read_file(&call.known(0)?).ok_or(Refusal::Unread)
}

/// `file`. A file that is not UTF-8 is refused.
pub(super) fn file(call: &Call<'_>) -> Answer {
    let file = read(call)?;
    let text = std::str::from_utf8(&file.bytes).map_err(|_| Refusal::Fails)?;
    Ok(Value::from(text).with_marks(&file.marks))
}

/// `filebase64`.
pub(super) fn base64(call: &Call<'_>) -> Answer {
    let file = read(call)?;
    Ok(Value::from(BASE64_STANDARD.encode(&file.bytes).as_str()).with_marks(&file.marks))
}

/// `filemd5`, `filesha256` and their like.
pub(super) fn hash(call: &Call<'_>, hash: Hash) -> Answer {
    let file = read(call)?;
    Ok(Value::from(hash.write(&file.bytes).as_str()).with_marks(&file.marks))
}

/// `fileexists`.
pub(super) fn exists(call: &Call<'_>) -> Answer {
    call.context.scope.file_exists(&call.known(0)?).map(Value::from).ok_or(Refusal::Unread)
}
