//! Reports: an assessment or an inventory, written out.
//!
//! In go finished results; out go bytes, the same for the same input. One file a format, each with its own wire
//! structs. Nothing here decides anything, and the exit code does not depend on what is written here.

pub mod compare;
mod escalation;
pub mod human;
pub mod inventory;
pub mod json;
pub mod look;

/// What every report says besides the assessment.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The day on which approvals were judged.
    pub as_of: jiff::civil::Date,
}

/// JSON text in which nothing stands that a terminal or a reader could take for something else: what cannot be seen is
/// written as an escape, which means the same.
pub(crate) fn plain_json<T: serde::Serialize>(output: &T) -> std::io::Result<String> {
    Ok(plain(serde_json::to_string_pretty(output)?))
}

/// The same in one line.
pub(crate) fn plain_json_line<T: serde::Serialize>(output: &T) -> std::io::Result<String> {
    Ok(plain(serde_json::to_string(output)?))
}

fn plain(text: String) -> String {
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n'));
    if is_plain || !text.chars().any(is_escaped) {
        return text;
    }
    let mut plain = String::with_capacity(text.len() + 16);
    for symbol in text.chars() {
        if is_escaped(symbol) {
            let mut units = [0; 2];
            for unit in symbol.encode_utf16(&mut units) {
                plain.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            plain.push(symbol);
        }
    }
    plain
}

fn is_escaped(symbol: char) -> bool {
    symbol != '\n' && crate::source::is_unseen(symbol)
}
