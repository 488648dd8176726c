//! Lines of a stream: bytes to texts, one by one.
//!
//! Takes a stream and returns its lines. A stream may be longer than the memory, so it is never read whole, except for one
//! in UTF-16. An error in one line says nothing about the next: of a line that is too long the rest is passed over.
//! What a line means is for the command that reads it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read as _};
use std::path::Path;

use super::Failure;
use crate::plan::ByteSize;
use crate::plan::decode;

/// Why a line is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineFault {
    /// The bytes are no text.
    NotUtf8,
    /// It has more bytes than were allowed.
    TooLarge(ByteSize),
}

/// One line that is not blank.
pub(super) struct NumberedLine {
    /// From one.
    pub(super) number: usize,
    /// Its text, or why there is none.
    pub(super) text: Result<String, LineFault>,
}

/// The lines of a stream.
pub(super) struct LineReader {
    /// What messages call it.
    name: String,
    source: Box<dyn BufRead>,
    number: usize,
    most: ByteSize,
}

impl LineReader {
    /// Opens a file, or standard input where there is none or it is `-`. `most` is what one line may have.
    pub(super) fn open(path: Option<&Path>, most: ByteSize) -> Result<Self, Failure> {
        let path = path.filter(|path| path.as_os_str() != "-");
        let name = path.map_or_else(|| "standard input".to_owned(), |path| path.display().to_string());
        let failure = |error| Failure::Read { name: name.clone(), error };
        let source: Box<dyn BufRead> = match path {
            Some(path) => Box::new(BufReader::new(File::open(path).map_err(failure)?)),
            None => Box::new(io::stdin().lock()),
        };
        let source = decode_stream(source).map_err(failure)?;
        Ok(Self { name, source, number: 0, most })
    }

    /// What messages call the stream.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Reads the next line that is not blank.
    pub(super) fn read_line(&mut self) -> Result<Option<NumberedLine>, Failure> {
        loop {
            let mut bytes = Vec::new();
            let read = self.read_bytes(&mut bytes);
            let ending = read.map_err(|error| Failure::Read { name: self.name.clone(), error })?;
            if ending == LineEnding::NoLine {
                return Ok(None);
            }
            self.number += 1;
            let text = match ending {
                LineEnding::PassedOver => Err(LineFault::TooLarge(self.most)),
                LineEnding::NoLine | LineEnding::Read => {
                    String::from_utf8(bytes).map_err(|_| LineFault::NotUtf8)
                }
            };
            if text.as_ref().is_ok_and(|text| text.trim().is_empty()) {
                continue;
            }
            return Ok(Some(NumberedLine { number: self.number, text }));
        }
    }

    fn read_bytes(&mut self, bytes: &mut Vec<u8>) -> io::Result<LineEnding> {
        // One byte more for the end of the line itself.
        let most = self.most.bytes().saturating_add(1);
        let count = (&mut self.source).take(most).read_until(b'\n', bytes)?;
        if count == 0 {
            return Ok(LineEnding::NoLine);
        }
        if (count as u64) < most || bytes.ends_with(b"\n") {
            return Ok(LineEnding::Read);
        }
        self.source.skip_until(b'\n')?;
        Ok(LineEnding::PassedOver)
    }
}

/// How the reading of a line ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LineEnding {
    /// The stream holds no more.
    NoLine,
    /// It was read as a whole.
    Read,
    /// It is too long, and what follows is the next line.
    PassedOver,
}

/// Detects the encoding of a stream.
fn decode_stream(mut source: Box<dyn BufRead>) -> io::Result<Box<dyn BufRead>> {
    let start = source.fill_buf()?;
    if start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]) {
        let mut bytes = Vec::new();
        source.take(ByteSize::OF_INPUT.bytes() + 1).read_to_end(&mut bytes)?;
        let text = decode(&bytes, ByteSize::OF_INPUT).map_err(|error| io::Error::other(error.to_string()))?;
        source = Box::new(Cursor::new(text.into_owned().into_bytes()));
    } else if start.starts_with(b"\xEF\xBB\xBF") {
        source.consume(3);
    }
    Ok(source)
}
