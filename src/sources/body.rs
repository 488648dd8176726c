//! Blocks and arguments of one file.
//!
//! Takes a file and returns its top-level blocks, with all that stands in them and where. The text of an argument is cut
//! out here and understood only when somebody asks for it ([`Argument::expression`]), so that an expression that is not
//! understood costs one argument. A body in which something else stands is marked, and so is a file.

use std::sync::{Arc, OnceLock};

use hcl_edit::expr::Expression;

use super::scan::{ScanError, SyntaxToken, TokenKind, scan};
use super::unread::{UnreadCause, UnreadPart};
use super::{expression, json_value, template};
use crate::source::{Place, Source, Span};

/// Blocks within each other, at most: the reader calls itself for each. The deepest provider schemas (AWS WAF) nest ten.
const MAX_BLOCK_DEPTH: usize = 24;

/// A block: `resource "aws_iam_role" "ci" { … }`.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub(super) kind: String,
    pub(super) labels: Vec<String>,
    pub(super) source: Arc<Source>,
    /// From its first word to its last label.
    pub(super) header: Span,
    pub(super) body: Body,
}

/// What stands between the braces of a block.
#[derive(Clone, Debug, Default)]
pub(super) struct Body {
    pub(super) arguments: Vec<Argument>,
    pub(super) blocks: Vec<Block>,
    /// The first thing in it that could not be read. Nothing else that is missing can be called absent then.
    pub(super) unread: Option<UnreadPart>,
}

/// An argument: `policy = …`.
#[derive(Clone, Debug)]
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) source: Arc<Source>,
    /// From its name to the end of its value.
    pub(super) span: Span,
    pub(super) value: ArgumentText,
    /// What the text means, once somebody has asked.
    pub(super) parsed: OnceLock<Result<Expression, ScanError>>,
}

/// Where the value of an argument stands, and in which syntax.
#[derive(Clone, Copy, Debug)]
pub(super) enum ArgumentText {
    Native(Span),
    Json(Span),
}

impl Argument {
    pub(super) fn place(&self) -> Place {
        Place { source: (*self.source).clone(), span: self.span }
    }

    /// What is written for the argument.
    pub(super) fn expression(&self) -> Result<&Expression, UnreadPart> {
        let parse = || match self.value {
            ArgumentText::Native(span) => expression::parse(&self.source.text, span),
            ArgumentText::Json(span) => json_value::read(&self.source.text, span),
        };
        self.parsed.get_or_init(parse).as_ref().map_err(|error| note_unread_rest(&self.source, error))
    }
}

impl Block {
    pub(super) fn place(&self) -> Place {
        Place { source: (*self.source).clone(), span: self.header }
    }

    /// The name of the blocks that this one may make: its own kind, or the label of a `dynamic` block.
    pub(super) fn makes(&self) -> &str {
        match (self.kind.as_str(), self.labels.first()) {
            ("dynamic", Some(label)) => label,
            (kind, _) => kind,
        }
    }

    /// The text of an argument, without quotes.
    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        let argument = self.body.arguments.iter().find(|argument| argument.name == name)?;
        let (ArgumentText::Native(span) | ArgumentText::Json(span)) = argument.value;
        Some(argument.source.text.get(span.start..span.end)?.trim_matches('"'))
    }

    pub(super) fn is_dynamic(&self) -> bool {
        self.kind == "dynamic"
    }
}

fn note_unread_rest(source: &Arc<Source>, error: &ScanError) -> UnreadPart {
    let place = Place { source: (**source).clone(), span: Span { start: error.at, end: error.at } };
    UnreadPart { place, cause: error.cause }
}

/// Returns what stands in a file in native syntax.
pub(super) fn read(source: &Arc<Source>) -> Body {
    read_part(source, Span { start: 0, end: source.text.len() })
}

/// Returns what stands in a part of a file. What begins in it and does not end in it is marked as unread.
pub(super) fn read_part(source: &Arc<Source>, part: Span) -> Body {
    let (tokens, stopped) = scan(&source.text, part);
    let mut reader = BlockReader { source, tokens: &tokens, at: 0, stopped: stopped.as_ref() };
    let mut body = reader.read_body(0);
    if let Some(error) = &stopped {
        body.unread.get_or_insert_with(|| note_unread_rest(source, error));
    }
    body
}

struct BlockReader<'r> {
    source: &'r Arc<Source>,
    tokens: &'r [SyntaxToken],
    at: usize,
    /// Why the tokens end before the text does, if they do.
    stopped: Option<&'r ScanError>,
}

impl BlockReader<'_> {
    fn peek(&self) -> Option<SyntaxToken> {
        self.tokens.get(self.at).copied()
    }

    /// What is wrong if the tokens end in the midst of what begins at an offset.
    fn note_unended(&self, at: usize) -> ScanError {
        self.stopped.cloned().unwrap_or(ScanError { at, cause: UnreadCause::Unterminated })
    }

    fn slice(&self, span: Span) -> &str {
        self.source.text.get(span.start..span.end).unwrap_or_default()
    }

    /// Reads items up to the brace that closes the body, or to the end of the file.
    #[expect(clippy::wildcard_enum_match_arm, reason = "only the tokens that structure a text count here")]
    fn read_body(&mut self, depth: usize) -> Body {
        let mut body = Body::default();
        while let Some(token) = self.peek() {
            let item = match token.kind {
                TokenKind::Newline | TokenKind::Comment => {
                    self.at += 1;
                    continue;
                }
                TokenKind::Close(b'}') if depth > 0 => break,
                TokenKind::Name => self.read_item(token, depth, &mut body),
                _ => Err(ScanError { at: token.span.start, cause: UnreadCause::Syntax }),
            };
            if let Err(error) = item {
                body.unread.get_or_insert_with(|| note_unread_rest(self.source, &error));
                if depth == 0 {
                    // Whatever follows may be something else than it seems.
                    break;
                }
                self.skip_to_close();
                break;
            }
        }
        body
    }

    /// Reads one argument or block that begins with a name.
    fn read_item(&mut self, name: SyntaxToken, depth: usize, body: &mut Body) -> Result<(), ScanError> {
        self.at += 1;
        if self.peek().is_some_and(|token| token.kind == TokenKind::Equal) {
            self.at += 1;
            body.arguments.push(self.read_argument(name)?);
            return Ok(());
        }
        let mut block = self.read_block(name, depth)?;
        let is_closed = self.peek().is_some_and(|token| token.kind == TokenKind::Close(b'}'));
        self.at += 1;
        let error = self.note_unended(name.span.start);
        if !is_closed {
            block.body.unread.get_or_insert_with(|| note_unread_rest(self.source, &error));
        }
        body.blocks.push(block);
        if is_closed { Ok(()) } else { Err(error) }
    }

    /// Reads the value of an argument: up to the end of a line, or a brace, that is not in brackets.
    #[expect(clippy::wildcard_enum_match_arm, reason = "only the tokens that structure a text count here")]
    fn read_argument(&mut self, name: SyntaxToken) -> Result<Argument, ScanError> {
        let first = self.at;
        let mut depth = 0usize;
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::Newline if depth == 0 => break,
                TokenKind::Close(_) if depth == 0 => break,
                TokenKind::Open(_) => depth += 1,
                TokenKind::Close(_) => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
        if let (None, Some(stopped)) = (self.peek(), self.stopped) {
            return Err(stopped.clone());
        }
        let taken = self.tokens.get(first..self.at).unwrap_or_default();
        let mut meaningful = taken.iter().filter(|token| token.kind != TokenKind::Comment);
        let (Some(start), Some(end)) = (meaningful.clone().next(), meaningful.next_back()) else {
            return Err(ScanError { at: name.span.start, cause: UnreadCause::Syntax });
        };
        let value = Span { start: start.span.start, end: end.span.end };
        Ok(Argument {
            name: self.slice(name.span).to_owned(),
            source: Arc::clone(self.source),
            span: Span { start: name.span.start, end: value.end },
            value: ArgumentText::Native(value),
            parsed: OnceLock::new(),
        })
    }

    /// Reads the labels and the body of a block, and leaves its closing brace.
    #[expect(clippy::wildcard_enum_match_arm, reason = "only the tokens that structure a text count here")]
    fn read_block(&mut self, kind: SyntaxToken, depth: usize) -> Result<Block, ScanError> {
        let mut labels = Vec::new();
        let mut header = kind.span;
        loop {
            let Some(token) = self.peek() else {
                return Err(self.note_unended(kind.span.start));
            };
            match token.kind {
                TokenKind::Name => labels.push(self.slice(token.span).to_owned()),
                TokenKind::Quoted => {
                    labels.push(template::read_label(&self.source.text, token.span, expression::parse)?)
                }
                TokenKind::Open(b'{') => break,
                _ => return Err(ScanError { at: token.span.start, cause: UnreadCause::Syntax }),
            }
            header.end = token.span.end;
            self.at += 1;
        }
        self.at += 1;
        let body = if depth < MAX_BLOCK_DEPTH {
            self.read_body(depth + 1)
        } else {
            self.skip_to_close();
            let error = ScanError { at: kind.span.start, cause: UnreadCause::TooDeep };
            Body { unread: Some(note_unread_rest(self.source, &error)), ..Body::default() }
        };
        Ok(Block {
            kind: self.slice(kind.span).to_owned(),
            labels,
            source: Arc::clone(self.source),
            header,
            body,
        })
    }

    /// Goes to the brace that closes the body at hand.
    #[expect(clippy::wildcard_enum_match_arm, reason = "only the tokens that structure a text count here")]
    fn skip_to_close(&mut self) {
        let mut depth = 0usize;
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::Open(_) => depth += 1,
                TokenKind::Close(_) if depth == 0 => return,
                TokenKind::Close(_) => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
    }
}
