//! The scanner of HCL's native syntax.
//!
//! Takes a text and returns its tokens with their spans, following the scanner of Terraform's own parser
//! (`hclsyntax/scan_tokens.rl`) in everything that decides where a string, a comment or a bracket ends. A quoted
//! string or a heredoc is one token; [`scan_template`] says what it consists of. Where the text stops making sense, the
//! tokens up to there are returned with the offset and the cause.
//!
//! Deliberately absent: numbers and operators, which only the expression parser tells apart.

use super::unread::UnreadCause;
use crate::source::Span;

/// Templates within templates, at most. hcl-edit allows 64 levels of expressions in each, and whoever walks the result
/// calls himself for each level: this bounds the stack. No public module that was looked at nests more than three.
const MAX_TEMPLATE_DEPTH: usize = 6;

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SyntaxToken {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

/// What a token is, as far as the structure of a file depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// An identifier or a keyword.
    Name,
    /// `=`, and not `==`, `=>`, `<=`, `>=` or `!=`.
    Equal,
    /// `:`, and not `::`.
    Colon,
    /// `,`.
    Comma,
    /// `(`, `[` or `{`.
    Open(u8),
    /// `)`, `]` or `}`.
    Close(u8),
    /// The end of a line.
    Newline,
    /// A comment, without the end of its line.
    Comment,
    /// A quoted string, with its quotes.
    Quoted,
    /// A heredoc, from `<<` to its end marker.
    Heredoc,
    /// Anything else.
    Mark,
}

/// A part of a template. Literal parts are as long as Terraform's tokens, because `~` trims one token only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Literal text, escapes included.
    Literal(Span),
    /// `${…}`.
    Interpolation(Sequence),
    /// `%{…}`.
    Directive(Sequence),
}

/// The code of `${…}` or `%{…}`, and whether `~` stands at its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sequence {
    pub(super) code: Span,
    pub(super) trims_before: bool,
    pub(super) trims_after: bool,
}

/// The kinds of template, which differ in their literal text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TemplateKind {
    /// Between quotes, with backslash escapes.
    Quoted,
    /// Between `<<MARKER` and `MARKER`, line by line.
    Heredoc,
    /// A whole text, such as a string of JSON syntax.
    Bare,
}

/// Where and why scanning stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ScanError {
    pub(super) at: usize,
    pub(super) cause: UnreadCause,
}

/// Returns the tokens of a part of a text, and why they end early if they do.
pub(super) fn scan(text: &str, part: Span) -> (Vec<SyntaxToken>, Option<ScanError>) {
    let mut scanner = Scanner::new(text, part);
    let mut tokens = Vec::new();
    loop {
        match scanner.next_token() {
            Ok(Some(token)) => tokens.push(token),
            Ok(None) => return (tokens, None),
            Err(error) => return (tokens, Some(error)),
        }
    }
}

/// Returns the pieces of a template; `part` is a [`TokenKind::Quoted`] or [`TokenKind::Heredoc`] token or a bare text.
pub(super) fn scan_template(text: &str, part: Span, kind: TemplateKind) -> Result<Vec<Piece>, ScanError> {
    let mut pieces = Vec::new();
    let mut scanner = Scanner::new(text, part);
    let mut collect = |piece| pieces.push(piece);
    match kind {
        TemplateKind::Quoted => scanner.scan_quoted(&mut collect)?,
        TemplateKind::Heredoc => {
            let marker = scanner.heredoc_marker().unwrap_or_default();
            scanner.scan_heredoc(marker, &mut collect)?;
        }
        TemplateKind::Bare => scanner.scan_bare(&mut collect)?,
    }
    Ok(pieces)
}

/// Whether a heredoc token begins with `<<-`.
pub(super) fn is_flush_heredoc(token: &str) -> bool {
    token.starts_with("<<-")
}

struct Scanner<'t> {
    bytes: &'t [u8],
    at: usize,
    depth: usize,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str, part: Span) -> Self {
        let bytes = text.as_bytes();
        Self { bytes: bytes.get(..part.end).unwrap_or(bytes), at: part.start, depth: 0 }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn fail<T>(&self, at: usize, cause: UnreadCause) -> Result<T, ScanError> {
        Err(ScanError { at, cause })
    }

    fn next_token(&mut self) -> Result<Option<SyntaxToken>, ScanError> {
        while matches!(self.peek(0), Some(b' ' | b'\t')) {
            self.at += 1;
        }
        let Some(byte) = self.peek(0) else { return Ok(None) };
        let start = self.at;
        let kind = self.token_kind(byte)?;
        Ok(Some(SyntaxToken { kind, span: Span { start, end: self.at } }))
    }

    /// Consumes one token that begins with `byte`.
    fn token_kind(&mut self, byte: u8) -> Result<TokenKind, ScanError> {
        let next = self.peek(1);
        let (kind, length) = match (byte, next) {
            (b'\n', _) => (TokenKind::Newline, 1),
            (b'\r', Some(b'\n')) => (TokenKind::Newline, 2),
            (b'\r', _) => return self.fail(self.at, UnreadCause::Syntax),
            (b'#', _) | (b'/', Some(b'/')) => return Ok(self.line_comment()),
            (b'/', Some(b'*')) => return self.block_comment(),
            (b'"', _) => {
                self.scan_quoted(&mut |_| {})?;
                return Ok(TokenKind::Quoted);
            }
            (b'<', Some(b'<')) => {
                let Some(marker) = self.heredoc_marker() else {
                    return self.fail(self.at, UnreadCause::Syntax);
                };
                self.scan_heredoc(marker, &mut |_| {})?;
                return Ok(TokenKind::Heredoc);
            }
            (b'=', Some(b'=' | b'>')) | (b'!' | b'<' | b'>', Some(b'=')) | (b':', Some(b':')) => {
                (TokenKind::Mark, 2)
            }
            (b'=', _) => (TokenKind::Equal, 1),
            (b':', _) => (TokenKind::Colon, 1),
            (b',', _) => (TokenKind::Comma, 1),
            (b'(' | b'[' | b'{', _) => (TokenKind::Open(byte), 1),
            (b')' | b']' | b'}', _) => (TokenKind::Close(byte), 1),
            (byte, _) if begins_name(byte) => (TokenKind::Name, self.name_length()),
            (byte, _) if byte.is_ascii_digit() => (TokenKind::Mark, self.number_length()),
            _ => (TokenKind::Mark, 1),
        };
        self.at += length;
        Ok(kind)
    }

    fn name_length(&self) -> usize {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        rest.iter().take_while(|byte| continues_name(**byte)).count()
    }

    /// Digits and letters that follow a digit belong to the number, so that `1e5` holds no name.
    fn number_length(&self) -> usize {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
    }

    fn line_comment(&mut self) -> TokenKind {
        while let Some(byte) = self.peek(0)
            && byte != b'\n'
            && !(byte == b'\r' && self.peek(1) == Some(b'\n'))
        {
            self.at += 1;
        }
        TokenKind::Comment
    }

    fn block_comment(&mut self) -> Result<TokenKind, ScanError> {
        let start = self.at;
        let rest = self.bytes.get(start + 2..).unwrap_or_default();
        match rest.windows(2).position(|pair| pair == b"*/") {
            Some(length) => {
                self.at = start + 2 + length + 2;
                Ok(TokenKind::Comment)
            }
            None => self.fail(start, UnreadCause::Unterminated),
        }
    }

    /// Consumes a quoted template, from quote to quote.
    fn scan_quoted(&mut self, piece: &mut dyn FnMut(Piece)) -> Result<(), ScanError> {
        let opening = self.at;
        self.at += 1;
        let mut literal = self.at;
        loop {
            match self.peek(0) {
                None | Some(b'\n' | b'\r') => return self.fail(opening, UnreadCause::Unterminated),
                Some(b'"') => {
                    self.push_literal(literal, piece);
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.at += if self.peek(1).is_some() { 2 } else { 1 },
                Some(byte @ (b'$' | b'%')) => literal = self.sequence_or_mark(byte, literal, piece)?,
                Some(_) => self.at += 1,
            }
        }
    }

    /// Consumes a text without delimiters, to its end. A literal part ends with its line.
    fn scan_bare(&mut self, piece: &mut dyn FnMut(Piece)) -> Result<(), ScanError> {
        let mut literal = self.at;
        while let Some(byte) = self.peek(0) {
            match byte {
                b'$' | b'%' => literal = self.sequence_or_mark(byte, literal, piece)?,
                b'\n' => {
                    self.at += 1;
                    self.push_literal(literal, piece);
                    literal = self.at;
                }
                _ => self.at += 1,
            }
        }
        self.push_literal(literal, piece);
        Ok(())
    }

    /// Consumes `<<MARKER` and the end of its line, and returns the marker. `None` if something else is there.
    fn heredoc_marker(&mut self) -> Option<&'t [u8]> {
        let mut start = self.at + 2;
        if self.bytes.get(start) == Some(&b'-') {
            start += 1;
        }
        let rest = self.bytes.get(start..)?;
        let length = rest.iter().take_while(|byte| continues_name(**byte)).count();
        let (marker, after) = rest.split_at_checked(length)?;
        let line_end = if after.starts_with(b"\r\n") { 2 } else { 1 };
        if !marker.first().is_some_and(|byte| begins_name(*byte)) || after.get(line_end - 1) != Some(&b'\n') {
            return None;
        }
        self.at = start + length + line_end;
        Some(marker)
    }

    /// Consumes the lines of a heredoc and its end marker, without the end of the marker's line.
    fn scan_heredoc(&mut self, marker: &[u8], piece: &mut dyn FnMut(Piece)) -> Result<(), ScanError> {
        let opening = self.at;
        let mut literal = self.at;
        let mut line_is_literal = true;
        loop {
            match self.peek(0) {
                None if line_is_literal && self.is_marker(literal, marker) => return Ok(()),
                None => return self.fail(opening, UnreadCause::Unterminated),
                Some(byte @ (b'$' | b'%')) => {
                    line_is_literal = false;
                    literal = self.sequence_or_mark(byte, literal, piece)?;
                }
                Some(b'\n') => {
                    if line_is_literal && self.is_marker(literal, marker) {
                        if self.bytes.get(..self.at).is_some_and(|line| line.ends_with(b"\r")) {
                            self.at -= 1;
                        }
                        return Ok(());
                    }
                    self.at += 1;
                    self.push_literal(literal, piece);
                    literal = self.at;
                    line_is_literal = true;
                }
                Some(b'\r') if self.peek(1) != Some(b'\n') => return self.fail(self.at, UnreadCause::Syntax),
                Some(_) => self.at += 1,
            }
        }
    }

    /// Whether a line is the end marker; Terraform ignores white space of any script around it.
    fn is_marker(&self, line: usize, marker: &[u8]) -> bool {
        let line = self.bytes.get(line..self.at).and_then(|line| std::str::from_utf8(line).ok());
        line.is_some_and(|line| line.trim().as_bytes() == marker)
    }

    fn push_literal(&self, start: usize, piece: &mut dyn FnMut(Piece)) {
        if start < self.at {
            piece(Piece::Literal(Span { start, end: self.at }));
        }
    }

    /// Consumes what `$` or `%` begins in a template and returns where the next literal part begins: a sequence, an
    /// escaped one (`$${`), or the sign itself.
    fn sequence_or_mark(
        &mut self,
        sign: u8,
        literal: usize,
        piece: &mut dyn FnMut(Piece),
    ) -> Result<usize, ScanError> {
        if self.peek(1) == Some(b'{') {
            self.push_literal(literal, piece);
            let sequence = self.scan_sequence()?;
            piece(if sign == b'$' { Piece::Interpolation(sequence) } else { Piece::Directive(sequence) });
            return Ok(self.at);
        }
        self.push_literal(literal, piece);
        let start = self.at;
        let is_escaped = self.peek(1) == Some(sign) && self.peek(2) == Some(b'{');
        self.at += if is_escaped { 3 } else { 1 };
        // In a heredoc, the end of a line belongs to the token before it.
        if self.peek(0) == Some(b'\n') || (self.peek(0) == Some(b'\r') && self.peek(1) == Some(b'\n')) {
            return Ok(start);
        }
        self.push_literal(start, piece);
        Ok(self.at)
    }

    /// Consumes `${…}` or `%{…}`.
    #[expect(clippy::wildcard_enum_match_arm, reason = "only the tokens that structure a text count here")]
    fn scan_sequence(&mut self) -> Result<Sequence, ScanError> {
        let opening = self.at;
        if self.depth >= MAX_TEMPLATE_DEPTH {
            return self.fail(opening, UnreadCause::TooDeep);
        }
        self.depth += 1;
        self.at += 2;
        let trims_before = self.peek(0) == Some(b'~');
        self.at += usize::from(trims_before);
        let start = self.at;
        let mut braces = 0usize;
        let mut last = None;
        while let Some(token) = self.next_token()? {
            match token.kind {
                TokenKind::Open(b'{') => braces += 1,
                TokenKind::Close(b'}') if braces == 0 => {
                    let tilde = Span { start: token.span.start.saturating_sub(1), end: token.span.start };
                    let trims_after = last == Some(tilde) && self.bytes.get(tilde.start) == Some(&b'~');
                    let end = if trims_after { tilde.start } else { token.span.start };
                    self.depth -= 1;
                    return Ok(Sequence { code: Span { start, end }, trims_before, trims_after });
                }
                TokenKind::Close(b'}') => braces -= 1,
                _ => {}
            }
            last = Some(token.span);
        }
        self.fail(opening, UnreadCause::Unterminated)
    }
}

/// Whether an identifier may begin so. What is not ASCII is checked by the expression parser.
fn begins_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || !byte.is_ascii()
}

fn continues_name(byte: u8) -> bool {
    begins_name(byte) || byte.is_ascii_digit() || byte == b'-'
}
