//! AWS's principals as patterns.
//!
//! Takes a principal with its type, or without one as approvals and rules write it, and returns patterns over typed
//! names: an AWS principal is its bare ARN, any other is `Service:…`, `Federated:…` or `CanonicalUser:…`, so that
//! names of different types never match each other. An account, or its root, stands for everyone in it, since it may pass the access on to each of
//! them ("AWS JSON policy elements: Principal"), except under `NotPrincipal`, which spares only who is listed.
//!
//! The names of roles and users are unique in an account whatever their path, so an approved one is found with any
//! path, or with none where a plan does not show it.
//!
//! A name may have parts that are not known. What is written around them still says what kind of principal it is.

use crate::lower::{Side, Text, TextPart};
use crate::reason::DocumentError;
use access_algebra::{Effect, Hole, HoleKind, Pattern, Token};

use super::listed_principals::{PrincipalType, TypedPrincipal};
use super::pattern::{self, Lean};

/// Hosts that vouch for web identities though they look like services.
const IDENTITY_HOSTS: &[&str] = &["cognito-identity.amazonaws.com"];

/// The patterns of a principal listed under `NotPrincipal`.
pub(super) fn match_spared(side: Side, named: &TypedPrincipal) -> Result<Vec<Pattern>, DocumentError> {
    match (named.kind, as_root(&named.name)) {
        (PrincipalType::Aws, Some(root)) => Ok(vec![pattern::match_exact(&root)]),
        (
            PrincipalType::Everyone
            | PrincipalType::Aws
            | PrincipalType::Service
            | PrincipalType::Federated
            | PrincipalType::CanonicalUser,
            _,
        ) => match_listed(side, Effect::Allow, named),
    }
}

/// The patterns of a principal listed in a document. A denial is of whom it names and of nobody else, so that a document
/// lies within itself.
pub(super) fn match_listed(
    side: Side,
    effect: Effect,
    named: &TypedPrincipal,
) -> Result<Vec<Pattern>, DocumentError> {
    let whole = named.name.as_known();
    match (named.kind, whole) {
        (PrincipalType::Everyone, Some("*")) | (PrincipalType::Aws, Some("*")) => Ok(vec![Pattern::any()]),
        (PrincipalType::Everyone, Some(other)) => {
            Err(DocumentError::UntypedPrincipal { principal: other.into() })
        }
        (PrincipalType::Everyone, None) => Ok(vec![pattern::match_exact(&named.name)]),
        (PrincipalType::Aws, Some(id)) if id.starts_with("AROA") || id.starts_with("AIDA") => match side {
            Side::Planned => Err(DocumentError::PrincipalId { id: id.into() }),
            Side::Approved => Ok(vec![pattern::match_exact(&named.name)]),
        },
        (PrincipalType::Aws, _) if pattern::is_wild(&named.name) => {
            Err(DocumentError::WildcardPrincipal { principal: named.name.to_string() })
        }
        (PrincipalType::Aws, _) => {
            Ok(match_aws(if effect == Effect::Deny { Side::Planned } else { side }, &named.name))
        }
        (PrincipalType::Service, _) => Ok(vec![match_typed("Service:", &named.name)]),
        (PrincipalType::Federated, _) => Ok(vec![match_typed("Federated:", &named.name)]),
        (PrincipalType::CanonicalUser, _) => Ok(vec![match_typed("CanonicalUser:", &named.name)]),
    }
}

/// Whether each AWS principal's account is among them, so that `NotPrincipal` means what it says. A session needs its
/// role listed too, which is not looked for: with a session they count as not listed.
pub(super) fn lists_accounts(names: &[TypedPrincipal]) -> bool {
    let account = |named: &TypedPrincipal| {
        let known = named.name.as_known()?;
        let id = known.split(':').nth(4).unwrap_or(known);
        let is_whole = known == id || known.ends_with(":root");
        Some((id.to_owned(), is_whole))
    };
    names.iter().filter(|named| named.kind == PrincipalType::Aws).all(|named| match account(named) {
        Some((_, true)) => true,
        Some((id, false)) if !named.name.to_string().contains(":sts:") => {
            names.iter().any(|other| account(other) == Some((id.clone(), true)))
        }
        Some((_, false)) | None => false,
    })
}

/// The patterns of a principal as an approval or a rule writes it.
pub(super) fn match_bare(side: Side, name: &Text) -> Vec<Pattern> {
    let begins = match name.parts.first() {
        Some(TextPart::Known(begins)) => begins,
        Some(TextPart::Hole(_)) | None => "",
    };
    let is_typed = ["Service:", "Federated:", "CanonicalUser:"].iter().any(|kind| begins.starts_with(kind));
    if is_typed {
        return vec![pattern::match_glob(name, super::element::PolicyVersion::Old)];
    }
    if [":oidc-provider/", ":saml-provider/"].iter().any(|kind| is_written(kind, name)) {
        return vec![match_typed("Federated:", name)];
    }
    match name.as_known() {
        Some("*") => vec![Pattern::any()],
        Some(host) if host.contains('.') && !host.starts_with("arn:") => {
            vec![match_typed(if is_service(host) { "Service:" } else { "Federated:" }, name)]
        }
        Some(_) | None => match_aws(side, name),
    }
}

/// Whether the known parts of a name have this text in them.
fn is_written(text: &str, name: &Text) -> bool {
    name.parts.iter().any(|part| matches!(part, TextPart::Known(known) if known.contains(text)))
}

fn is_service(host: &str) -> bool {
    let ends = host.ends_with(".amazonaws.com") || host.ends_with(".amazonaws.com.cn");
    ends && !IDENTITY_HOSTS.contains(&host)
}

/// A name under its type; `*` is every name of the type.
fn match_typed(kind: &str, name: &Text) -> Pattern {
    let mut tokens = vec![Token::Literal(kind.into())];
    tokens.extend(pattern::match_glob(name, super::element::PolicyVersion::Old).tokens().iter().cloned());
    Pattern::new(tokens)
}

/// An AWS principal: an account, or an ARN.
fn match_aws(side: Side, name: &Text) -> Vec<Pattern> {
    if let Some(account) = as_root(name) {
        return match_account(&account);
    }
    if pattern::is_wild(name) {
        let lean = match side {
            Side::Planned => Lean::Wide,
            Side::Approved => Lean::Narrow,
        };
        return vec![pattern::match_principal(name, lean)];
    }
    let mut patterns = vec![pattern::match_exact(name)];
    if side == Side::Approved {
        patterns.extend(match_any_path(name));
    }
    patterns
}

/// The ARN of an account's root, where that is who is named.
fn as_root(name: &Text) -> Option<Text> {
    if let Some(known) = name.as_known()
        && known.len() == 12
        && known.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Some(Text::known(&format!("arn:aws:iam::{known}:root")));
    }
    let ends = matches!(name.parts.last(), Some(TextPart::Known(last)) if last.ends_with(":root"));
    let is_root = || {
        let written = name.to_string();
        written.starts_with("arn:") && written.contains(":iam::")
    };
    (ends && is_root()).then(|| name.clone())
}

/// Everyone in an account: its root, and whatever principals and sessions it has.
fn match_account(root: &Text) -> Vec<Pattern> {
    let mut tokens = pattern::match_exact(root).tokens().to_vec();
    let exact = Pattern::new(tokens.clone());
    if let Some(Token::Literal(last)) = tokens.last_mut() {
        *last = last.strip_suffix("root").unwrap_or(last).into();
    }
    tokens.push(Token::Run(None));
    let sessions = tokens.iter().map(|token| match token {
        Token::Literal(text) => Token::Literal(text.replacen(":iam::", ":sts::", 1).into()),
        Token::Folded(_) | Token::One(_) | Token::Run(_) | Token::Hole(_) => token.clone(),
    });
    let sessions = Pattern::new(sessions.collect::<Vec<_>>());
    vec![exact, Pattern::new(tokens), sessions]
}

/// A role or user by its name alone: without a path, and with any.
fn match_any_path(name: &Text) -> Vec<Pattern> {
    let Some((kind, last)) = split_name(name) else { return Vec::new() };
    let exact = |text: &Text| pattern::match_exact(text).tokens().to_vec();
    let (kind, last) = (exact(&kind), exact(&last));
    let path = [Token::Run(None), Token::Literal("/".into())];
    let without = Pattern::new(kind.iter().chain(&last).cloned());
    let with = Pattern::new(kind.iter().chain(&path).chain(&last).cloned());
    let exact = pattern::match_exact(name);
    [without, with].into_iter().filter(|pattern| *pattern != exact).collect()
}

/// `arn:…:iam::…:role/` or `:user/`, and the name without its path. `None` where a part that is not known may hold a
/// separator, so that nobody knows where these end.
fn split_name(name: &Text) -> Option<(Text, Text)> {
    let kind_in = |known: &str| {
        let ends = [":role/", ":user/"].into_iter().filter_map(|kind| Some(known.find(kind)? + kind.len()));
        ends.min()
    };
    let mut kind = Text::default();
    let mut last: Option<Text> = None;
    for part in &name.parts {
        let piece = Text { parts: vec![part.clone()], ..Text::default() };
        match (part, &mut last) {
            (TextPart::Hole(hole), Some(last)) if hole.is_word() => last.push(&piece),
            (TextPart::Hole(hole), None) if !is_open(hole) => kind.push(&piece),
            (TextPart::Hole(_), _) => return None,
            (TextPart::Known(known), Some(last)) => match known.rsplit_once('/') {
                Some((_, after)) => *last = text_of(after),
                None => last.push_known(known),
            },
            (TextPart::Known(known), None) => match kind_in(known).map(|end| known.split_at(end)) {
                Some((head, tail)) => {
                    kind.push_known(head);
                    last = Some(text_of(tail.rsplit('/').next().unwrap_or(tail)));
                }
                None => kind.push_known(known),
            },
        }
    }
    last.filter(|_| kind.to_string().contains(":iam::")).map(|last| (kind, last))
}

fn text_of(known: &str) -> Text {
    let mut text = Text::default();
    text.push_known(known);
    text
}

/// Whether a hole may stand for a value with separators.
fn is_open(hole: &Hole) -> bool {
    matches!(hole.kind, HoleKind::Unknown | HoleKind::Unreadable) && !hole.is_word()
}
