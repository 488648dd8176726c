//! The path of a value in an object, such as `block[0].name`, while somebody goes through the object.
//!
//! One text is lengthened and shortened, because of most values that are passed nobody asks for the path.

use std::fmt::Write as _;

/// A path, and the way back.
#[derive(Debug, Default)]
pub(super) struct ValuePath {
    text: String,
}

impl ValuePath {
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it is that of the object as a whole.
    pub(super) fn is_whole(&self) -> bool {
        self.text.is_empty()
    }

    /// Goes on to a member and returns the way back.
    pub(super) fn push_member(&mut self, name: &str) -> usize {
        let length = self.text.len();
        if length > 0 {
            self.text.push('.');
        }
        self.text.push_str(name);
        length
    }

    /// Goes on to an element and returns the way back.
    pub(super) fn push_element(&mut self, at: usize) -> usize {
        let length = self.text.len();
        // A text in memory takes all that is written to it.
        let _ = write!(self.text, "[{at}]");
        length
    }

    pub(super) fn go_back(&mut self, length: usize) {
        self.text.truncate(length);
    }
}

#[cfg(test)]
mod tests {
    use super::ValuePath;

    #[test]
    fn the_way_back_is_found() {
        let mut path = ValuePath::default();
        let whole = path.push_member("a");
        let list = path.push_element(3);
        let element = path.push_member("b.c");
        assert_eq!(path.as_str(), "a[3].b.c");
        path.go_back(element);
        assert_eq!(path.as_str(), "a[3]");
        path.go_back(list);
        assert_eq!(path.as_str(), "a");
        path.go_back(whole);
        assert!(path.is_whole());
    }
}
