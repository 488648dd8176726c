//! Addresses of instances, folded: one text for the instances of a block that differ in one key.
//!
//! Takes addresses and returns texts such as `aws_iam_role.app["a", "b"]`, in the order in which their blocks come first.
//! No key is left out. Addresses that differ in several keys stand each by itself.

use std::collections::HashMap;

use crate::address::split_keys;

/// Folds addresses.
pub(super) fn fold_addresses(addresses: &[&str]) -> Vec<String> {
    let mut blocks: Vec<Vec<&str>> = Vec::new();
    let mut known: HashMap<Vec<&str>, usize> = HashMap::new();
    for address in addresses.iter().copied() {
        let texts = split_keys(address).map_or_else(|| vec![address], |(texts, _)| texts);
        let at = *known.entry(texts).or_insert(blocks.len());
        match blocks.get_mut(at) {
            Some(block) => block.push(address),
            None => blocks.push(vec![address]),
        }
    }
    blocks.iter().flat_map(|block| fold_block(block)).collect()
}

/// Folds the instances of one block.
fn fold_block(instances: &[&str]) -> Vec<String> {
    let split: Option<Vec<_>> = instances.iter().map(|address| split_keys(address)).collect();
    split
        .as_deref()
        .and_then(join_keys)
        .map(|text| vec![text])
        .unwrap_or_else(|| instances.iter().map(ToString::to_string).collect())
}

/// Joins the keys of instances that differ in one of them.
fn join_keys(instances: &[(Vec<&str>, Vec<&str>)]) -> Option<String> {
    let [(texts, first), rest @ ..] = instances else { return None };
    if rest.is_empty() {
        return None;
    }
    let differs = |at: &usize| rest.iter().any(|(_, keys)| keys.get(*at) != first.get(*at));
    let mut places = (0..first.len()).filter(differs);
    let (place, None) = (places.next()?, places.next()) else { return None };
    let bare = |key: &&str| key.strip_prefix('[')?.strip_suffix(']').map(str::to_owned);
    let keys: Option<Vec<String>> =
        instances.iter().map(|(_, keys)| keys.get(place).and_then(bare)).collect();
    let mut text = String::new();
    for (at, part) in texts.iter().enumerate() {
        text.push_str(part);
        match first.get(at) {
            Some(_) if at == place => text.push_str(&format!("[{}]", keys.as_ref()?.join(", "))),
            Some(key) => text.push_str(key),
            None => {}
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::fold_addresses;

    #[test]
    fn instances_of_a_block_are_folded() {
        let cases: [(&[&str], &[&str]); 5] = [
            (&["t.n[\"a\"]", "t.n[\"b\"]"], &["t.n[\"a\", \"b\"]"]),
            (&["t.n[0]", "t.m", "t.n[1]"], &["t.n[0, 1]", "t.m"]),
            (&["module.a[\"x\"].t.n[0]", "module.a[\"y\"].t.n[0]"], &["module.a[\"x\", \"y\"].t.n[0]"]),
            (&["module.a[0].t.n[0]", "module.a[1].t.n[1]"], &["module.a[0].t.n[0]", "module.a[1].t.n[1]"]),
            (&["t.n[\"a]b\"]", "t.n[\"c\\\"]\"]"], &["t.n[\"a]b\", \"c\\\"]\"]"]),
        ];
        for (addresses, expected) in cases {
            assert_eq!(fold_addresses(addresses), expected);
        }
    }
}
