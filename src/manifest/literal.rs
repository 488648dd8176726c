//! Texts of the manifest, written out.
//!
//! Takes texts and returns literals of HCL. References are put between literal parts by who knows them.

use hcl_edit::expr::Expression;

/// Returns a text as a quoted literal.
pub fn quote(text: &str) -> String {
    Expression::from(text).to_string()
}

/// Returns texts as the members of a list, without its brackets.
pub fn quote_all(texts: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    texts.into_iter().map(|text| quote(text.as_ref())).collect::<Vec<_>>().join(", ")
}

/// Returns a text as it stands inside of quotes, beside references.
pub(crate) fn escape(text: &str) -> String {
    let quoted = quote(text);
    quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn what_is_quoted_is_read_back() {
        for text in ["", "a", "${aws:username}", "%{ if }", "a\"b\\c", "line\nline\t", "$${x}", "$", "ä ${*}"]
        {
            let body: hcl_edit::structure::Body = format!("x = {}\n", quote(text)).parse().unwrap();
            assert_eq!(body.get_attribute("x").unwrap().value.as_str(), Some(text), "{text}");
        }
    }
}
