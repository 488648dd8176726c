//! Patterns of type and attribute names, in which `*` is any run of characters.

/// Whether a text matches a pattern in which `*` is any run.
pub fn matches_glob(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let Some(mut rest) = text.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    let Some(last) = pattern.rsplit_once('*').map(|(_, last)| last) else { return rest.is_empty() };
    let middle: Vec<&str> = pieces.collect();
    for piece in middle.iter().take(middle.len().saturating_sub(1)) {
        match rest.find(piece) {
            Some(at) => rest = rest.get(at + piece.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches_glob;

    #[test]
    fn globs_match_whole_texts() {
        for (pattern, text, expected) in [
            ("aws_iam_role", "aws_iam_role", true),
            ("aws_iam_role", "aws_iam_role_policy", false),
            ("google_*_iam_member", "google_kms_crypto_key_iam_member", true),
            ("google_*_iam_member", "google_project_iam_member_remove", false),
            ("*_policy", "a_policy_policy", true),
            ("a*a", "a", false),
            ("*", "", true),
            ("a*b*c", "a_b_b_c", true),
            ("a*b*c", "a_c_b", false),
        ] {
            assert_eq!(matches_glob(pattern, text), expected, "{pattern} {text}");
        }
    }
}
