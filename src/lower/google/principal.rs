//! Who a member of a binding is.
//!
//! <https://cloud.google.com/iam/docs/principal-identifiers>. E-mail addresses are compared in lower case; what
//! follows `principal:` and `principalSet:` keeps its case. Sets whose members are not in their name (groups,
//! domains, attribute sets) are themselves and nothing else.

use crate::lower::{Side, Text, TextPart, spelling};
use access_algebra::{Pattern, Strings, Token};

/// Identifiers of the second form, and the members that they are.
const ALIASES: [(&str, &str); 3] = [
    ("principal://goog/subject/", "user:"),
    ("principal://iam.googleapis.com/projects/-/serviceAccounts/", "serviceAccount:"),
    ("principalSet://goog/group/", "group:"),
];

/// Kinds of single members whose value is an address or a name without case.
const FOLDED: [&str; 8] = [
    "user:",
    "serviceAccount:",
    "group:",
    "domain:",
    "projectOwner:",
    "projectEditor:",
    "projectViewer:",
    "deleted:",
];

/// The set of all these members; everyone where none is named.
pub(super) fn match_members(side: Side, members: &[Text]) -> Strings {
    if members.is_empty() {
        return Strings::any();
    }
    Strings::of(members.iter().flat_map(|member| match_member(side, &canonicalize(member))))
}

fn canonicalize(member: &Text) -> Text {
    let Some(TextPart::Known(first)) = member.parts.first() else {
        return member.clone();
    };
    let mut canonical = Text::default();
    let alias = ALIASES.iter().find_map(|(from, to)| Some((*to, first.strip_prefix(from)?)));
    let (kind, rest) = match alias {
        Some((kind, rest)) => (kind, rest),
        None => match FOLDED.iter().find_map(|kind| Some((*kind, first.strip_prefix(kind)?))) {
            Some((kind, rest)) => (kind, rest),
            None => return member.clone(),
        },
    };
    canonical.push_known(kind);
    let is_kept = kind == "deleted:" && rest.starts_with("principal");
    canonical.push_known(&if is_kept { rest.to_owned() } else { lower_value(kind, rest) });
    for part in member.parts.iter().skip(1) {
        match part {
            TextPart::Known(text) => canonical.push_known(&text.to_lowercase()),
            TextPart::Hole(hole) => canonical.parts.push(TextPart::Hole(hole.clone())),
        }
    }
    canonical
}

/// The kind within `deleted:` keeps its case too.
fn lower_value(kind: &str, rest: &str) -> String {
    match (kind, rest.split_once(':')) {
        ("deleted:", Some((inner, value))) => format!("{inner}:{}", value.to_lowercase()),
        _ => rest.to_lowercase(),
    }
}

fn match_member(side: Side, member: &Text) -> Vec<Pattern> {
    match member.as_known() {
        Some("allUsers" | "*" | "principalSet://goog/public:all") => vec![Pattern::any()],
        Some("allAuthenticatedUsers") => match_authenticated(),
        known => match_pool(member).unwrap_or_else(|| match known {
            Some(text) => match_known(side, text),
            None => vec![spelling::spell_exact(member)],
        }),
    }
}

/// Google accounts and service accounts, but nobody from an external identity provider: no group, for a group may
/// hold such, and no service account of a Kubernetes cluster, which is spelled `serviceAccount:P.svc.id.goog[NS/NAME]`.
fn match_authenticated() -> Vec<Pattern> {
    let every = |kind: &str| Pattern::new([Token::Literal(kind.into()), Token::Run(Some('['))]);
    vec![
        Pattern::literal("allAuthenticatedUsers"),
        every("user:"),
        every("serviceAccount:"),
        every("domain:"),
    ]
}

fn match_known(side: Side, text: &str) -> Vec<Pattern> {
    let is_federated = text.starts_with("principal:") || text.starts_with("principalSet:");
    let itself = if is_federated {
        Pattern::literal(text)
    } else {
        spelling::spell_starred(&Text::known(text), &Token::Run(None))
    };
    if side == Side::Planned || text.starts_with("deleted:") {
        return vec![itself];
    }
    // A deleted member is no wider than the member, whose access it has again once it is recovered.
    let tokens = itself.tokens().iter().cloned();
    let deleted = [Token::Literal("deleted:".into())].into_iter().chain(tokens);
    let deleted = Pattern::new(deleted.chain([Token::Literal("?uid=".into()), Token::Run(None)]));
    vec![itself, deleted]
}

/// The identities of a pool, where every one is meant: `principalSet://…Pools/P/*`.
fn match_pool(member: &Text) -> Option<Vec<Pattern>> {
    let pool = find_pool(member)?;
    let below = |kind: &str| {
        let pool = spelling::spell_exact(&pool);
        let tokens = [Token::Literal(kind.into())].into_iter().chain(pool.tokens().iter().cloned());
        Pattern::new(tokens.chain([Token::Run(None)]))
    };
    Some(vec![below("principal:"), below("principalSet:")])
}

/// The pool of which every identity is meant, without the kind and the star: `//…Pools/P/`. A part of it that is not known
/// is no matter where the star stands behind a pool whatever that part is.
fn find_pool(member: &Text) -> Option<Text> {
    let mut pool = member.clone();
    let Some(TextPart::Known(first)) = pool.parts.first_mut() else { return None };
    *first = first.strip_prefix("principalSet:")?.into();
    let Some(TextPart::Known(last)) = pool.parts.last_mut() else { return None };
    *last = last.strip_suffix("/*").map(|pool| format!("{pool}/"))?.into();
    let mut segments: Vec<String> = vec![String::new()];
    for part in &pool.parts {
        match part {
            TextPart::Known(known) => {
                let mut pieces = known.split('/');
                segments.last_mut()?.push_str(pieces.next()?);
                segments.extend(pieces.map(str::to_owned));
            }
            // A word is within its segment; behind anything else, segments begin anew.
            TextPart::Hole(hole) if hole.is_word() => segments.last_mut()?.push('.'),
            TextPart::Hole(_) => segments.clear(),
        }
        if segments.is_empty() {
            segments.push(String::new());
        }
    }
    // The last is empty, behind the slash.
    segments.iter().rev().nth(2).is_some_and(|segment| segment.ends_with("Pools")).then_some(pool)
}
