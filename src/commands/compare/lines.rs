//! Lines of pairs: bytes to text, text to a pair.
//!
//! Takes a stream and returns its lines one by one. A stream may be longer than the memory, so it is never read whole,
//! except for one in UTF-16. An error in one line says nothing about the next.

use std::borrow::Cow;
use std::io::{self, BufRead, Cursor, Read as _};

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::compare::LineError;
use crate::json::JsonError;
use crate::plan::ByteSize;
use crate::plan::decode;

/// Two documents as they stand in a line. Further members are ignored: they are for whoever wrote them.
#[derive(Deserialize)]
pub(super) struct PairLine<'a> {
    /// JSON text: a text, a number, or null.
    #[serde(borrow, default)]
    pub(super) id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) provider: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) approved: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) planned: Option<&'a RawValue>,
}

impl<'a> PairLine<'a> {
    /// Reads a line. A member that stands twice is an error.
    pub(super) fn read(text: &'a str) -> Result<Self, LineError> {
        let pair: Self = serde_json::from_str(text.trim_ascii_end()).map_err(JsonError::from)?;
        match pair.id.map(RawValue::get) {
            Some(id) if id.starts_with(['{', '[']) => Err(LineError::WrongId),
            _ => Ok(pair),
        }
    }
}

/// One line that is not blank.
pub(super) struct NumberedLine {
    /// From one.
    pub(super) number: usize,
    /// Its text, or why there is none.
    pub(super) text: Result<String, LineError>,
}

/// The lines of a stream.
pub(super) struct LineReader {
    source: Box<dyn BufRead>,
    number: usize,
}

impl LineReader {
    /// Detects the encoding of the stream.
    pub(super) fn new(mut source: Box<dyn BufRead>) -> io::Result<Self> {
        let start = source.fill_buf()?;
        if start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]) {
            let mut bytes = Vec::new();
            source.take(ByteSize::OF_INPUT.bytes() + 1).read_to_end(&mut bytes)?;
            let text =
                decode(&bytes, ByteSize::OF_INPUT).map_err(|error| io::Error::other(error.to_string()))?;
            source = Box::new(Cursor::new(text.into_owned().into_bytes()));
        } else if start.starts_with(b"\xEF\xBB\xBF") {
            source.consume(3);
        }
        Ok(Self { source, number: 0 })
    }

    /// Reads the next line that is not blank.
    pub(super) fn read_line(&mut self) -> io::Result<Option<NumberedLine>> {
        loop {
            let mut bytes = Vec::new();
            let most = ByteSize::OF_INPUT.bytes();
            let count = (&mut self.source).take(most).read_until(b'\n', &mut bytes)?;
            if count == 0 {
                return Ok(None);
            }
            self.number += 1;
            if count as u64 == most && !bytes.ends_with(b"\n") {
                return Err(io::Error::other(format!(
                    "line {} is larger than {}",
                    self.number,
                    ByteSize::OF_INPUT
                )));
            }
            let text = String::from_utf8(bytes).map_err(|_| LineError::NotUtf8);
            if text.as_ref().is_ok_and(|text| text.trim().is_empty()) {
                continue;
            }
            return Ok(Some(NumberedLine { number: self.number, text }));
        }
    }
}
