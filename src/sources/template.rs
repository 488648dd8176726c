//! Templates: quoted strings with `${…}`, heredocs, and the strings of JSON syntax.
//!
//! Takes a part of a text and returns an expression whose literal parts are the exact text that Terraform gives:
//! escapes are resolved, `~` has trimmed, and the indentation of `<<-` is gone. So whoever evaluates the expression only
//! puts parts together. A template of one interpolation and nothing else is a [`StringTemplate`] of one element; it has
//! the value and type of what is interpolated.

use hcl_edit::expr::Expression;
use hcl_edit::template::{
    Directive, Element, ElseTemplateExpr, EndforTemplateExpr, EndifTemplateExpr, ForDirective,
    ForTemplateExpr, IfDirective, IfTemplateExpr, Interpolation, StringTemplate, Template,
};
use hcl_edit::{Decorated, Ident, Spanned};

use super::scan::{Piece, ScanError, Sequence, TemplateKind, TokenKind, scan, scan_template};
use super::unread::UnreadCause;
use crate::source::Span;

/// Directives within directives of one template, at most: a bound for the stack, like that on templates.
const MAX_DIRECTIVE_DEPTH: usize = 8;

/// Parses the code of an interpolation: a part of a text, to an expression. A parameter, because expressions hold
/// templates, and so neither file has to know the other.
pub(super) type ParseCode = fn(&str, Span) -> Result<Expression, ScanError>;

/// A piece with its code parsed, before directives are put together.
enum TemplatePart {
    Literal(String),
    Interpolation(Expression),
    Directive(Marker),
}

/// One `%{…}`.
enum Marker {
    If(Expression),
    Else,
    Endif,
    For { key: Option<Ident>, value: Ident, collection: Expression },
    Endfor,
}

/// Returns the expression that a template is. `is_flush` removes the indentation that its lines share (`<<-`).
pub(super) fn read(
    text: &str,
    part: Span,
    kind: TemplateKind,
    is_flush: bool,
    parse: ParseCode,
) -> Result<Expression, ScanError> {
    let pieces = scan_template(text, part, kind)?;
    let failure = || ScanError { at: part.start, cause: UnreadCause::Expression };
    let mut parts = read_parts(text, &pieces, kind, parse)?;
    if is_flush {
        remove_indent(&mut parts).ok_or_else(failure)?;
    }
    let parts = join_literals(parts);
    if let [] | [TemplatePart::Literal(_)] = parts.as_slice() {
        let literal = parts.into_iter().next();
        let literal =
            if let Some(TemplatePart::Literal(literal)) = literal { literal } else { String::new() };
        return Ok(Expression::from(literal));
    }
    let mut rest = parts.into_iter();
    let (elements, end) = read_elements(&mut rest, 0).ok_or_else(failure)?;
    match end {
        None => Ok(Expression::StringTemplate(StringTemplate::from(elements))),
        Some(_) => Err(failure()),
    }
}

/// Returns the text of a block's label, in which nothing is interpolated.
pub(super) fn read_label(text: &str, part: Span, parse: ParseCode) -> Result<String, ScanError> {
    let label = read(text, part, TemplateKind::Quoted, false, parse)?;
    let label = label.as_str().map(str::to_owned);
    label.ok_or(ScanError { at: part.start, cause: UnreadCause::Syntax })
}

fn read_parts(
    text: &str,
    pieces: &[Piece],
    kind: TemplateKind,
    parse: ParseCode,
) -> Result<Vec<TemplatePart>, ScanError> {
    let mut parts: Vec<TemplatePart> = Vec::with_capacity(pieces.len());
    let mut trims_next = false;
    for piece in pieces {
        let trims_this = std::mem::replace(&mut trims_next, false);
        match *piece {
            Piece::Literal(span) => {
                let raw = text.get(span.start..span.end).unwrap_or_default();
                let literal = if kind == TemplateKind::Quoted {
                    unescape(raw, span.start)?
                } else {
                    unescape_signs(raw)
                };
                let literal = if trims_this { literal.trim_start().to_owned() } else { literal };
                parts.push(TemplatePart::Literal(literal));
            }
            Piece::Interpolation(sequence) => {
                trim_before(&mut parts, sequence);
                parts.push(TemplatePart::Interpolation(parse(text, sequence.code)?));
                trims_next = sequence.trims_after;
            }
            Piece::Directive(sequence) => {
                trim_before(&mut parts, sequence);
                parts.push(TemplatePart::Directive(read_marker(text, sequence.code, parse)?));
                trims_next = sequence.trims_after;
            }
        }
    }
    Ok(parts)
}

/// `${~` trims the literal token before it, and only if that one stands directly before it.
fn trim_before(parts: &mut [TemplatePart], sequence: Sequence) {
    if let Some(TemplatePart::Literal(literal)) = parts.last_mut().filter(|_| sequence.trims_before) {
        literal.truncate(literal.trim_end().len());
    }
}

/// Resolves the escapes of a quoted string.
fn unescape(raw: &str, base: usize) -> Result<String, ScanError> {
    let failure = |at: usize| ScanError { at: base + at, cause: UnreadCause::Expression };
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        text.push_str(&unescape_signs(before));
        let offset = raw.len() - escape.len();
        let selector = escape.chars().nth(1).ok_or_else(|| failure(offset))?;
        let (symbol, length) = match selector {
            'n' => ('\n', 2),
            'r' => ('\r', 2),
            't' => ('\t', 2),
            '"' => ('"', 2),
            '\\' => ('\\', 2),
            'u' => (code_point(escape.get(2..6)).ok_or_else(|| failure(offset))?, 6),
            'U' => (code_point(escape.get(2..10)).ok_or_else(|| failure(offset))?, 10),
            _ => return Err(failure(offset)),
        };
        text.push(symbol);
        rest = escape.get(length..).unwrap_or_default();
    }
    text.push_str(&unescape_signs(rest));
    Ok(text)
}

fn code_point(digits: Option<&str>) -> Option<char> {
    let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}

fn unescape_signs(raw: &str) -> String {
    raw.replace("$${", "${").replace("%%{", "%{")
}

/// Removes the indentation that all lines share, as Terraform counts it: in characters, blank lines left out, and an
/// interpolation at the start of a line counts as none. `None` where the count depends on what makes a character.
fn remove_indent(parts: &mut [TemplatePart]) -> Option<()> {
    let mut indent = usize::MAX;
    let mut begins_line = true;
    let mut first_of_lines = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let literal = if let TemplatePart::Literal(literal) = part { Some(literal.as_str()) } else { None };
        if begins_line {
            let spaces = literal.map_or(0, |literal| literal.len() - literal.trim_start().len());
            if literal.is_none_or(|literal| spaces < literal.len() || !literal.ends_with('\n')) {
                indent = indent.min(spaces);
                first_of_lines.push(at);
            }
            let after = literal.and_then(|literal| literal.get(spaces..)?.chars().next());
            let is_plain = literal.is_none_or(|literal| literal.get(..spaces).is_some_and(str::is_ascii));
            if !is_plain || after.is_some_and(|symbol| !symbol.is_ascii() && !symbol.is_alphanumeric()) {
                return None;
            }
        }
        begins_line = literal.is_some_and(|literal| literal.ends_with('\n'));
    }
    for at in first_of_lines {
        if let Some(TemplatePart::Literal(literal)) = parts.get_mut(at) {
            literal.drain(..indent.min(literal.len()));
        }
    }
    Some(())
}

fn join_literals(parts: Vec<TemplatePart>) -> Vec<TemplatePart> {
    let mut joined: Vec<TemplatePart> = Vec::with_capacity(parts.len());
    for part in parts {
        match (joined.last_mut(), part) {
            (Some(TemplatePart::Literal(before)), TemplatePart::Literal(literal)) => {
                before.push_str(&literal)
            }
            (_, part) => joined.push(part),
        }
    }
    joined
}

fn read_marker(text: &str, code: Span, parse: ParseCode) -> Result<Marker, ScanError> {
    let failure = || ScanError { at: code.start, cause: UnreadCause::Expression };
    let (tokens, _) = scan(text, code);
    let mut tokens =
        tokens.iter().filter(|token| !matches!(token.kind, TokenKind::Newline | TokenKind::Comment));
    let mut next = || {
        let token = tokens.next()?;
        Some((text.get(token.span.start..token.span.end)?, token.span.end))
    };
    let (word, end) = next().ok_or_else(failure)?;
    let rest = |from: usize| parse(text, Span { start: from, end: code.end });
    match word {
        "if" => Ok(Marker::If(rest(end)?)),
        "for" => {
            let name = |text: &str| Ident::try_new(text).map_err(|_| failure());
            let first = name(next().ok_or_else(failure)?.0)?;
            let (separator, mut after) = next().ok_or_else(failure)?;
            let mut names = (None, first);
            let mut word = separator;
            if separator == "," {
                names = (Some(names.1), name(next().ok_or_else(failure)?.0)?);
                (word, after) = next().ok_or_else(failure)?;
            }
            if word != "in" {
                return Err(failure());
            }
            Ok(Marker::For { key: names.0, value: names.1, collection: rest(after)? })
        }
        "else" | "endif" | "endfor" if next().is_some() => Err(failure()),
        "else" => Ok(Marker::Else),
        "endif" => Ok(Marker::Endif),
        "endfor" => Ok(Marker::Endfor),
        _ => Err(failure()),
    }
}

/// Puts directives together, up to one that ends what encloses them.
fn read_elements(
    parts: &mut std::vec::IntoIter<TemplatePart>,
    depth: usize,
) -> Option<(Vec<Element>, Option<Marker>)> {
    let mut elements = Vec::new();
    if depth > MAX_DIRECTIVE_DEPTH {
        return None;
    }
    while let Some(part) = parts.next() {
        elements.push(match part {
            TemplatePart::Literal(literal) => Element::Literal(Spanned::new(literal)),
            TemplatePart::Interpolation(expression) => Element::Interpolation(Interpolation::new(expression)),
            TemplatePart::Directive(Marker::If(condition)) => {
                Element::Directive(Box::new(read_if(condition, parts, depth + 1)?))
            }
            TemplatePart::Directive(Marker::For { key, value, collection }) => {
                let (body, Some(Marker::Endfor)) = read_elements(parts, depth + 1)? else { return None };
                let intro =
                    ForTemplateExpr::new(key.map(Decorated::new), value, collection, Template::from(body));
                let directive = ForDirective::new(intro, EndforTemplateExpr::new());
                Element::Directive(Box::new(directive.into()))
            }
            TemplatePart::Directive(end @ (Marker::Else | Marker::Endif | Marker::Endfor)) => {
                return Some((elements, Some(end)));
            }
        });
    }
    Some((elements, None))
}

fn read_if(
    condition: Expression,
    parts: &mut std::vec::IntoIter<TemplatePart>,
    depth: usize,
) -> Option<Directive> {
    let (body, end) = read_elements(parts, depth)?;
    let condition = IfTemplateExpr::new(condition, Template::from(body));
    let otherwise = match end? {
        Marker::Endif => None,
        Marker::Else => {
            let (body, Some(Marker::Endif)) = read_elements(parts, depth)? else { return None };
            Some(ElseTemplateExpr::new(Template::from(body)))
        }
        Marker::If(_) | Marker::For { .. } | Marker::Endfor => return None,
    };
    Some(IfDirective::new(condition, otherwise, EndifTemplateExpr::new()).into())
}
