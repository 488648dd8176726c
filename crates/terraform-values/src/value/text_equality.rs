//! Whether two texts with holes are equal, where that is known.

use super::hole::HoleOrigin;
use super::text::{Text, TextPart};

/// Whether two texts are equal for every filling of the holes (`Some(true)`), for none, or for some (`None`).
pub(crate) fn is_equal_text(one: &Text, other: &Text) -> Option<bool> {
    if let (Some(one), Some(other)) = (one.as_known(), other.as_known()) {
        return Some(one == other);
    }
    let is_fixed = |part: &TextPart| match part {
        TextPart::Literal(_) => true,
        TextPart::Hole(hole) => matches!(hole.origin, HoleOrigin::Attribute { .. }),
    };
    if one == other && one.parts().iter().all(is_fixed) {
        return Some(true);
    }
    let is_excluded = match (one.as_known(), other.as_known()) {
        (Some(known), _) => !other.admits(known),
        (_, Some(known)) => !one.admits(known),
        _ => !is_start(one.prefix(), other.prefix()) || !is_end(one.suffix(), other.suffix()),
    };
    if is_excluded { Some(false) } else { None }
}

fn is_start(one: &str, other: &str) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

fn is_end(one: &str, other: &str) -> bool {
    one.ends_with(other) || other.ends_with(one)
}
