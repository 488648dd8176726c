//! Global condition keys whose value follows from the request itself.
//!
//! Takes a statement and returns it with conditions on these keys as conditions on the principal or the resource, so that
//! a proof and a witness never have one without the other ("AWS global condition context keys", IAM User Guide).
//!
//! | key | its value | absent |
//! |---|---|---|
//! | `aws:PrincipalArn` | the principal's ARN; of a session, its role's | for services and for federated principals; not known for canonical users |
//! | `aws:PrincipalAccount` | the fifth segment of that ARN | likewise |
//! | `aws:PrincipalIsAWSService` | whether the principal is a service | never |
//! | `aws:ResourceAccount` | the fifth segment of the resource's ARN, where it has one | not known where it has none: S3 |
//!
//! A request of a role session is the request of its role, since every statement that names a role is about its sessions.
//! Only a policy that spells a session's ARN tells them apart. The ARN of its role has a path that the session's does not
//! show, so there `aws:PrincipalArn` stays a key like any other. It also stays one for a planned role or user without a path,
//! because a plan may name it without its path, and for a group, because its members have ARNs of their own.

use access_algebra::{
    Condition, Effect, HoleKind, Pattern, Quantifier, RequestPart, Statement, Strings, Test, Token,
};

use super::pattern::Lean;

const PRINCIPAL_ARN: &str = "aws:principalarn";
const PRINCIPAL_ACCOUNT: &str = "aws:principalaccount";
const PRINCIPAL_IS_SERVICE: &str = "aws:principalisawsservice";
const RESOURCE_ACCOUNT: &str = "aws:resourceaccount";

/// How a principal that is no AWS principal begins; see [`super::principal`].
const SERVICE: &str = "Service:";

/// How an account begins that S3 names by its canonical id. Its requests come from anybody in the account, so that their ARNs
/// are not known.
const CANONICAL_USER: &str = "CanonicalUser:";

/// The statements that say the same of requests whose keys agree with their principal and resource.
pub(super) fn tie_keys(mut statement: Statement, lean: Lean) -> Vec<Statement> {
    let is_canonical = |pattern: &Pattern| pattern.literal_prefix().starts_with(CANONICAL_USER);
    if !statement.principals.include.iter().any(is_canonical) {
        return tie_statement(statement, lean);
    }
    let (include, others): (Vec<_>, Vec<_>) =
        std::mem::take(&mut statement.principals.include).into_iter().partition(is_canonical);
    let principals = Strings { include, exclude: statement.principals.exclude.clone() };
    let mut of_accounts = Statement { principals, ..statement.clone() };
    let of_service =
        of_accounts.conditions.iter_mut().filter(|condition| &*condition.key == PRINCIPAL_IS_SERVICE);
    for condition in of_service {
        if let Some(test) = tie_service(condition) {
            condition.test = test;
        }
    }
    statement.principals.include = others;
    let tied =
        if statement.principals.include.is_empty() { Vec::new() } else { tie_statement(statement, lean) };
    tie_resource(of_accounts).into_iter().chain(tied).collect()
}

fn tie_statement(statement: Statement, lean: Lean) -> Vec<Statement> {
    let has = |key: &str| statement.conditions.iter().any(|condition| &*condition.key == key);
    let asks_arn = has(PRINCIPAL_ARN);
    let by_resource = if has(RESOURCE_ACCOUNT) { tie_resource(statement) } else { vec![statement] };
    let tied = by_resource.into_iter().flat_map(|mut statement| {
        let mut shown = Vec::new();
        let mut tied = Vec::new();
        let of = |include: Vec<Pattern>| {
            let principals = Strings { include, exclude: statement.principals.exclude.clone() };
            Statement { principals, ..statement.clone() }
        };
        for principal in &statement.principals.include {
            match spell_arns(principal, lean).filter(|_| asks_arn) {
                Some(arns) => tied.push(tie_hidden(of(vec![principal.clone()]), arns, lean)),
                None => shown.push(principal.clone()),
            }
        }
        if tied.is_empty() || !shown.is_empty() {
            statement.principals.include = shown;
            tied.extend(tie_principal(statement, lean));
        }
        tied
    });
    tied.collect()
}

/// The ARNs of who asks, where a principal hides which: of a group those of its members, and in a plan of a role or user
/// without a path those with any path. `None` where the principal is the ARN.
fn spell_arns(principal: &Pattern, lean: Lean) -> Option<Vec<Pattern>> {
    let tokens = principal.tokens();
    let split = |kind: &str| {
        tokens.iter().enumerate().find_map(|(at, token)| {
            let Token::Literal(text) = token else { return None };
            let (before, name) = text.split_once(kind)?;
            Some((tokens.get(..at)?, before, name, tokens.get(at + 1..)?))
        })
    };
    let any = || Token::Run(None);
    if let Some((first, before, ..)) = split(":group/") {
        let users = Token::Literal(format!("{before}:user/").into());
        return Some(vec![Pattern::new(first.iter().cloned().chain([users, any()]))]);
    }
    let is_of_name = |token: &Token| match token {
        Token::Literal(text) => !text.contains('/'),
        Token::Hole(_) => true,
        Token::Folded(_) | Token::One(_) | Token::Run(_) => false,
    };
    let (kind, (first, before, name, rest)) =
        [":role/", ":user/"].into_iter().find_map(|kind| Some((kind, split(kind)?)))?;
    if lean == Lean::Narrow || name.contains('/') || !rest.iter().all(is_of_name) {
        return None;
    }
    let to_kind = Token::Literal(format!("{before}{kind}").into());
    let path = [to_kind, any(), Token::Literal(format!("/{name}").into())];
    let with_path = first.iter().cloned().chain(path).chain(rest.iter().cloned());
    Some(vec![principal.clone(), Pattern::new(with_path)])
}

/// A statement of a principal that hides the ARN of who asks, which is one of these.
fn tie_hidden(mut statement: Statement, arns: Vec<Pattern>, lean: Lean) -> Statement {
    let effect = statement.effect;
    for condition in &mut statement.conditions {
        let tied = match &*condition.key {
            PRINCIPAL_ACCOUNT => tie_account(condition, effect, lean),
            PRINCIPAL_IS_SERVICE => tie_service(condition),
            _ => None,
        };
        if let Some(test) = tied {
            condition.test = test;
        }
    }
    // An approval holds for who it names, whatever the plan says of the key.
    if effect == Effect::Allow && lean == Lean::Wide {
        statement.conditions.push(Condition {
            key: PRINCIPAL_ARN.into(),
            test: Test::Text { values: arns, negated: false },
            quantifier: Quantifier::One,
            if_absent: false,
        });
    }
    statement
}

fn tie_account(condition: &Condition, effect: Effect, lean: Lean) -> Option<Test> {
    let partitions = Partitions::of(condition, effect, lean);
    tie_to(condition, RequestPart::Principal, &match_arns(), |value| read_account(value, partitions))
}

fn tie_principal(mut statement: Statement, lean: Lean) -> Vec<Statement> {
    let mut of_sessions = statement.clone();
    let (mut is_arn_tied, mut excludes_sessions, mut is_negated) = (false, false, false);
    for (condition, of_session) in statement.conditions.iter_mut().zip(&mut of_sessions.conditions) {
        let tied = match &*condition.key {
            PRINCIPAL_ARN => tie_to(condition, RequestPart::Principal, &match_arns(), read_arn),
            PRINCIPAL_ACCOUNT => tie_account(condition, statement.effect, lean),
            PRINCIPAL_IS_SERVICE => tie_service(condition),
            _ => None,
        };
        if let Some(test) = tied {
            if &*condition.key == PRINCIPAL_ARN {
                is_arn_tied = true;
                excludes_sessions |= is_outside_of_sessions(&test);
                is_negated |= test.is_negated() || condition.if_absent;
            } else {
                of_session.test = test.clone();
            }
            condition.test = test;
        }
    }
    if !is_arn_tied {
        return vec![statement];
    }
    // A wide statement without negations leaves sessions to their roles, unless it spells one.
    let may_be_of_sessions =
        lean == Lean::Narrow || is_negated || of_sessions.principals.include.iter().any(spells_session);
    if !excludes_sessions {
        statement.conditions.push(require_session(Presence::Outside));
    }
    let mut statements = vec![statement];
    if may_be_of_sessions {
        of_sessions.conditions.push(require_session(Presence::Inside));
        statements.push(of_sessions);
    }
    statements
}

/// Whether a part of a request is inside or outside of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Presence {
    Inside,
    Outside,
}

/// The demand that the principal is spelled as a session, or is not.
fn require_session(presence: Presence) -> Condition {
    require_part(PRINCIPAL_ARN, RequestPart::Principal, match_sessions(), presence)
}

fn require_part(key: &str, part: RequestPart, set: Strings, presence: Presence) -> Condition {
    Condition {
        key: key.into(),
        test: Test::Part { part, set, negated: presence == Presence::Outside },
        quantifier: Quantifier::One,
        if_absent: false,
    }
}

/// Whether a test of the principal certainly leaves out all that is spelled as a session.
fn is_outside_of_sessions(test: &Test) -> bool {
    let Test::Part { set, negated: false, .. } = test else { return false };
    let is_of_iam = |pattern: &Pattern| {
        let mut segments = pattern.literal_prefix().split(':').skip(2);
        segments.next() == Some("iam") && segments.next().is_some()
    };
    set.include.iter().all(is_of_iam)
}

/// Resources whose ARN has an account, and those whose ARN has none.
fn tie_resource(statement: Statement) -> Vec<Statement> {
    let mut tied = statement.clone();
    let mut is_tied = false;
    for condition in tied.conditions.iter_mut().filter(|condition| &*condition.key == RESOURCE_ACCOUNT) {
        let present = Strings::any();
        if let Some(test) = tie_to(condition, RequestPart::Resource, &present, read_resource_account) {
            condition.test = test;
            is_tied = true;
        }
    }
    if !is_tied {
        return vec![statement];
    }
    let mut free = statement;
    tied.conditions.push(require_part(
        RESOURCE_ACCOUNT,
        RequestPart::Resource,
        match_without_account(),
        Presence::Outside,
    ));
    free.conditions.push(require_part(
        RESOURCE_ACCOUNT,
        RequestPart::Resource,
        match_without_account(),
        Presence::Inside,
    ));
    vec![tied, free]
}

/// The test of a condition as one of a part of the request, where `present` holds the parts that have the key, and `read`
/// turns a value of the key into the parts that have it; `None` where it can't be said so.
fn tie_to(
    condition: &Condition,
    part: RequestPart,
    present: &Strings,
    read: impl Fn(&Pattern) -> Option<Vec<Pattern>>,
) -> Option<Test> {
    let (values, negated) = match &condition.test {
        Test::Present(is_there) => {
            return Some(Test::Part { part, set: present.clone(), negated: !is_there });
        }
        Test::Text { values, negated } => (values, *negated),
        Test::Number { .. }
        | Test::Date { .. }
        | Test::Address { .. }
        | Test::Part { .. }
        | Test::Opaque(_) => return None,
    };
    let matching: Vec<Vec<Pattern>> = values.iter().map(read).collect::<Option<_>>()?;
    let matching = Strings::of(matching.concat());
    let is_asserted = !negated && !condition.if_absent;
    if !is_asserted && matching.include.iter().any(begins_open) {
        return None;
    }
    // Where the key is there and has none of the values.
    let others = Strings { include: present.include.clone(), exclude: matching.include.clone() };
    Some(match (negated, condition.if_absent) {
        (false, false) => Test::Part { part, set: matching, negated: false },
        (true, true) => Test::Part { part, set: matching, negated: true },
        (false, true) => Test::Part { part, set: others, negated: true },
        (true, false) => Test::Part { part, set: others, negated: false },
    })
}

/// `Bool` on whether the principal is a service.
fn tie_service(condition: &Condition) -> Option<Test> {
    let Test::Text { values, negated } = &condition.test else { return None };
    let is_true = matches!(values.as_slice(), [only] if only.tokens() == [Token::Folded("true".into())]);
    let set = Strings::of([starting_with(SERVICE)]);
    is_true.then_some(Test::Part { part: RequestPart::Principal, set, negated: *negated })
}

/// Whether a pattern begins with a value that is not known.
fn begins_open(pattern: &Pattern) -> bool {
    matches!(pattern.tokens().first(), Some(Token::Hole(hole)) if hole.kind != HoleKind::Variable)
}

fn starting_with(text: &str) -> Pattern {
    Pattern::new([Token::Literal(text.into()), Token::Run(None)])
}

fn match_arns() -> Strings {
    Strings::of([starting_with("arn:")])
}

/// `arn:*:sts:…`, the ARNs of sessions.
fn match_sessions() -> Strings {
    let partition = [Token::Literal("arn:".into()), Token::Run(Some(':'))];
    let rest = [Token::Literal(":sts:".into()), Token::Run(None)];
    Strings::of([Pattern::new(partition.into_iter().chain(rest))])
}

/// Whether a principal is spelled as a session, and not only as whoever is in an account.
fn spells_session(pattern: &Pattern) -> bool {
    let is_session = |token: &Token| {
        let Token::Literal(text) = token else { return false };
        [":assumed-role/", ":federated-user/"].iter().any(|kind| text.contains(kind))
    };
    let has_wild_service =
        !matches!(pattern.tokens().first(), Some(Token::Literal(text)) if text.matches(':').count() >= 3);
    pattern.tokens().iter().any(is_session) || has_wild_service && !pattern.is_any()
}

/// Resources without an account: ARNs whose fifth segment is empty, and what is no ARN.
fn match_without_account() -> Strings {
    let segment = || Token::Run(Some(':'));
    let colon = || Token::Literal(":".into());
    let account = [Token::Literal("arn:".into()), segment(), colon(), segment(), colon(), segment(), colon()];
    let some = [Token::One(Some(':')), segment(), colon(), Token::Run(None)];
    Strings::except([Pattern::new(account.into_iter().chain(some))])
}

/// The principals whose ARN matches a value: the value, where it certainly is that of ARNs.
fn read_arn(value: &Pattern) -> Option<Vec<Pattern>> {
    if value.is_any() {
        return Some(vec![starting_with("arn:")]);
    }
    // An unknown value is the ARN of nobody where it is none.
    (begins_open(value) || value.literal_prefix().starts_with("arn:")).then(|| vec![value.clone()])
}

/// Which partitions an account's number is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Partitions {
    /// That of an account's number under `Principal`.
    Usual,
    Any,
}

impl Partitions {
    /// A planned allowance of an account's number is one of that account as `Principal` would name it. Anything else is
    /// read to the letter: the key has the same number in each partition.
    fn of(condition: &Condition, effect: Effect, lean: Lean) -> Self {
        let is_asserted = !condition.test.is_negated() && !condition.if_absent;
        if effect == Effect::Allow && lean == Lean::Wide && is_asserted { Self::Usual } else { Self::Any }
    }
}

/// The principals of an account.
fn read_account(value: &Pattern, partitions: Partitions) -> Option<Vec<Pattern>> {
    let account = within_segment(value)?;
    let partition = match partitions {
        Partitions::Usual => Token::Literal("aws".into()),
        Partitions::Any => Token::Run(Some(':')),
    };
    let of = |service: &str| {
        let before = [Token::Literal("arn:".into()), partition.clone()];
        let service = Token::Literal(format!(":{service}::").into());
        let after = [Token::Literal(":".into()), Token::Run(None)];
        Pattern::new(before.into_iter().chain([service]).chain(account.clone()).chain(after))
    };
    Some(vec![of("iam"), of("sts")])
}

/// The resources of an account.
fn read_resource_account(value: &Pattern) -> Option<Vec<Pattern>> {
    let account = within_segment(value)?;
    let segment = || Token::Run(Some(':'));
    let colon = || Token::Literal(":".into());
    let before = [Token::Literal("arn:".into()), segment(), colon(), segment(), colon(), segment(), colon()];
    let after = [colon(), Token::Run(None)];
    Some(vec![Pattern::new(before.into_iter().chain(account).chain(after))])
}

/// The pieces of an account's id within its segment. `None` where a value may have a colon, or is no plain text.
fn within_segment(value: &Pattern) -> Option<Vec<Token>> {
    let bounded = |token: &Token| match token {
        Token::Literal(text) if !text.contains(':') => Some(token.clone()),
        Token::Run(_) => Some(Token::Run(Some(':'))),
        Token::One(_) => Some(Token::One(Some(':'))),
        Token::Hole(hole) if hole.kind != HoleKind::Variable => Some(token.clone()),
        Token::Literal(_) | Token::Folded(_) | Token::Hole(_) => None,
    };
    let tokens: Option<Vec<Token>> = value.tokens().iter().map(bounded).collect();
    tokens.filter(|tokens| !tokens.is_empty())
}
