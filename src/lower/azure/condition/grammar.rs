//! How a condition is written: `AND`, `OR`, `NOT` and brackets around functions and comparisons.
//!
//! <https://learn.microsoft.com/azure/role-based-access-control/conditions-format>. Names of functions, operators and
//! sources have no case. `a AND b OR c` has no meaning there without brackets, and has none here. What escapes a quote
//! is not said, so a text with a backslash anywhere but before a wildcard is not taken apart.

use winnow::ascii::{Caseless, alpha1, multispace0};
use winnow::combinator::{alt, delimited, not, preceded, repeat, separated, terminated};
use winnow::error::EmptyError;
use winnow::prelude::*;
use winnow::token::{one_of, take_till, take_while};

use crate::lower::formula::ConditionFormula;

/// Upper bound on nested brackets, which keeps the recursion of the parser off the end of the stack. A deeper condition is
/// one opaque demand.
const MAX_DEPTH: usize = 32;

type Read<T> = Result<T, EmptyError>;

/// What is not put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ConditionAtom {
    /// The action matches the pattern.
    Action(String),
    /// The suboperation matches the pattern.
    SubOperation(String),
    /// The attribute, with its source, is there.
    Exists(String),
    /// An attribute is compared with values.
    Comparison(AttributeComparison),
    /// An attribute is compared with another one.
    Between(String),
}

/// An attribute compared with values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AttributeComparison {
    /// With its source: `@Resource[…]`.
    pub attribute: String,
    /// In lower case, with what stands before the colon.
    pub operator: String,
    /// At least one.
    pub values: Vec<WrittenValue>,
    /// As it is written, in one line.
    pub words: String,
}

/// One value of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WrittenValue {
    /// Without its quotes.
    pub text: String,
    /// Whether it stood in quotes.
    pub is_quoted: bool,
}

/// Takes a condition apart; `None` where it is not certain what belongs together.
pub(super) fn parse(text: &str) -> Option<ConditionFormula<ConditionAtom>> {
    let escapes = text
        .match_indices('\\')
        .all(|(at, _)| text.get(at + 1..).is_some_and(|rest| rest.starts_with(['*', '?'])));
    if !escapes || text.contains(['"', '`']) || measure_depth(text) > MAX_DEPTH {
        return None;
    }
    delimited(multispace0, parse_formula, multispace0).parse(text).ok()
}

/// How deep brackets go, at most.
fn measure_depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn parse_formula(input: &mut &str) -> Read<ConditionFormula<ConditionAtom>> {
    let first = parse_term(input)?;
    let mut join = |sign: (&'static str, &'static str)| -> Read<Vec<ConditionFormula<ConditionAtom>>> {
        repeat(0.., preceded((multispace0, parse_joint(sign), multispace0), parse_term)).parse_next(input)
    };
    let mut parts = vec![first];
    parts.extend(join(("and", "&&"))?);
    if parts.len() > 1 {
        return Ok(ConditionFormula::All(parts));
    }
    parts.extend(join(("or", "||"))?);
    Ok(if parts.len() > 1 { ConditionFormula::Any(parts) } else { parts.remove(0) })
}

/// A word or the sign for it.
fn parse_joint<'t>((word, sign): (&'static str, &'static str)) -> impl Parser<&'t str, (), EmptyError> {
    alt((sign.void(), (Caseless(word), not(one_of(is_word))).void()))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn parse_term(input: &mut &str) -> Read<ConditionFormula<ConditionAtom>> {
    let negations: usize =
        repeat(0.., terminated(parse_joint(("not", "!")), multispace0)).parse_next(input)?;
    let bracketed = delimited(('(', multispace0), parse_formula, (multispace0, ')'));
    let inner = alt((bracketed, parse_atom.map(ConditionFormula::Atom))).parse_next(input)?;
    Ok(if negations.is_multiple_of(2) { inner } else { ConditionFormula::Not(Box::new(inner)) })
}

fn parse_atom(input: &mut &str) -> Read<ConditionAtom> {
    let function = |name: &'static str| {
        preceded(
            (Caseless(name), multispace0),
            delimited(('{', multispace0), parse_quoted.map(str::to_owned), (multispace0, '}')),
        )
    };
    alt((
        function("ActionMatches").map(ConditionAtom::Action),
        function("SubOperationMatches").map(ConditionAtom::SubOperation),
        preceded((Caseless("Exists"), multispace0), parse_attribute).map(ConditionAtom::Exists),
        parse_comparison,
    ))
    .parse_next(input)
}

/// What an attribute is compared with.
enum Right {
    Values(Vec<WrittenValue>),
    Attribute,
}

fn parse_comparison(input: &mut &str) -> Read<ConditionAtom> {
    let spaced = |sign: char| (multispace0, sign, multispace0);
    let said = |is_quoted| move |text: &str| WrittenValue { text: text.to_owned(), is_quoted };
    let value = || alt((parse_quoted.map(said(true)), parse_bare.map(said(false))));
    let list = delimited(('{', multispace0), separated(1.., value(), spaced(',')), (multispace0, '}'));
    let right = alt((
        list.map(Right::Values),
        value().map(|value| Right::Values(vec![value])),
        parse_attribute.map(|_| Right::Attribute),
    ));
    let operator = take_while(1.., |c: char| c.is_ascii_alphanumeric() || c == ':');
    let ((attribute, operator, right), words) =
        (terminated(parse_attribute, multispace0), terminated(operator, multispace0), right)
            .with_taken()
            .parse_next(input)?;
    let words = super::to_one_line(words);
    Ok(match right {
        Right::Values(values) => ConditionAtom::Comparison(AttributeComparison {
            attribute,
            operator: operator.to_lowercase(),
            values,
            words,
        }),
        Right::Attribute => ConditionAtom::Between(words),
    })
}

/// `@Source[name]`. Names of tags may tell cases apart, so names are left as they are.
fn parse_attribute(input: &mut &str) -> Read<String> {
    const SOURCES: [&str; 4] = ["Resource", "Request", "Principal", "Environment"];
    let source =
        alpha1.verify_map(|word: &str| SOURCES.into_iter().find(|source| word.eq_ignore_ascii_case(source)));
    let name = take_till(1.., ['[', ']', '\'', '{', '}']);
    let (source, name) =
        preceded('@', (source, delimited((multispace0, '['), name, ']'))).parse_next(input)?;
    Ok(format!("@{source}[{}]", name.trim()))
}

fn parse_quoted<'t>(input: &mut &'t str) -> Read<&'t str> {
    delimited('\'', take_till(0.., '\''), '\'').parse_next(input)
}

/// A number, an identifier or a truth value.
fn parse_bare<'t>(input: &mut &'t str) -> Read<&'t str> {
    take_while(1.., |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.' | ':'))
        .parse_next(input)
}
