//! From the text of one argument to its expression.
//!
//! Takes a part of a text in native syntax and returns what hcl-edit makes of it. hcl-edit and Terraform disagree on a
//! few texts, so the text is normalized first, and no byte moves: templates and heredocs are read by [`super::template`]
//! and stand as a placeholder while hcl-edit parses; comments, and the ends of lines that Terraform ignores, become
//! spaces; of the members of an object with one key, the last stays, which is what Terraform makes of them.

use std::collections::HashSet;

use hcl_edit::Span as _;
use hcl_edit::expr::{Expression, Object, ObjectKey};
use hcl_edit::visit_mut::{self, VisitMut};

use super::scan::{ScanError, SyntaxToken, TemplateKind, TokenKind, is_flush_heredoc, scan};
use super::template;
use super::unread::UnreadCause;
use crate::source::Span;

/// Significant digits that a double keeps whatever they are; Terraform keeps more.
const EXACT_DIGITS: usize = 15;

/// Returns the expression that a part of a text holds.
///
/// # Errors
///
/// The offset from which on the text is not understood, and the cause.
pub(super) fn parse(text: &str, part: Span) -> Result<Expression, ScanError> {
    let (tokens, error) = scan(text, part);
    if let Some(error) = error {
        return Err(error);
    }
    let mut draft = Draft::new(text, part);
    draft.normalize(&tokens);
    let placeholders = draft.place_templates(&tokens)?;
    let normalized = String::from_utf8(draft.bytes).map_err(|_| report_failure(part.start))?;
    let trimmed = normalized.trim_ascii_start();
    let base = part.start + normalized.len() - trimmed.len();
    let parsed = hcl_edit::parser::parse_expr(trimmed.trim_ascii_end());
    let mut expression = parsed.map_err(|error| report_failure(base + error.location().offset()))?;
    let mut substitution = Substitution { base, placeholders, inexact_number: None };
    substitution.visit_expr_mut(&mut expression);
    match (substitution.inexact_number, substitution.placeholders.first()) {
        (Some(at), _) => Err(report_failure(at)),
        (None, Some((span, _))) => Err(report_failure(span.start)),
        (None, None) => Ok(expression),
    }
}

fn report_failure(at: usize) -> ScanError {
    ScanError { at, cause: UnreadCause::Expression }
}

/// The text of an expression while it is normalized.
struct Draft<'t> {
    text: &'t str,
    part: Span,
    bytes: Vec<u8>,
    /// Members of objects that a later member replaces.
    replaced: Vec<Span>,
}

/// What stands between two brackets.
struct Frame {
    /// Whether it is an object of members, in which the end of a line separates two of them.
    holds_members: bool,
    members: Vec<MemberSpan>,
    open: Option<MemberSpan>,
}

struct MemberSpan {
    start: usize,
    key_end: Option<usize>,
    end: usize,
}

impl<'t> Draft<'t> {
    fn new(text: &'t str, part: Span) -> Self {
        let bytes = text.as_bytes().get(part.start..part.end).unwrap_or_default().to_vec();
        Self { text, part, bytes, replaced: Vec::new() }
    }

    fn write(&mut self, span: Span, with: impl Fn(usize) -> u8) {
        let range = span.start - self.part.start..span.end - self.part.start;
        for (at, byte) in self.bytes.get_mut(range).unwrap_or_default().iter_mut().enumerate() {
            *byte = with(at);
        }
    }

    fn blank_out(&mut self, span: Span) {
        self.write(span, |_| b' ');
    }

    /// Blanks comments, ends of lines that mean nothing, and replaced members.
    #[expect(clippy::wildcard_enum_match_arm, reason = "only the tokens that structure a text count here")]
    fn normalize(&mut self, tokens: &[SyntaxToken]) {
        // The expression as a whole ends with its line, so an end of line that is left in it means nothing.
        let mut frames = vec![Frame { holds_members: false, members: Vec::new(), open: None }];
        for (at, token) in tokens.iter().enumerate() {
            let Some(frame) = frames.last_mut() else { return };
            match token.kind {
                TokenKind::Comment => self.blank_out(token.span),
                TokenKind::Newline if frame.holds_members => frame.close_member(token.span.start),
                TokenKind::Newline => self.blank_out(token.span),
                TokenKind::Comma if frame.holds_members => frame.close_member(token.span.end),
                TokenKind::Equal | TokenKind::Colon => frame.end_key(token.span.start),
                TokenKind::Open(bracket) => {
                    frame.open_member(token.span);
                    let holds_members =
                        bracket == b'{' && !self.is_for(tokens.get(at + 1..).unwrap_or_default());
                    frames.push(Frame { holds_members, members: Vec::new(), open: None });
                }
                TokenKind::Close(_) => {
                    if let Some(mut closed) = frames.pop() {
                        closed.close_member(token.span.start);
                        self.find_replaced(&closed.members);
                    }
                }
                _ => frame.open_member(token.span),
            }
        }
        for span in std::mem::take(&mut self.replaced) {
            self.blank_out(span);
            self.replaced.push(span);
        }
    }

    fn is_for(&self, after: &[SyntaxToken]) -> bool {
        let mut meaningful =
            after.iter().filter(|token| !matches!(token.kind, TokenKind::Newline | TokenKind::Comment));
        meaningful.next().is_some_and(|token| self.slice(token.span) == "for")
    }

    fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// Notes members whose key a later one repeats. Terraform takes the last.
    fn find_replaced(&mut self, members: &[MemberSpan]) {
        let mut seen = HashSet::new();
        for member in members.iter().rev() {
            let Some(key_end) = member.key_end else { continue };
            let key = self.slice(Span { start: member.start, end: key_end }).trim();
            let plain = key.strip_prefix('"').and_then(|key| key.strip_suffix('"'));
            let name = plain.filter(|text| !text.contains(['\\', '$', '%', '"'])).unwrap_or(key);
            if !seen.insert(name) {
                self.replaced.push(Span { start: member.start, end: member.end });
            }
        }
    }

    /// Puts `(tN__)` in the place of each template, and returns what the templates are, in order.
    #[expect(clippy::wildcard_enum_match_arm, reason = "only the tokens that structure a text count here")]
    fn place_templates(&mut self, tokens: &[SyntaxToken]) -> Result<Vec<(Span, Expression)>, ScanError> {
        let mut placeholders = Vec::new();
        for token in tokens {
            let kind = match token.kind {
                TokenKind::Heredoc => TemplateKind::Heredoc,
                TokenKind::Quoted if self.slice(token.span).contains(['$', '%']) => TemplateKind::Quoted,
                _ => continue,
            };
            if self.replaced.iter().any(|gone| gone.start <= token.span.start && token.span.end <= gone.end) {
                continue;
            }
            let name = format!("(t{:x}", placeholders.len());
            let (length, name) = (token.span.end - token.span.start, name.as_bytes());
            if length <= name.len() {
                return Err(report_failure(token.span.start));
            }
            let is_flush = is_flush_heredoc(self.slice(token.span));
            placeholders.push((token.span, template::read(self.text, token.span, kind, is_flush, parse)?));
            self.write(token.span, |at| match name.get(at) {
                Some(byte) => *byte,
                None if at + 1 == length => b')',
                None => b'_',
            });
        }
        Ok(placeholders)
    }
}

impl Frame {
    fn open_member(&mut self, span: Span) {
        let member = self.open.get_or_insert(MemberSpan { start: span.start, key_end: None, end: span.end });
        member.end = span.end;
    }

    fn end_key(&mut self, at: usize) {
        if let Some(member) = &mut self.open {
            member.key_end.get_or_insert(at);
        }
    }

    fn close_member(&mut self, end: usize) {
        if let Some(member) = self.open.take() {
            self.members.push(MemberSpan { end, ..member });
        }
    }
}

/// Puts templates back into their places.
struct Substitution {
    /// Where the parsed text begins.
    base: usize,
    placeholders: Vec<(Span, Expression)>,
    /// A number that a double does not hold exactly.
    inexact_number: Option<usize>,
}

impl Substitution {
    fn take(&mut self, expression: &Expression) -> Option<Expression> {
        let Expression::Parenthesis(_) = expression else { return None };
        let start = expression.span()?.start + self.base;
        let at = self.placeholders.iter().position(|(span, _)| span.start == start)?;
        Some(self.placeholders.remove(at).1)
    }
}

impl VisitMut for Substitution {
    fn visit_expr_mut(&mut self, node: &mut Expression) {
        if let Some(template) = self.take(node) {
            *node = template;
            return;
        }
        if let Expression::Number(number) = node
            && let Some(digits) = number.as_repr()
            && digits.bytes().filter(u8::is_ascii_digit).count() > EXACT_DIGITS
            && number.value().as_u64().is_none()
        {
            self.inexact_number.get_or_insert(node.span().map_or(self.base, |span| span.start + self.base));
        }
        visit_mut::visit_expr_mut(self, node);
    }

    fn visit_object_mut(&mut self, node: &mut Object) {
        let members = std::mem::take(node);
        for (mut key, mut value) in members {
            if let ObjectKey::Expression(expression) = &mut key {
                self.visit_expr_mut(expression);
            }
            self.visit_object_value_mut(&mut value);
            node.insert(key, value);
        }
    }
}
