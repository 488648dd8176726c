//! Letters that differ only in case, one character at a time.
//!
//! Takes a character and returns its lower case or all its cases, for folded literals. A folded literal matches every character whose lower case is the literal's; characters whose lower case is several
//! characters keep their own. AWS compares lower cased text, and its own policies are Latin-1.

/// The lower case of a character where that is one character, else the character.
pub(super) fn to_lower(char: char) -> char {
    if char.is_ascii() {
        return char.to_ascii_lowercase();
    }
    let mut letters = char.to_lowercase();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => letter,
        (_, _) => char,
    }
}

/// Adds every character whose lower case this is, that one first.
pub(super) fn push_cases(folded: char, into: &mut Vec<char>) {
    if to_lower(folded) != folded {
        return;
    }
    into.push(folded);
    let mut upper = folded.to_uppercase();
    if let (Some(letter), None) = (upper.next(), upper.next())
        && letter != folded
        && to_lower(letter) == folded
    {
        into.push(letter);
    }
    if folded == 'k' || !folded.is_ascii() {
        into.extend(FURTHER_CASES.iter().filter(|(_, to)| *to == folded).map(|(from, _)| *from));
    }
}

/// Characters that the upper case of their lower case does not lead back to, with that lower case: signs that
/// Unicode keeps apart from the letter they show, and digraphs and Greek letters with a third case.
const FURTHER_CASES: &[(char, char)] = &[
    ('ǅ', 'ǆ'),
    ('ǈ', 'ǉ'),
    ('ǋ', 'ǌ'),
    ('ǲ', 'ǳ'),
    ('ϴ', 'θ'),
    ('ẞ', 'ß'),
    ('ᾈ', 'ᾀ'),
    ('ᾉ', 'ᾁ'),
    ('ᾊ', 'ᾂ'),
    ('ᾋ', 'ᾃ'),
    ('ᾌ', 'ᾄ'),
    ('ᾍ', 'ᾅ'),
    ('ᾎ', 'ᾆ'),
    ('ᾏ', 'ᾇ'),
    ('ᾘ', 'ᾐ'),
    ('ᾙ', 'ᾑ'),
    ('ᾚ', 'ᾒ'),
    ('ᾛ', 'ᾓ'),
    ('ᾜ', 'ᾔ'),
    ('ᾝ', 'ᾕ'),
    ('ᾞ', 'ᾖ'),
    ('ᾟ', 'ᾗ'),
    ('ᾨ', 'ᾠ'),
    ('ᾩ', 'ᾡ'),
    ('ᾪ', 'ᾢ'),
    ('ᾫ', 'ᾣ'),
    ('ᾬ', 'ᾤ'),
    ('ᾭ', 'ᾥ'),
    ('ᾮ', 'ᾦ'),
    ('ᾯ', 'ᾧ'),
    ('ᾼ', 'ᾳ'),
    ('ῌ', 'ῃ'),
    ('ῼ', 'ῳ'),
    ('\u{2126}', 'ω'),
    ('\u{212a}', 'k'),
    ('\u{212b}', 'å'),
];

/// Whether a character has another case.
pub(super) fn has_case(char: char) -> bool {
    if char.is_ascii() {
        return char.is_ascii_alphabetic();
    }
    let mut found = Vec::with_capacity(4);
    push_cases(to_lower(char), &mut found);
    found.len() > 1
}

/// A readable character that is none of these; of a word, where there is one.
pub(super) fn pick_other_than(chars: &[char]) -> char {
    let readable = ('a'..='z').cycle().skip(23).take(26).chain('0'..='9').chain('A'..='Z').chain(['-', '_']);
    readable.chain('\u{e0}'..=char::MAX).find(|char| !chars.contains(char)).unwrap_or('x')
}

#[cfg(test)]
mod tests {
    use super::{push_cases, to_lower};

    #[test]
    fn all_cases_are_listed() {
        let mut missing = Vec::new();
        for char in '\0'..=char::MAX {
            let mut found = Vec::new();
            push_cases(to_lower(char), &mut found);
            if !found.contains(&char) {
                missing.push((char, to_lower(char)));
            }
        }
        assert_eq!(missing, []);
    }
}
