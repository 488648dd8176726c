//! Names of principals, actions and resources, as an approval spells them.
//!
//! Takes a name as findings show it, in which `${…}` stands for what is known only after apply, and returns a literal of the
//! manifest: the name itself, references to the objects whose identities stand in it, or its known beginnings with `*`. A name
//! that is not known and has neither an object nor a beginning is not spelled.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::lower::Text;
use crate::manifest::{escape, quote};
use crate::resolve::identity::ObjectReference;

/// How what is not known of names is spelled, the most exact first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// By references to objects: of several that may stand for a part, the one in this place.
    Reference(usize),
    /// By the known beginning of the name.
    Prefix,
}

impl Spelling {
    pub(super) const ALL: [Self; 4] =
        [Self::Reference(0), Self::Reference(1), Self::Reference(2), Self::Prefix];
}

/// The identities of a plan's objects, as names show them.
#[derive(Clone, Debug, Default)]
pub struct SpelledObjects {
    /// By what stands in the first hole of the identity.
    by_hole: BTreeMap<String, Vec<SpelledIdentity>>,
}

/// An identity of an object that is known only after apply.
#[derive(Clone, Debug)]
struct SpelledIdentity {
    text: String,
    reference: String,
}

/// What may stand directly before and after an identity in a longer name.
const BEFORE: &str = "/:#=|";
const AFTER: &str = "/:#|";

/// A name with fewer known characters is no name that a person would approve by its beginning.
const SHORTEST_PREFIX: usize = 2;

/// `${…}`, with what stands in the braces.
#[expect(clippy::unwrap_used, reason = "a constant, which a test compiles")]
static HOLE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"\$\{((?:[^{}"]|"[^"]*")*)\}"#).unwrap());

/// A variable of a cloud, or an escaped symbol, by what stands in its braces.
#[expect(clippy::unwrap_used, reason = "a constant, which a test compiles")]
static VARIABLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:[a-z0-9-]+:[A-Za-z0-9/:._-]+|[*?$])$").unwrap());

/// A part of a name that is not known, with the place of its braces.
struct NameHole<'n> {
    range: Range<usize>,
    inside: &'n str,
}

/// A part of a name that a reference stands for.
struct Referred<'o> {
    range: Range<usize>,
    reference: &'o str,
}

impl SpelledObjects {
    /// Takes identities with all their spellings, those first that say most of an object.
    pub fn new(identities: impl IntoIterator<Item = (ObjectReference, Vec<Text>)>) -> Self {
        let mut by_hole: BTreeMap<String, Vec<SpelledIdentity>> = BTreeMap::new();
        for (reference, spellings) in identities {
            for text in spellings.iter().map(Text::to_string) {
                let Some(first) = find_holes(&text).first().map(|hole| hole.inside.to_owned()) else {
                    continue;
                };
                let reference = reference.to_string();
                by_hole.entry(first).or_default().push(SpelledIdentity { text, reference });
            }
        }
        // The longest identity of an object leaves least of the name to be written beside it.
        for identities in by_hole.values_mut() {
            identities.sort_by(|a, b| (b.text.len(), &a.reference).cmp(&(a.text.len(), &b.reference)));
        }
        Self { by_hole }
    }

    /// Spells a name as a literal of the manifest.
    pub(super) fn spell(&self, name: &str, spelling: Spelling) -> Option<String> {
        let holes = find_holes(name);
        if holes.is_empty() {
            return Some(quote(name));
        }
        let referred = match spelling {
            Spelling::Reference(choice) => self.find_referred(name, &holes, choice),
            Spelling::Prefix => Vec::new(),
        };
        write_name(name, &holes, &referred)
    }

    /// The parts of a name for which references stand: no two overlap.
    fn find_referred(&self, name: &str, holes: &[NameHole<'_>], choice: usize) -> Vec<Referred<'_>> {
        let mut referred: Vec<Referred<'_>> = Vec::new();
        for hole in holes {
            if referred.iter().any(|known| known.range.contains(&hole.range.start)) {
                continue;
            }
            let identities = self.by_hole.get(hole.inside).into_iter().flatten();
            let found: Vec<Referred<'_>> =
                identities.filter_map(|identity| identity.find_in(name, hole)).collect();
            let last = found.len().saturating_sub(1);
            referred.extend(found.into_iter().nth(choice.min(last)));
        }
        referred
    }
}

impl SpelledIdentity {
    /// Where the identity stands in a name around a hole, if no text around it makes a longer name of it.
    fn find_in(&self, name: &str, hole: &NameHole<'_>) -> Option<Referred<'_>> {
        let own = find_holes(&self.text).first()?.range.start;
        let start = hole.range.start.checked_sub(own)?;
        let range = start..start + self.text.len();
        if name.get(range.clone())? != self.text {
            return None;
        }
        let before = name.get(..range.start)?.chars().next_back();
        let after = name.get(range.end..)?.chars().next();
        let is_whole = before.is_none_or(|symbol| BEFORE.contains(symbol))
            && after.is_none_or(|symbol| AFTER.contains(symbol));
        is_whole.then_some(Referred { range, reference: &self.reference })
    }
}

/// Whether a name has a part that is not known.
pub(super) fn is_open(name: &str) -> bool {
    !find_holes(name).is_empty()
}

/// What is not known in a name; variables of the cloud are known.
fn find_holes(name: &str) -> Vec<NameHole<'_>> {
    let found = HOLE.captures_iter(name).filter_map(|hole| {
        let (whole, inside) = (hole.get(0)?, hole.get(1)?.as_str());
        (!VARIABLE.is_match(inside)).then(|| NameHole { range: whole.range(), inside })
    });
    found.collect()
}

/// Writes a name with references, and with `*` for each other hole behind a known beginning of its segment or behind an
/// object of which it is a part, such as the version of a function.
fn write_name(name: &str, holes: &[NameHole<'_>], referred: &[Referred<'_>]) -> Option<String> {
    let mut text = String::from("\"");
    let mut from = 0;
    let mut is_behind_object = false;
    for hole in holes {
        if hole.range.start < from {
            continue;
        }
        if let Some(part) = referred.iter().find(|part| part.range.contains(&hole.range.start)) {
            text.push_str(&escape(name.get(from..part.range.start)?));
            text.push_str(&format!("${{{}}}", part.reference));
            (from, is_behind_object) = (part.range.end, true);
            continue;
        }
        let known = name.get(from..hole.range.start)?;
        let segment = known.rsplit([':', '/']).next().unwrap_or_default();
        let is_part = is_behind_object && segment.is_empty() && !known.is_empty();
        if !is_part && segment.trim_matches(['-', '_', '.']).len() < SHORTEST_PREFIX {
            return None;
        }
        text.push_str(&escape(known));
        text.push('*');
        from = hole.range.end;
    }
    text.push_str(&escape(name.get(from..)?));
    text.push('"');
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::{SpelledObjects, Spelling};
    use crate::lower::Text;
    use crate::resolve::identity::ObjectReference;
    use access_algebra::HoleKind;

    fn objects() -> SpelledObjects {
        let reference = |address: &str, attribute: &str| ObjectReference {
            address: address.to_owned(),
            attribute: attribute.to_owned(),
            steps: Vec::new(),
        };
        let text = |known: &str, hole: &str| {
            let mut text = Text::default();
            text.push_known(known);
            text.push(&Text::hole(HoleKind::Unknown, hole));
            vec![text]
        };
        let generated = "aws_iam_role.r.name:generated";
        SpelledObjects::new([
            (reference("aws_iam_role.r", "name"), text("", generated)),
            (reference("aws_iam_role.r", "arn"), text("arn:aws:iam::1:role/", generated)),
            (reference("aws_s3_bucket.b", "arn"), text("arn:aws:s3:::", "aws_s3_bucket.b.id")),
        ])
    }

    #[test]
    fn a_name_is_spelled_by_the_object_that_it_is_of() {
        let objects = objects();
        let spell = |name: &str| objects.spell(name, Spelling::Reference(0));
        let role = "arn:aws:iam::1:role/${aws_iam_role.r.name:generated}";
        assert_eq!(spell(role).as_deref(), Some("\"${aws_iam_role.r.arn}\""));
        assert_eq!(
            spell("arn:aws:s3:::${aws_s3_bucket.b.id}/in/*").as_deref(),
            Some("\"${aws_s3_bucket.b.arn}/in/*\"")
        );
        // Another choice leaves more of the name as it is written.
        assert_eq!(
            objects.spell(role, Spelling::Reference(1)).as_deref(),
            Some("\"arn:aws:iam::1:role/${aws_iam_role.r.name}\"")
        );
        // A longer name is of another object.
        assert_eq!(spell("arn:aws:s3:::${aws_s3_bucket.b.id}-logs"), None);
    }

    #[test]
    fn a_name_without_an_object_is_spelled_by_its_beginning() {
        let objects = objects();
        let spell = |name: &str| objects.spell(name, Spelling::Prefix);
        assert_eq!(spell("role/app-${random_id.x.hex}").as_deref(), Some("\"role/app-*\""));
        assert_eq!(spell("role/${random_id.x.hex}"), None);
        assert_eq!(spell("home/${aws:username}/*").as_deref(), Some("\"home/$${aws:username}/*\""));
        assert_eq!(
            objects
                .spell("arn:aws:s3:::${aws_s3_bucket.b.id}:${x.y.version}", Spelling::Reference(0))
                .as_deref(),
            Some("\"${aws_s3_bucket.b.arn}:*\"")
        );
    }
}
