//! Texts of an approval that depend on where a grant is made and on the objects of a plan.
//!
//! Takes what is written and returns a [`GrantText`]: known characters, words of the place at hand (`${account}`) and
//! identities of objects (`${module.ci.aws_iam_role.deployer.arn}`). A [`GrantScope`] turns it into a text. A reference
//! that stands for a part of a longer name, or that is no identity of an object, is a mistake. One behind the number of an
//! account (`arn:aws:iam::111122223333:role/${aws_iam_role.ci.name}`) is the identity of an object in that account.

use std::collections::{BTreeMap, BTreeSet};

use crate::lower::{Text, TextPart};
use crate::resolve::identity::ObjectReference;
use crate::resolve::place::PlaceWord;
use crate::source::{Problem, Source, Span, Spanned};
use access_algebra::HoleKind;
use spanned_hcl::{ReferenceStep, TemplatePart, TemplateReference, TextTemplate};

use super::identity::is_honest_text;

/// A text in parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct GrantText {
    parts: Vec<GrantTextPart>,
}

/// One part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum GrantTextPart {
    Known(String),
    Place(PlaceWord),
    Object(PlacedReference),
}

/// An object of the plan, and where it has to be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlacedReference {
    /// The object, and what is named of it.
    pub object: ObjectReference,
    /// The account that is written before it; none where it has to be in the place of the grant.
    pub account: Option<String>,
}

/// What the words and references of a text stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GrantScope {
    /// The place at hand.
    pub places: BTreeMap<PlaceWord, String>,
    /// The identities of objects.
    pub objects: BTreeMap<ObjectReference, Text>,
}

/// What the texts of an approval depend on, and where it says so.
#[derive(Clone, Debug, Default)]
pub(super) struct Dependencies {
    pub(super) places: BTreeMap<PlaceWord, Span>,
    pub(super) objects: BTreeMap<PlacedReference, Span>,
}

/// What may stand directly before and after an identity in a longer text: between these, no longer name can be made of it.
const BEFORE_IDENTITY: &str = "/:#=|";
const AFTER_IDENTITY: &str = "/:#|";

/// How the address of an identity provider begins, and its name does not.
const SCHEME: &str = "https://";

/// Digits of an AWS account. A name that an account's number stands before is one of that account, whichever it is.
const ACCOUNT_DIGITS: usize = 12;

impl GrantText {
    /// A text without words and references.
    pub(super) fn known(text: &str) -> Self {
        Self { parts: vec![GrantTextPart::Known(text.to_owned())] }
    }

    /// Reads what is written; `None` where that is a mistake.
    pub(super) fn read(
        source: &Source,
        written: &Spanned<TextTemplate>,
        used: &mut Dependencies,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let count = problems.len();
        let mut parts = Vec::new();
        let mut accounts = BTreeSet::new();
        for part in &written.value.parts {
            match part {
                TemplatePart::Literal(text) => {
                    is_honest_text(source, written, text, problems);
                    accounts.extend(find_accounts(text).map(str::to_owned));
                    parts.push(GrantTextPart::Known(text.clone()));
                }
                TemplatePart::Reference(reference) => match read_reference(&reference.value, &accounts) {
                    Ok(part) => {
                        used.add(&part, reference.span);
                        parts.push(part);
                    }
                    Err((message, help)) => {
                        problems.push(Problem::error(source, reference.span, message).help(help));
                    }
                },
            }
        }
        if !are_identities_whole(&parts) {
            let message = "a reference stands for a part of a longer name";
            let help = "a reference is one object's identity: only `/`, `:`, `#`, `|` and, before it, `=` may touch it";
            problems.push(Problem::error(source, written.span, message).help(help));
        } else if is_identity_elsewhere(&parts, &accounts) {
            let message =
                "a reference stands behind a wildcard or several accounts, where it names something else";
            let help =
                "write `${account}`, `${region}` and the like before a reference, or refer to the `arn`";
            problems.push(Problem::error(source, written.span, message).help(help));
        }
        (problems.len() == count).then_some(Self { parts })
    }

    /// The text in a scope. What the scope does not have is a hole that nothing else has.
    pub(super) fn fill(&self, scope: &GrantScope) -> Text {
        self.fill_with(scope, Text::clone)
    }

    /// The same for a name, in which an URL stands without its scheme: `oidc-provider/HOST`, `HOST:sub`.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html>
    pub(super) fn fill_name(&self, scope: &GrantScope) -> Text {
        self.fill_with(scope, without_scheme)
    }

    fn fill_with(&self, scope: &GrantScope, spell: impl Fn(&Text) -> Text) -> Text {
        // Most texts are one part, and a manifest may hold a million of them.
        let mut text = Text { parts: Vec::with_capacity(self.parts.len()), ..Text::default() };
        for part in &self.parts {
            match part {
                GrantTextPart::Known(known) => text.push_known(known),
                GrantTextPart::Place(word) => match scope.places.get(word) {
                    Some(name) => text.push_known(name),
                    None => text.push(&Text::hole(HoleKind::Unreadable, word.word())),
                },
                GrantTextPart::Object(reference) => match scope.objects.get(&reference.object) {
                    Some(identity) => text.push(&spell(identity)),
                    None => text.push(&Text::hole(HoleKind::Unreadable, &reference.object.to_string())),
                },
            }
        }
        text
    }
}

impl Dependencies {
    fn add(&mut self, part: &GrantTextPart, span: Span) {
        match part {
            GrantTextPart::Known(_) => {}
            GrantTextPart::Place(word) => {
                self.places.entry(*word).or_insert(span);
            }
            GrantTextPart::Object(reference) => {
                self.objects.entry(reference.clone()).or_insert(span);
            }
        }
    }

    /// Whether the texts are the same wherever and in whatever plan.
    pub(super) fn are_none(&self) -> bool {
        self.places.is_empty() && self.objects.is_empty()
    }

    pub(super) fn references(&self) -> BTreeSet<PlacedReference> {
        self.objects.keys().cloned().collect()
    }
}

/// Whether no text around an identity makes a longer name of it.
fn are_identities_whole(parts: &[GrantTextPart]) -> bool {
    let is_open = |part: Option<&GrantTextPart>, is_before: bool| match part {
        None => true,
        Some(GrantTextPart::Known(text)) if is_before => {
            text.chars().next_back().is_none_or(|symbol| BEFORE_IDENTITY.contains(symbol))
        }
        Some(GrantTextPart::Known(text)) => {
            text.chars().next().is_none_or(|symbol| AFTER_IDENTITY.contains(symbol))
        }
        Some(GrantTextPart::Place(_) | GrantTextPart::Object(_)) => false,
    };
    parts.iter().enumerate().all(|(at, part)| match part {
        GrantTextPart::Known(_) | GrantTextPart::Place(_) => true,
        GrantTextPart::Object(_) => {
            let before = at.checked_sub(1).and_then(|before| parts.get(before));
            is_open(before, true) && is_open(parts.get(at + 1), false)
        }
    })
}

/// A text without the scheme that it begins with.
fn without_scheme(text: &Text) -> Text {
    let mut name = text.clone();
    if let Some(TextPart::Known(first)) = name.parts.first_mut()
        && let Some(host) = first.strip_prefix(SCHEME)
    {
        *first = host.into();
    }
    name
}

/// The numbers of accounts in a text.
fn find_accounts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|symbol: char| !symbol.is_ascii_digit()).filter(|run| run.len() == ACCOUNT_DIGITS)
}

/// Whether a reference stands behind a wildcard, or behind the numbers of several accounts: the name of an object here is
/// another object's there.
fn is_identity_elsewhere(parts: &[GrantTextPart], accounts: &BTreeSet<String>) -> bool {
    let Some(last) = parts.iter().rposition(|part| matches!(part, GrantTextPart::Object(_))) else {
        return false;
    };
    let before = parts.iter().take(last);
    accounts.len() > 1
        || before.into_iter().any(|part| match part {
            GrantTextPart::Known(text) => text.contains(['*', '?']),
            GrantTextPart::Place(_) | GrantTextPart::Object(_) => false,
        })
}

/// What a reference means; otherwise what is wrong with it, and what to do.
fn read_reference(
    reference: &TemplateReference,
    accounts: &BTreeSet<String>,
) -> Result<GrantTextPart, (String, String)> {
    let place = PlaceWord::ALL.iter().find(|word| word.word() == reference.root);
    if let (Some(word), []) = (place, reference.steps.as_slice()) {
        return Ok(GrantTextPart::Place(*word));
    }
    let refuse = |what: &str, help: &str| Err((format!("`{reference}` is {what}"), help.to_owned()));
    match reference.root.as_str() {
        "var" | "local" | "each" | "count" | "self" | "path" | "terraform" => {
            refuse("not evaluated", "name the object itself, such as `module.ci.aws_iam_role.deployer.arn`")
        }
        "data" => refuse("a data source, which is no object of the plan", "write its name as a literal"),
        _ => match read_object(reference) {
            Some(object) => {
                let account = accounts.first().cloned();
                Ok(GrantTextPart::Object(PlacedReference { object, account }))
            }
            None => refuse(
                "not an attribute of an object",
                "write the full address and an attribute, such as `module.ci.aws_iam_role.deployer.arn`",
            ),
        },
    }
}

/// `module.m["k"].TYPE.NAME[0].ATTRIBUTE`, and the way from there into nested blocks.
fn read_object(reference: &TemplateReference) -> Option<ObjectReference> {
    let root = ReferenceStep::Attribute(reference.root.clone());
    let mut steps = std::iter::once(&root).chain(&reference.steps).peekable();
    let mut address = String::new();
    while matches!(steps.peek(), Some(ReferenceStep::Attribute(name)) if name == "module") {
        steps.next();
        let Some(ReferenceStep::Attribute(name)) = steps.next() else { return None };
        address.push_str(&format!("module.{name}"));
        if let Some(key) = steps.next_if(|step| !matches!(step, ReferenceStep::Attribute(_))) {
            address.push_str(&key.to_string());
        }
        address.push('.');
    }
    let (Some(ReferenceStep::Attribute(type_name)), Some(ReferenceStep::Attribute(name))) =
        (steps.next(), steps.next())
    else {
        return None;
    };
    // A type has a provider's prefix; `data` has none.
    if !type_name.contains('_') {
        return None;
    }
    address.push_str(&format!("{type_name}.{name}"));
    if let Some(key) = steps.next_if(|step| !matches!(step, ReferenceStep::Attribute(_))) {
        address.push_str(&key.to_string());
    }
    let Some(ReferenceStep::Attribute(attribute)) = steps.next() else { return None };
    let attribute = attribute.clone();
    Some(ObjectReference { address, attribute, steps: steps.cloned().collect() })
}

#[cfg(test)]
mod tests {
    use super::{Dependencies, GrantText};
    use crate::source::Source;
    use spanned_hcl::{Decoder, Problem, parse};

    /// What the texts of `x` depend on, or what is wrong with them.
    fn read(list: &str) -> Result<Vec<String>, Vec<Problem>> {
        let source = Source::new("a", &format!("x = {list}\n"));
        let body = parse(&source).unwrap();
        let decoder = Decoder::new(&source);
        let mut fields = decoder.file(&body);
        let texts = fields.templates("x");
        fields.finish();
        let mut problems = decoder.finish();
        let mut used = Dependencies::default();
        for text in &texts {
            GrantText::read(&source, text, &mut used, &mut problems);
        }
        let words = used.places.keys().map(|word| word.word().to_owned());
        let found = words.chain(used.objects.keys().map(|known| known.object.to_string())).collect();
        if problems.is_empty() { Ok(found) } else { Err(problems) }
    }

    #[test]
    fn references_are_addresses_and_words_of_a_place() {
        let found = read(
            r#"["arn:aws:iam::${account}:role/x", module.m["k"].aws_iam_role.r[0].arn, "${aws_iam_role.a.arn}/*"]"#,
        );
        assert_eq!(
            found.unwrap(),
            ["account", "aws_iam_role.a.arn", r#"module.m["k"].aws_iam_role.r[0].arn"#]
        );
    }

    #[test]
    fn references_lead_into_nested_blocks_and_other_accounts() {
        let issuer = r#"module.m["k"].aws_eks_cluster.c[0].identity[0].oidc[0].issuer"#;
        assert_eq!(read(&format!("[\"${{{issuer}}}:sub\"]")).unwrap(), [issuer]);
        let found = read(r#"["arn:aws:iam::999988887777:role/${aws_iam_role.a.name}"]"#);
        assert_eq!(found.unwrap(), ["aws_iam_role.a.name"]);
    }

    #[test]
    fn what_is_no_whole_identity_is_refused() {
        for list in [
            r#"["${aws_iam_role.a.arn}-x"]"#,
            r#"["x-${aws_iam_role.a.name}"]"#,
            r#"["${aws_iam_role.a.arn}*"]"#,
            r#"["role/${aws_iam_role.a.name}${account}"]"#,
            r#"["x-${aws_eks_cluster.a.identity[0].oidc[0].issuer}"]"#,
            r#"["${aws_eks_cluster.a.identity[0].oidc[0].issuer}-x:sub"]"#,
            r#"["*${aws_eks_cluster.a.identity[0].oidc[0].issuer}:sub"]"#,
            "[module.m.aws_eks_cluster]",
            r#"["${aws_iam_role.a.name}${aws_iam_role.b.name}"]"#,
            r#"["${aws_s3_bucket.b.id}.example.com"]"#,
            "[data.aws_iam_role.a.arn]",
            "[module.m.data.aws_iam_role.a.arn]",
            "[module.m.role_arn]",
            "[aws_iam_role.a]",
            "[var.role]",
            "[local.role.arn.x]",
            "[account.x]",
            r#"["arn:aws:iam::*:role/${aws_iam_role.a.name}"]"#,
            r#"["arn:aws:iam::999988887777:role/111122223333/${aws_iam_role.a.name}"]"#,
            r#"["arn:aws:iam::999988887777:role/${aws_iam_role.a.name}/111122223333"]"#,
        ] {
            assert!(read(list).is_err(), "{list}: {:?}", read(list));
        }
    }
}
