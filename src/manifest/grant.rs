//! From a raw grant to one whose words are known to belong together.
//!
//! Takes a decoded `grant` block and returns a [`GrantTemplate`], or everything that is wrong with it. What its words mean
//! is asked in [`super::granted`], when it is known where and in which plan they are to hold.

use crate::lower::credential::credential_action;
use crate::lower::{AssignmentKind, Dialect, Mode, Text};
use crate::source::{Problem, Source, Span, Spanned};
use spanned_hcl::{TemplatePart, TextTemplate, did_you_mean};

use super::granted::{ConditionTemplate, ExclusionTemplate, GrantTemplate};
use super::identity::is_identity;
use super::raw;
use super::template::{Dependencies, GrantText};

/// Checks one grant, and notes in `used` what its texts depend on.
pub(super) fn check(
    source: &Source,
    raw: &raw::RawGrant,
    used: &mut Dependencies,
    problems: &mut Vec<Problem>,
) -> Option<GrantTemplate> {
    let before = problems.len();
    check_identities(source, raw, problems);
    let mut reader = TextReader { source, used: Dependencies::default(), problems: &mut *problems };
    let texts = reader.read_grant(raw);
    let own = reader.used;
    let references = own.references();
    used.places.extend(own.places);
    used.objects.extend(own.objects);
    let dialect = known_dialect(source, raw.dialect.as_ref()?, problems)?;
    check_words(source, dialect, raw, problems);
    let mode = read_mode(source, raw, problems);
    // A grant with bad or missing words, which decoding reported, would be lowered to something that nobody wrote.
    let says_what = !raw.roles.is_empty()
        || [&raw.actions, &raw.data_actions, &raw.credentials].iter().any(|texts| !texts.is_empty());
    if problems.len() > before || raw.principals.is_empty() || !says_what {
        return None;
    }
    let credentials = raw.credentials.iter().map(|kind| credential_action(&kind.value));
    let mut exclusions = texts.exclusions;
    // Elsewhere than in Azure, whose lowering reads them itself, `not_actions` is one exclusion more.
    if let (Some(first), true) = (raw.not_actions.first(), dialect != Dialect::Azure) {
        let actions = take_known(&raw.not_actions);
        exclusions.push(ExclusionTemplate { actions, span: first.span, ..ExclusionTemplate::default() });
    }
    Some(GrantTemplate {
        dialect,
        principals: texts.principals,
        actions: take_known(&raw.actions).into_iter().chain(credentials).collect(),
        not_actions: if dialect == Dialect::Azure { take_known(&raw.not_actions) } else { Vec::new() },
        data_actions: take_known(&raw.data_actions),
        not_data_actions: take_known(&raw.not_data_actions),
        roles: texts.roles,
        resources: texts.resources,
        conditions: texts.conditions,
        expression: texts.expression,
        mode,
        exclusions,
        references,
        span: raw.span,
    })
}

/// Reads the texts of a grant that may hold references.
struct TextReader<'r> {
    source: &'r Source,
    used: Dependencies,
    problems: &'r mut Vec<Problem>,
}

/// The texts of a grant that may hold references.
struct GrantTexts {
    principals: Vec<GrantText>,
    roles: Vec<GrantText>,
    resources: Vec<GrantText>,
    conditions: Vec<ConditionTemplate>,
    expression: Option<GrantText>,
    exclusions: Vec<ExclusionTemplate>,
}

impl TextReader<'_> {
    fn read_grant(&mut self, raw: &raw::RawGrant) -> GrantTexts {
        GrantTexts {
            principals: self.read_all(&raw.principals),
            roles: self.read_all(&raw.roles),
            resources: self.read_all(&raw.resources),
            conditions: raw.conditions.iter().filter_map(|one| self.read_condition(one)).collect(),
            expression: raw.expression.as_ref().and_then(|text| self.read_expression(text)),
            exclusions: raw.excepts.iter().map(|except| self.read_exclusion(except)).collect(),
        }
    }

    fn read(&mut self, text: &Spanned<TextTemplate>) -> Option<GrantText> {
        GrantText::read(self.source, text, &mut self.used, self.problems)
    }

    fn read_all(&mut self, texts: &[Spanned<TextTemplate>]) -> Vec<GrantText> {
        texts.iter().filter_map(|text| self.read(text)).collect()
    }

    /// Operators and values are compared as they stand, so what they are spelled with is the author's.
    fn read_condition(&mut self, raw: &raw::RawCondition) -> Option<ConditionTemplate> {
        let values = raw.values.iter().filter_map(|value| self.read_value(value)).collect();
        let key = self.read_value(&raw.key)?;
        Some(ConditionTemplate { operator: raw.operator.value.clone(), key, values })
    }

    fn read_value(&mut self, text: &Spanned<TextTemplate>) -> Option<GrantText> {
        match text.value.as_literal() {
            Some(literal) => Some(GrantText::known(literal)),
            None => self.read(text),
        }
    }

    /// An expression is a text of the cloud's own language, in which a part of a longer name is easily made.
    fn read_expression(&mut self, text: &Spanned<TextTemplate>) -> Option<GrantText> {
        let before = self.used.objects.len();
        let read = self.read_value(text);
        if self.used.objects.len() > before {
            let message = "an `expression` cannot refer to objects";
            let help = "write the name of the object, or use `condition` blocks";
            self.problems.push(Problem::error(self.source, text.span, message).help(help));
        }
        read
    }

    fn read_exclusion(&mut self, raw: &raw::RawExcept) -> ExclusionTemplate {
        ExclusionTemplate {
            principals: self.read_all(&raw.principals),
            actions: take_known(&raw.actions),
            resources: self.read_all(&raw.resources),
            span: raw.span,
        }
    }
}

/// Checks the texts that are literals.
fn check_identities(source: &Source, raw: &raw::RawGrant, problems: &mut Vec<Problem>) {
    let lists = [&raw.actions, &raw.not_actions, &raw.data_actions, &raw.not_data_actions, &raw.credentials];
    let excepts = raw.excepts.iter().map(|except| &except.actions);
    for text in lists.into_iter().chain(excepts).flatten() {
        is_identity(source, text, problems);
    }
}

fn known_dialect(source: &Source, label: &Spanned<String>, problems: &mut Vec<Problem>) -> Option<Dialect> {
    let known = Dialect::from_word(&label.value);
    if known.is_none() {
        let words = Dialect::ALL.map(|(_, word)| word);
        let help = match did_you_mean(&label.value, words) {
            Some(meant) => format!("did you mean `{meant}`"),
            None => format!("use one of {}", words.map(|word| format!("`{word}`")).join(", ")),
        };
        let message = format!("unknown dialect `{}`", label.value);
        problems.push(Problem::error(source, label.span, message).label("unknown").help(help));
    }
    known
}

/// Whether the words belong to the dialect and to each other. A word that a lowering does not read would be a
/// limit that the author believes in and nobody holds.
fn check_words(source: &Source, dialect: Dialect, raw: &raw::RawGrant, problems: &mut Vec<Problem>) {
    let mut refuse = |span: Span, message: String, help: &str| {
        problems.push(Problem::error(source, span, message).help(help));
    };
    let name = dialect.word();
    if dialect != Dialect::Azure {
        for (word, texts) in
            [("data_actions", &raw.data_actions), ("not_data_actions", &raw.not_data_actions)]
        {
            if let Some(text) = texts.first() {
                refuse(text.span, format!("`{name}` grants have no `{word}`"), "use `actions` instead");
            }
        }
    }
    if let (Dialect::Kubernetes | Dialect::Github | Dialect::Terraform, Some(condition)) =
        (dialect, raw.conditions.first())
    {
        refuse(
            condition.span,
            format!("`{name}` grants have no conditions"),
            "narrow the `resources` instead",
        );
    }
    if let (
        Dialect::Aws | Dialect::Azuread | Dialect::Kubernetes | Dialect::Github | Dialect::Terraform,
        Some(text),
    ) = (dialect, &raw.expression)
    {
        refuse(text.span, format!("`{name}` grants have no `expression`"), "use `condition` blocks instead");
    }
    let excluded = raw.excepts.iter().flat_map(|except| &except.principals);
    if let (Dialect::Aws, Some(session)) = (dialect, excluded.into_iter().find(|text| is_session(text))) {
        // Whoever may act as the role may open the session: what the role may do, its sessions may.
        let message = "a session cannot be excluded from what its role may do".to_owned();
        refuse(session.span, message, "exclude the role of the session");
    }
    if dialect != Dialect::Aws && raw.resources.is_empty() {
        let message =
            format!("the grant has no `resources`, and a `{name}` grant has to say on what it holds");
        refuse(raw.span, message, "list the `resources`; `\"*\"` is everything");
    }
    if let Some(first) = raw.credentials.first() {
        let mixed = !raw.roles.is_empty() || !raw.actions.is_empty() || !raw.data_actions.is_empty();
        if mixed {
            let message =
                "`credentials` cannot be combined with `actions`, `data_actions` or `roles`".to_owned();
            refuse(first.span, message, "move the credentials to their own `grant` block");
        }
    } else if let Some(ttl) = raw.max_ttl {
        let message = "`max_ttl` applies to `credentials`, and this grant has none".to_owned();
        refuse(ttl.span, message, "remove `max_ttl`, or add `credentials`");
    }
    let is_by_name = !raw.roles.is_empty() || !raw.credentials.is_empty();
    let taken_out = raw.not_actions.first().or_else(|| raw.excepts.iter().find_map(|e| e.actions.first()));
    if let (true, Some(action)) = (is_by_name, taken_out) {
        let message =
            format!("`{}` cannot be excluded from a role or credential that is given by name", action.value);
        refuse(action.span, message, "list the approved `actions` instead of the role");
    }
}

/// Whether a principal is a session of a role or user: `arn:aws:sts::111122223333:assumed-role/ci/build-7`.
fn is_session(text: &Spanned<TextTemplate>) -> bool {
    text.value.parts.iter().any(|part| match part {
        TemplatePart::Literal(literal) => literal.contains(":sts:"),
        TemplatePart::Reference(_) => false,
    })
}

fn read_mode(source: &Source, raw: &raw::RawGrant, problems: &mut Vec<Problem>) -> Mode {
    let assignment = raw.assignment.as_ref().and_then(|text| match text.value.as_str() {
        "eligible" => Some(AssignmentKind::Eligible),
        "active" => Some(AssignmentKind::Active),
        other => {
            let message = format!("unknown assignment `{other}`");
            let help = "use `eligible` or `active`, or remove it if the access is permanent";
            problems.push(Problem::error(source, text.span, message).help(help));
            None
        }
    });
    Mode {
        grantable: raw.grantable.is_some_and(|flag| flag.value),
        assignment,
        ttl_seconds: raw.max_ttl.map(|ttl| ttl.value.as_secs()),
    }
}

fn take_known(texts: &[Spanned<String>]) -> Vec<Text> {
    texts.iter().map(|text| Text::known(&text.value)).collect()
}
