//! `docs/coverage.md` and `docs/coverage/<pack>.md` say what the rule packs read. `UPDATE=1` writes them anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use countersign::rules::{self, GrantKind, LimitRule, Rule, RulePack, TypeClass, TypeListing};
use rule_language::ReadAttributes;

/// The columns of the overview, one a class.
const CLASSES: [TypeClass; 7] = [
    TypeClass::Grant,
    TypeClass::Trust,
    TypeClass::Credential,
    TypeClass::Executor,
    TypeClass::Identity,
    TypeClass::Limit,
    TypeClass::Setting,
];

const OVERVIEW: &str = "\
# Coverage

What `countersign` reads of each provider. This page and those below `coverage/` are written from the rule packs that the program
is built with: `UPDATE=1 cargo test --test it coverage::`.

- **A type that is not listed blocks** (`UNSUPPORTED_TYPE`), whatever it is called, and so does a change of a provider that is not
  listed (`UNSUPPORTED_PROVIDER`), until the process owner declares in the manifest that it gives no access.
- A type with a rule is read attribute by attribute. A type without one that gives access is judged *as a whole*: an approval has to name
  `apply:TYPE` on its address, whatever it is made of. A type that limits others is judged as `remove:TYPE` when it is deleted, forgotten or
  changed (a *setting* also when it is created).
- Identities that are handed over, such as a role for a function, are read by name where a rule or a `uses` block lists the attribute, and of every
  type by value, where a text of the object spells one.
- An attribute that no listed version of the schema has and that speaks of access blocks.
- A data source that the apply reads needs an approval if it acts, or if it is not listed and its name or an argument speaks of acting.

A type may be of several classes, so the columns do not add up.

";

/// What stands before the classes: the words of `rules/README.md`.
const LEGEND: &str = "\
| class | an object of the type |
|---|---|
| grant | gives access |
| trust | says who may become a principal |
| credential | makes or sets a secret or key with which one acts as a principal |
| executor | runs or applies something that the plan does not show |
| identity | hands an existing identity to something that runs |
| limit | restricts others |
| setting | is a limit that always exists, so that a create overwrites it |
| none | does nothing of these |
";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The comments at the top of a pack's table of types, as one paragraph a block.
fn heading(pack: &RulePack) -> String {
    let Ok(text) = fs::read_to_string(root().join(&*pack.types.file)) else { return String::new() };
    let comments = text.lines().take_while(|line| line.starts_with('#') || line.is_empty());
    let lines: Vec<&str> = comments.map(|line| line.trim_start_matches('#').trim()).collect();
    lines.join("\n").trim().to_owned()
}

/// Attributes by path, as a list in code marks.
fn list<'p>(paths: impl Iterator<Item = String> + 'p) -> String {
    let marked: Vec<String> = paths.map(|path| format!("`{path}`")).collect();
    marked.join(", ")
}

fn paths(read: &ReadAttributes) -> String {
    if read.iter().any(Vec::is_empty) {
        return "every attribute".to_owned();
    }
    list(read.iter().map(|path| path.join(".")))
}

/// What a rule reads, a part a kind of grant and one for the limits.
fn read_by_rule(rule: &Rule) -> Vec<String> {
    let mut kinds: BTreeMap<GrantKind, ReadAttributes> = BTreeMap::new();
    let mut reasons = Vec::new();
    for grant in &rule.grants {
        kinds.entry(grant.kind).or_default().add_grant(grant);
        reasons.extend(grant.reason.clone().filter(|_| grant.kind == GrantKind::Opaque));
    }
    let mut parts = Vec::new();
    for (kind, read) in &kinds {
        let of = paths(read);
        parts.push(match kind {
            GrantKind::Opaque if of.is_empty() => format!("as a whole: {}", reasons.join("; ")),
            GrantKind::Opaque => format!("as a whole, by {of}: {}", reasons.join("; ")),
            _ if of.is_empty() => kind.word().to_owned(),
            _ => format!("{}: {of}", kind.word()),
        });
    }
    let limits = rule.limits.iter().map(|LimitRule { name, .. }| name.clone());
    if !rule.limits.is_empty() {
        parts.push(format!("limits: {}", list(limits)));
    }
    parts
}

/// What is read of a type that is not `none`.
fn read_of(pack: &RulePack, type_name: &str, listing: &TypeListing<'_>) -> String {
    let rule = pack.find_type(type_name).map(|(_, rule)| rule).filter(|rule| rule.gives_or_limits());
    let mut parts = rule.map(read_by_rule).unwrap_or_default();
    if rule.is_none() {
        if listing.is_opaque() {
            parts.push(format!("as a whole: {}", listing.reason));
        }
        let limits = [TypeClass::Limit, TypeClass::Setting].into_iter().find(|class| listing.has(*class));
        parts.extend(limits.map(|class| {
            let when = if class == TypeClass::Setting || listing.has(TypeClass::Setting) {
                "creation, loss or change"
            } else {
                "loss or change"
            };
            format!("{when}, as a whole: {}", listing.reason)
        }));
    }
    let handed_over: BTreeSet<&str> = pack.find_handed_over(type_name).collect();
    if listing.has(TypeClass::Identity) && !handed_over.is_empty() {
        parts.push(format!("hands over: {}", list(handed_over.into_iter().map(str::to_owned))));
    }
    parts.join("<br>")
}

fn classes(listing: &TypeListing<'_>) -> String {
    listing.classes.iter().map(|class| class.word()).collect::<Vec<_>>().join(", ")
}

/// The page of one pack.
fn page(pack: &RulePack) -> String {
    let mut text = format!("# Coverage: {}\n\n{}\n\n", pack.name, heading(pack));
    let sources = pack.sources.iter().map(|source| format!("`{source}`")).collect::<Vec<_>>().join(", ");
    if !sources.is_empty() {
        let _ = writeln!(text, "Providers: {sources}.\n");
    }
    if !pack.schema.sources.is_empty() {
        let _ = writeln!(text, "Attributes are known of:\n");
        for source in &pack.schema.sources {
            let _ = writeln!(text, "- {source}");
        }
        let _ = writeln!(text);
    }
    let read: Vec<_> = pack.types.listings().filter(|(_, listing)| !listing.is_none()).collect();
    let none: Vec<_> = pack.types.listings().filter(|(_, listing)| listing.is_none()).collect();
    if !read.is_empty() {
        let _ =
            writeln!(text, "## What is read\n\n{LEGEND}\n| type | classes | what is read |\n|---|---|---|");
        for (type_name, listing) in &read {
            let of = read_of(pack, type_name, listing).replace('|', "\\|");
            let _ = writeln!(text, "| `{type_name}` | {} | {of} |", classes(listing));
        }
        let _ = writeln!(text);
    }
    let known = pack.data_sources.names().count();
    if known > 0 && pack.acts.is_empty() {
        let _ = writeln!(
            text,
            "## Data sources\n\n{known} data sources are known; reading one gives no access.\n"
        );
    }
    if !pack.acts.is_empty() {
        let known = if known > 0 {
            format!("{known} data sources are known, of which these act:\n\n")
        } else {
            String::new()
        };
        let _ = writeln!(text, "## Data sources that act\n");
        text.push_str(&known);
        for act in &pack.acts {
            let _ = writeln!(text, "- `{}` {}", act.type_name, act.reason);
        }
        let _ = writeln!(text);
    }
    if !none.is_empty() {
        let _ = writeln!(text, "## What gives no access\n\nThese {} types pass.\n", none.len());
        let (silent, told): (Vec<_>, Vec<_>) = none.iter().partition(|(_, one)| one.reason.is_empty());
        for (type_name, listing) in told {
            let _ = writeln!(text, "- `{type_name}`: {}", listing.reason);
        }
        let silent = list(silent.iter().map(|(type_name, _)| (*type_name).to_owned()));
        let _ = writeln!(text, "\n{silent}");
    }
    text.trim_end().to_owned() + "\n"
}

/// The table of all packs.
fn overview(packs: &[&RulePack]) -> String {
    let mut text = OVERVIEW.to_owned();
    let words: Vec<&str> = CLASSES.iter().map(|class| class.word()).collect();
    let _ = writeln!(text, "| pack | providers | types | with a rule | {} | none |", words.join(" | "));
    let _ = writeln!(text, "|---|---|{}", "---:|".repeat(CLASSES.len() + 3));
    let mut totals = vec![0; CLASSES.len() + 3];
    for pack in packs {
        let listings: Vec<_> = pack.types.listings().collect();
        let has_rule =
            |type_name: &str| pack.find_type(type_name).is_some_and(|(_, rule)| rule.gives_or_limits());
        let mut counts = vec![listings.len(), listings.iter().filter(|(name, _)| has_rule(name)).count()];
        counts.extend(CLASSES.iter().map(|class| listings.iter().filter(|(_, one)| one.has(*class)).count()));
        counts.push(listings.iter().filter(|(_, one)| one.is_none()).count());
        let providers: Vec<String> = pack.sources.iter().map(|source| format!("`{source}`")).collect();
        let providers = if providers.is_empty() { "several".to_owned() } else { providers.join(", ") };
        let shown: Vec<String> = counts.iter().map(ToString::to_string).collect();
        let _ =
            writeln!(text, "| [{0}](coverage/{0}.md) | {providers} | {1} |", pack.name, shown.join(" | "));
        totals.iter_mut().zip(&counts).for_each(|(total, count)| *total += count);
    }
    let shown: Vec<String> = totals.iter().map(|total| format!("**{total}**")).collect();
    let _ = writeln!(text, "| **all** | | {} |", shown.join(" | "));
    text + "\n" + LEGEND
}

#[test]
fn the_pages_say_what_the_packs_read() {
    let rules = rules::load(Vec::new()).unwrap();
    let mut packs: Vec<&RulePack> = rules.packs().iter().collect();
    packs.sort_by(|a, b| a.name.cmp(&b.name));
    let docs = root().join("docs");
    let mut pages: BTreeMap<PathBuf, String> =
        packs.iter().map(|pack| (docs.join(format!("coverage/{}.md", pack.name)), page(pack))).collect();
    pages.insert(docs.join("coverage.md"), overview(&packs));
    let mut wrong = Vec::new();
    for (path, text) in &pages {
        if crate::is_updating() {
            fs::create_dir_all(docs.join("coverage")).unwrap();
            fs::write(path, text).unwrap();
        } else if fs::read_to_string(path).ok().as_ref() != Some(text) {
            wrong.push(path.display().to_string());
        }
    }
    for entry in fs::read_dir(docs.join("coverage")).unwrap() {
        let path = entry.unwrap().path();
        if !pages.contains_key(&path) {
            wrong.push(format!("{} is of no pack", path.display()));
        }
    }
    assert!(wrong.is_empty(), "these pages are of other packs: {wrong:#?}");
}
