//! Texts with a word that a provider generates, and texts of which a part is not known.

use super::{CONTAINED, said};
use crate::lower::{Dialect, Side, Terms, Text, lower};
use access_algebra::HoleKind;

/// `${name}` is a word that a provider generates, `$[name]` a value of which nothing is known.
fn holed(written: &str) -> Text {
    let mut text = Text::default();
    let mut rest = written;
    while let Some((known, after)) = rest.split_once('$') {
        text.push_known(known);
        let (is_word, ends) = if after.starts_with('{') { (true, '}') } else { (false, ']') };
        let (name, after) = after[1..].split_once(ends).expect("a hole ends");
        let hole = if is_word { Text::word } else { Text::hole };
        text.push(&hole(HoleKind::Unknown, name));
        rest = after;
    }
    text.push_known(rest);
    text
}

/// That a grant of one principal on one resource lies in another.
#[track_caller]
fn check_words(approved: [&str; 2], planned: [&str; 2], expected: &str) {
    let lowered = |side, [principal, resource]: [&str; 2]| {
        let terms = Terms {
            principals: vec![holed(principal)],
            actions: vec![Text::known("s3:GetObject")],
            resources: vec![holed(resource)],
            ..Terms::default()
        };
        lower(Dialect::Aws, side, &terms).access
    };
    let answer = said(&lowered(Side::Approved, approved), &lowered(Side::Planned, planned));
    assert!(answer.contains(expected), "{planned:?}\nin {approved:?}\nis {answer}");
}

const UNDECIDED: &str = "UnknownValue";

#[test]
fn a_generated_name_is_covered_by_its_prefix() {
    let role = "arn:aws:iam::111122223333:role/";
    let principal = |approved: &str, planned: &str, expected: &str| {
        check_words([&format!("{role}{approved}"), "*"], [&format!("{role}{planned}"), "*"], expected);
    };
    principal("ex-eks-mng-al2023-cluster-*", "ex-eks-mng-al2023-cluster-${s}", CONTAINED);
    principal("*", "ex-${s}", CONTAINED);
    principal("ex-*-cluster", "ex-${s}-cluster", CONTAINED);
    principal("ex-${s}", "ex-${s}", CONTAINED);
    principal("team/ex-${s}", "ex-${s}", CONTAINED);
    principal("ex-${s}", "team/ex-${s}", CONTAINED);
    principal("team/ex-${s}", "other/ex-${s}", CONTAINED);
    principal("ex-$[s]", "team/ex-$[s]", UNDECIDED);
    principal("ex-${s}", "ex-${t}", UNDECIDED);
    principal("ex-a*", "ex-${s}", UNDECIDED);
    principal("ex-abc", "ex-${s}", UNDECIDED);
}

#[test]
fn a_word_stays_in_its_segment() {
    let resource = |approved: &str, planned: &str, expected: &str| {
        check_words(["*", approved], ["*", planned], expected);
    };
    let key = "arn:aws:kms:eu-west-1:111122223333:key/";
    resource(&format!("{key}*"), &format!("{key}${{k}}"), CONTAINED);
    resource("arn:aws:kms:*:*:key/*", &format!("{key}${{k}}"), CONTAINED);
    resource("arn:aws:kms:*:*:key/*", "arn:aws:kms:${r}:111122223333:key/*", CONTAINED);
    resource("arn:aws:kms:*:*:key/*", "arn:aws:kms:$[r]:111122223333:key/*", UNDECIDED);
    resource("arn:aws:s3:::logs-*", "arn:aws:s3:::logs-${b}/*", CONTAINED);
    resource("arn:aws:s3:::logs-*/*", "arn:aws:s3:::logs-${b}/*", CONTAINED);
    resource("arn:aws:s3:::logs-*/*", "arn:aws:s3:::logs-${b}", UNDECIDED);
    resource("arn:aws:s3:::${b}/*", "arn:aws:s3:::${b}/x", CONTAINED);
}

#[test]
fn what_is_written_around_a_word_says_what_kind_of_principal_it_is() {
    let provider = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/";
    let principal = |approved: &str, planned: &str, expected: &str| {
        check_words([approved, "*"], [planned, "*"], expected)
    };
    let federated = format!("Federated:{provider}${{id}}");
    principal(&format!("{provider}${{id}}"), &federated, CONTAINED);
    principal(&format!("{provider}*"), &federated, CONTAINED);
    principal(&format!("Federated:{provider}*"), &federated, CONTAINED);
    principal(&format!("{provider}${{other}}"), &federated, UNDECIDED);
    principal("arn:aws:iam::111122223333:role/*", &federated, UNDECIDED);
}
