//! Foreign text made harmless, with one function a surface.
//!
//! Foreign is what somebody else wrote: names in a plan, elements of a policy, words of the manifest. Each function takes
//! such a text and returns what its surface shows without obeying it. Text of our own needs none of them.

use std::io;

use crate::source::{is_unseen, visible};

/// For a terminal: control characters and characters that cannot be seen are written as `<U+XXXX>`.
pub fn for_terminal(text: &str) -> String {
    visible(text)
}

/// For JSON, over several lines: what cannot be seen is written as an escape, which means the same.
pub(super) fn to_json<T: serde::Serialize>(output: &T) -> io::Result<String> {
    Ok(escape_unseen(serde_json::to_string_pretty(output)?))
}

/// For JSON, in one line: what cannot be seen is written as an escape, which means the same.
pub(super) fn to_json_line<T: serde::Serialize>(output: &T) -> io::Result<String> {
    Ok(escape_unseen(serde_json::to_string(output)?))
}

/// Replaces characters that cannot be seen in JSON text, where they stand in strings only.
fn escape_unseen(json: String) -> String {
    let is_plain = json.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n'));
    if is_plain || !json.chars().any(is_escaped) {
        return json;
    }
    // A few escapes are all that most texts need.
    let mut escaped = String::with_capacity(json.len() + 16);
    for symbol in json.chars() {
        if is_escaped(symbol) {
            let mut units = [0; 2];
            for unit in symbol.encode_utf16(&mut units) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            escaped.push(symbol);
        }
    }
    escaped
}

fn is_escaped(symbol: char) -> bool {
    symbol != '\n' && is_unseen(symbol)
}
