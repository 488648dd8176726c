//! A place in a text, and the tokens of plain files.
//!
//! Each function takes a token and steps behind it, or returns nothing where what stands there is not plain.

use std::borrow::Cow;

use crate::{Span, Spanned};

/// Digits of a number that every reader takes for the same whole number.
const MAX_DIGITS: usize = 15;

#[derive(Debug)]
pub(super) struct Cursor<'s> {
    text: &'s str,
    at: usize,
}

impl<'s> Cursor<'s> {
    pub(super) fn new(text: &'s str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn span_from(&self, start: usize) -> Span {
        Span { start, end: self.at }
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at == self.text.len()
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.peek_at(self.at)
    }

    fn peek_at(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    pub(super) fn is_at(&self, byte: u8) -> bool {
        self.peek() == Some(byte)
    }

    /// Steps behind a byte, where it stands here.
    pub(super) fn take(&mut self, byte: u8) -> bool {
        let found = self.is_at(byte);
        self.at += usize::from(found);
        found
    }

    /// What stands from `start` to here.
    fn taken(&self, start: usize) -> Option<&'s str> {
        self.text.get(start..self.at)
    }

    /// Steps behind all bytes of a kind.
    fn skip_while(&mut self, is_one: impl Fn(u8) -> bool) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += rest.iter().position(|byte| !is_one(*byte)).unwrap_or(rest.len());
    }

    pub(super) fn skip_blanks(&mut self) {
        self.skip_while(|byte| matches!(byte, b' ' | b'\t'));
    }

    /// Steps behind an end of line, where one stands here.
    fn take_line_end(&mut self) -> bool {
        let length = match self.peek() {
            Some(b'\n') => 1,
            Some(b'\r') if self.peek_at(self.at + 1) == Some(b'\n') => 2,
            _ => 0,
        };
        self.at += length;
        length > 0
    }

    /// Steps over a comment that ends with its line, where one stands here; one that ends elsewhere is not plain.
    fn skip_comment(&mut self) -> Option<()> {
        let next = self.peek_at(self.at + 1);
        match self.peek() {
            Some(b'#') => {}
            Some(b'/') if next == Some(b'/') => {}
            Some(b'/') => return None,
            _ => return Some(()),
        }
        self.skip_while(|byte| !matches!(byte, b'\n' | b'\r'));
        Some(())
    }

    /// Steps over blanks, comments and ends of lines.
    pub(super) fn skip_space(&mut self) -> Option<()> {
        loop {
            self.skip_blanks();
            self.skip_comment()?;
            if !self.take_line_end() {
                return Some(());
            }
        }
    }

    /// Steps to the next line, where nothing but a comment stands on this one.
    pub(super) fn skip_rest_of_line(&mut self) -> Option<()> {
        self.skip_blanks();
        self.skip_comment()?;
        (self.take_line_end() || self.is_at_end()).then_some(())
    }

    pub(super) fn is_at_name(&self) -> bool {
        self.peek().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
    }

    /// A name of ASCII letters; one with others is not plain.
    pub(super) fn take_name(&mut self) -> Option<Spanned<&'s str>> {
        let start = self.at;
        if !self.is_at_name() {
            return None;
        }
        self.skip_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        if self.peek().is_some_and(|byte| !byte.is_ascii()) {
            return None;
        }
        Some(Spanned { value: self.taken(start)?, span: self.span_from(start) })
    }

    /// A whole number of few digits, behind which a number or a name ends.
    pub(super) fn take_count(&mut self) -> Option<u64> {
        let start = self.at;
        self.skip_while(|byte| byte.is_ascii_digit());
        let digits = self.taken(start)?;
        let has_zero_before = digits.len() > 1 && digits.starts_with('0');
        let goes_on = self.peek().is_some_and(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_') || !byte.is_ascii()
        });
        if digits.len() > MAX_DIGITS || has_zero_before || goes_on {
            return None;
        }
        digits.parse().ok()
    }

    /// The text of a key of printable ASCII between quotes, without escapes.
    pub(super) fn take_key(&mut self) -> Option<&'s str> {
        self.take(b'"').then_some(())?;
        let start = self.at;
        self.skip_while(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\' | b'$' | b'%'));
        let key = self.taken(start)?;
        self.take(b'"').then_some(key)
    }

    /// The text up to a quote or an interpolation.
    pub(super) fn take_text(&mut self) -> Option<Cow<'s, str>> {
        let mut text = Cow::Borrowed("");
        loop {
            let start = self.at;
            self.skip_while(|byte| !matches!(byte, b'"' | b'\\' | b'$' | b'%' | b'\n' | b'\r'));
            let run = self.taken(start)?;
            let (known, length) = match (self.peek()?, self.peek_at(self.at + 1)) {
                (b'"', _) => ("", 0),
                (b'$', Some(b'{')) => ("", 0),
                (b'$', Some(b'$')) if self.peek_at(self.at + 2) == Some(b'{') => ("${", 3),
                (b'%', Some(b'%')) if self.peek_at(self.at + 2) == Some(b'{') => ("%{", 3),
                (b'$', Some(_)) => ("$", 1),
                (b'%', Some(b'{')) => return None,
                (b'%', Some(_)) => ("%", 1),
                (b'\\', Some(b'n')) => ("\n", 2),
                (b'\\', Some(b't')) => ("\t", 2),
                (b'\\', Some(b'\\')) => ("\\", 2),
                (b'\\', Some(b'"')) => ("\"", 2),
                _ => return None,
            };
            self.at += length;
            if length == 0 && text.is_empty() {
                return Some(Cow::Borrowed(run));
            }
            text.to_mut().push_str(run);
            text.to_mut().push_str(known);
            if length == 0 {
                return Some(text);
            }
        }
    }
}
