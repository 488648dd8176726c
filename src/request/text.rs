//! Texts of the manifest, written out.
//!
//! Takes a text and returns it as a literal of HCL. References are put between literal parts by who knows them.

/// Returns a text as a quoted literal.
pub(crate) fn quote(text: &str) -> String {
    format!("\"{}\"", escape(text))
}

/// Returns a text as it stands inside of quotes.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut symbols = text.chars().peekable();
    while let Some(symbol) = symbols.next() {
        match symbol {
            '\\' | '"' => escaped.extend(['\\', symbol]),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            '$' | '%' if symbols.peek() == Some(&'{') => escaped.extend([symbol, symbol]),
            symbol => escaped.push(symbol),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn what_is_written_is_read_back() {
        for text in ["a", "${aws:username}", "%{ if }", "a\"b\\c", "line\nline\t", "$${x}", "$", "ä ${*}"] {
            let body: hcl_edit::structure::Body = format!("x = {}\n", quote(text)).parse().unwrap();
            let value = &body.get_attribute("x").unwrap().value;
            assert_eq!(value.as_str(), Some(text), "{text}");
        }
    }
}
