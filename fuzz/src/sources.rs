//! Terraform sources, as text.

use countersign::source::Place;
use countersign::sources::{ModuleFiles, Sources};

/// The line between `main.tf` and an override file of one input.
const BETWEEN: &str = "\n--\n";

/// Reads one module and asks for what stands in it. Every place that is returned lies within its file.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (main, overriding) = text.split_once(BETWEEN).unwrap_or((text, ""));
    let name = if main.trim_start().starts_with('{') { "main.tf.json" } else { "main.tf" };
    let files = [(name, main), ("override.tf", overriding)];
    let sources = Sources::read(&[ModuleFiles {
        files: files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).to_vec(),
        ..ModuleFiles::default()
    }]);
    for part in sources.unread() {
        assert_within(&part.place);
    }
    for ephemeral in sources.ephemeral() {
        assert_within(&ephemeral.place);
    }
    for address in addresses(main) {
        for attribute in [None, Some("policy"), Some("statement[0].actions")] {
            if let Some(place) = sources.locate(&address, attribute, &["statement"]) {
                assert_within(&place);
            }
        }
        let _ = sources.argument(&[], &address, "policy", &[]);
        let _ = sources.has_dynamic(&[], &address, "statement");
    }
}

fn assert_within(place: &Place) {
    let span = place.span;
    assert!(
        place.source.text.get(span.start..span.end).is_some(),
        "{span:?} is not in {}",
        place.source.name
    );
}

/// The addresses of what looks like a resource: `resource "TYPE" "NAME"`.
fn addresses(text: &str) -> Vec<String> {
    let quoted = |line: &str| {
        let words: Vec<&str> = line.split('"').collect();
        let [_, kind, _, name, ..] = words.as_slice() else { return None };
        Some(format!("{kind}.{name}"))
    };
    text.lines().filter(|line| line.starts_with("resource ")).filter_map(quoted).collect()
}
