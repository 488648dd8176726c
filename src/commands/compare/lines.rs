//! Lines of pairs: bytes to text, text to a pair.
//!
//! A stream may be longer than the memory, so it is read line by line; one in UTF-16 has to be read whole. What is wrong
//! with one line says nothing about the next.

use std::borrow::Cow;
use std::io::{self, BufRead, Cursor, Read as _};

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::plan::decode;
use crate::plan::recognise::MAX_BYTES;

/// Two documents as they stand in a line. Further members are for whoever wrote them.
#[derive(Deserialize)]
pub(super) struct Pair<'a> {
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

impl<'a> Pair<'a> {
    /// Reads a line. A member that stands twice is refused.
    pub(super) fn read(text: &'a str) -> Result<Self, String> {
        let pair: Self = serde_json::from_str(text.trim_ascii_end())
            .map_err(|error| crate::json::JsonError::from(error).to_string())?;
        match pair.id.map(RawValue::get) {
            Some(id) if id.starts_with(['{', '[']) => Err("`id` is neither text nor a number".to_owned()),
            _ => Ok(pair),
        }
    }
}

/// One line that is not blank.
pub(super) struct Read {
    /// From one.
    pub(super) number: usize,
    /// Its text, or why there is none.
    pub(super) pair: Result<String, String>,
}

/// The lines of a stream.
pub(super) struct Lines {
    source: Box<dyn BufRead>,
    number: usize,
}

impl Lines {
    /// Looks at how the stream is written.
    pub(super) fn new(mut source: Box<dyn BufRead>) -> io::Result<Self> {
        let start = source.fill_buf()?;
        if start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]) {
            let mut bytes = Vec::new();
            source.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
            let text = decode(&bytes).map_err(|error| io::Error::other(error.to_string()))?;
            source = Box::new(Cursor::new(text.into_owned().into_bytes()));
        } else if start.starts_with(b"\xEF\xBB\xBF") {
            source.consume(3);
        }
        Ok(Self { source, number: 0 })
    }

    /// The next line that is not blank.
    pub(super) fn next(&mut self) -> io::Result<Option<Read>> {
        loop {
            let mut bytes = Vec::new();
            let most = MAX_BYTES as u64;
            let count = (&mut self.source).take(most).read_until(b'\n', &mut bytes)?;
            if count == 0 {
                return Ok(None);
            }
            self.number += 1;
            if count as u64 == most && !bytes.ends_with(b"\n") {
                return Err(io::Error::other(format!("line {} is larger than 256 MiB", self.number)));
            }
            let pair = String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned());
            if pair.as_ref().is_ok_and(|text| text.trim().is_empty()) {
                continue;
            }
            return Ok(Some(Read { number: self.number, pair }));
        }
    }
}
