//! Signatures beside the files of a manifest: `SEC-1.lee.sig` is that of `lee` below `SEC-1.hcl`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::source::{SignatureFile, Source};

/// A signature, and whose its name says it is.
#[derive(Debug)]
pub(in crate::manifest) struct RawSignature {
    pub(in crate::manifest) file: String,
    pub(in crate::manifest) person: String,
    pub(in crate::manifest) bytes: Vec<u8>,
}

/// Finds the source that each signature stands beside. Returns them by the name of the source, and those of none.
pub(in crate::manifest) fn pair_signatures(
    sources: &[Source],
    signatures: Vec<SignatureFile>,
) -> (BTreeMap<String, Vec<RawSignature>>, Vec<String>) {
    if signatures.is_empty() {
        return (BTreeMap::new(), Vec::new());
    }
    let by_stem: BTreeMap<PathBuf, &Source> =
        sources.iter().map(|source| (Path::new(&*source.name).with_extension(""), source)).collect();
    let mut paired: BTreeMap<String, Vec<RawSignature>> = BTreeMap::new();
    let mut stray = Vec::new();
    for SignatureFile { name, bytes } in signatures {
        match find_signed(&by_stem, &name) {
            Some((source, person)) => {
                let signature = RawSignature { file: name, person, bytes };
                paired.entry(source.name.to_string()).or_default().push(signature);
            }
            None => stray.push(name),
        }
    }
    (paired, stray)
}

/// The source with the longest name that the name of a signature begins with, and the person that the rest names.
fn find_signed<'s>(by_stem: &BTreeMap<PathBuf, &'s Source>, name: &str) -> Option<(&'s Source, String)> {
    let path = Path::new(name).with_extension("");
    let file = path.file_name()?.to_str()?;
    let dots = file.rmatch_indices('.').map(|(at, _)| at);
    dots.into_iter().find_map(|at| {
        let (stem, person) = (file.get(..at)?, file.get(at + 1..)?);
        let source = by_stem.get(&path.with_file_name(stem))?;
        Some((*source, person.to_owned()))
    })
}
