//! Lists and sets of places as they are written.

use super::{MaybeText, Templates, Texts};
use crate::manifest::place_names::list_name;
use crate::resolve::place::PlaceWord;
use spanned_hcl::{Block, Decoder, Fields};

/// Lists of places by name, in an approval or a `match`. A reference stands for a set with a name.
#[derive(Debug, Default)]
pub(in crate::manifest) struct RawPlaces {
    pub(in crate::manifest) lists: Vec<(PlaceWord, Templates)>,
}

/// A set of places with a name, such as `accounts "prod"`.
#[derive(Debug)]
pub(in crate::manifest) struct RawPlaceSet {
    pub(in crate::manifest) word: PlaceWord,
    pub(in crate::manifest) name: MaybeText,
    pub(in crate::manifest) ids: Texts,
}

pub(super) fn places(fields: &mut Fields<'_>) -> RawPlaces {
    let list = |word: &PlaceWord| (*word, fields.templates(list_name(*word)));
    RawPlaces { lists: PlaceWord::ALL.iter().map(list).filter(|(_, names)| !names.is_empty()).collect() }
}

/// Every block that gives a set of places a name.
pub(super) fn place_sets(decoder: &Decoder, fields: &mut Fields<'_>) -> Vec<RawPlaceSet> {
    let of_word = |word: &PlaceWord| {
        let blocks = fields.blocks(list_name(*word)).into_iter();
        blocks.map(|block| place_set(decoder, *word, block)).collect::<Vec<_>>()
    };
    PlaceWord::ALL.iter().flat_map(of_word).collect()
}

fn place_set(decoder: &Decoder, word: PlaceWord, block: Block<'_>) -> RawPlaceSet {
    let mut fields = decoder.block(block);
    let set = RawPlaceSet {
        word,
        name: decoder.labels(block, ["name"]).map(|[name]| name),
        ids: fields.required_strings("ids").unwrap_or_default(),
    };
    fields.finish();
    set
}
