//! Loads rule packs: the texts of their files to [`Rules`].
//!
//! Takes the files of any number of packs, a folder each, and returns the compiled packs or everything that is wrong
//! with any of them: every unknown word, wrong function and missing value with its place, all at once.
//!
//! The packs that are embedded and those of `--rules` go this way, the first when the program is built.

mod data;
mod error;
mod grant;
mod head;
mod local;
mod others;
mod rule;
mod schema;
mod table;
mod template;

use std::collections::BTreeMap;

use spanned_hcl::{Decoder, Document, Place, Problem, Source, Span, Spanned, parse_expressions};

use crate::data_sources::DataSourceTable;
use crate::deferred::Deferred;
use crate::pack::{RulePack, Rules};
use crate::rule::{ActRule, DocumentRule, FactRule, IdentityPattern, Rule, Suspect, UseRule};
use crate::schema::SchemaTable;
use crate::types::TypeTable;
use error::LoadError;
use head::Head;
use local::{ExpansionBudget, Locals};
use table::TableDraft;
use template::Templates;

/// Compiles the packs in these files.
///
/// # Errors
///
/// Everything that is wrong with any pack.
pub fn load(sources: Vec<Source>) -> Result<Rules, Vec<Problem>> {
    let mut folders: BTreeMap<String, Vec<Source>> = BTreeMap::new();
    for source in sources {
        let folder = source.name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        folders.entry(folder).or_default().push(source);
    }
    let mut problems = Vec::new();
    let mut packs = Vec::new();
    for (folder, sources) in &folders {
        packs.extend(read_pack(folder, sources, &mut problems));
    }
    if problems.is_empty() { Ok(Rules { packs }) } else { Err(problems) }
}

/// What the names of a pack's tables end with.
const TABLE_EXTENSION: &str = ".table";

/// One file of a pack.
struct PackFile {
    decoder: Decoder,
    document: Document<'static>,
}

/// What a pack's files hold besides its `pack` block.
#[derive(Default)]
struct PackDraft {
    rules: Vec<Rule>,
    /// Each type of each rule, with the place of its label and the place of the rule in `rules`.
    types: Vec<(String, Place, usize)>,
    facts: Vec<FactRule>,
    documents: Vec<DocumentRule>,
    acts: Vec<ActRule>,
    opens: Vec<ActRule>,
    uses: Vec<UseRule>,
    identity_patterns: Vec<IdentityPattern>,
    suspects: Vec<Suspect>,
}

/// What the blocks of a pack share while they are read.
struct PackReader<'f> {
    head: Head,
    locals: Locals,
    templates: Templates<'f>,
    budget: ExpansionBudget,
}

fn read_pack(folder: &str, sources: &[Source], problems: &mut Vec<Problem>) -> Option<RulePack> {
    let (tables, written): (Vec<&Source>, Vec<&Source>) =
        sources.iter().partition(|source| source.name.ends_with(TABLE_EXTENSION));
    let mut files = Vec::new();
    for source in written {
        match parse_expressions(source) {
            Ok(document) => files.push(PackFile { decoder: Decoder::new(source), document }),
            Err(problem) => problems.push(*problem),
        }
    }
    let mut pack = compile_pack(folder, &files);
    if let Some(pack) = &mut pack {
        read_tables(pack, &tables, problems);
    }
    let found = files.into_iter().flat_map(|file| file.decoder.finish());
    for problem in found {
        // A template is read once a rule that uses it, and says what is wrong with it each time.
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    pack
}

/// Reads the tables of a pack whose rules are read.
fn read_tables(pack: &mut RulePack, sources: &[&Source], problems: &mut Vec<Problem>) {
    let mut types = None;
    for source in sources {
        match source.name.rsplit_once('/').map_or(&*source.name, |(_, name)| name) {
            data::FILE => pack.data_sources = data::read_data_sources(source, problems),
            schema::FILE => pack.schema = schema::read_schema(source, problems),
            table::FILE => types = Some(*source),
            name => {
                let error = LoadError::UnknownTable { name: name.to_owned() };
                problems.push(error.make_problem(source, Span::default()));
            }
        }
    }
    // What hands over an identity is asked of the schema, so the types come last.
    let Some(source) = types else { return };
    let draft = TableDraft::read(source, &pack.prefix, problems);
    draft.check_reasons(source, |type_name| pack.reads_type(type_name), problems);
    pack.listed.file.clone_from(&draft.file);
    pack.types = draft.compile(|type_name| pack.reads_handed_over(type_name));
}

fn compile_pack(folder: &str, files: &[PackFile]) -> Option<RulePack> {
    // The `pack` block comes first, because it says which dialect the other blocks speak.
    let head = head::read_head(folder, files)?;
    let budget = ExpansionBudget::default();
    let locals = local::read_pack_locals(files, &budget);
    let reader = PackReader { head, locals, templates: Templates::read(files), budget };
    let mut draft = PackDraft::default();
    for file in files {
        reader.read_file(file, &mut draft);
    }
    reader.templates.report_unused();
    Some(reader.assemble(draft, files))
}

impl<'f> PackReader<'f> {
    fn read_file(&self, file: &'f PackFile, draft: &mut PackDraft) {
        let decoder = &file.decoder;
        let mut fields = decoder.file(&file.document);
        for known in ["pack", "locals", "template"] {
            fields.blocks(known);
        }
        for block in fields.blocks("rule") {
            draft.push_rule(decoder, self.read_rule(file, block));
        }
        for block in fields.blocks("acts") {
            draft.acts.extend(others::read_reasons(decoder, block).into_iter().flat_map(others::acts));
        }
        for block in fields.blocks("opens") {
            draft.opens.extend(others::read_reasons(decoder, block).into_iter().flat_map(others::acts));
        }
        for block in fields.blocks("uses") {
            draft.uses.extend(self.read_uses(decoder, block).into_iter().flatten());
        }
        for block in fields.blocks("identity_pattern") {
            draft.identity_patterns.extend(self.read_identity_pattern(decoder, block));
        }
        for block in fields.blocks("document") {
            draft.documents.extend(others::read_document(decoder, block));
        }
        for block in fields.blocks("fact") {
            draft.facts.extend(self.read_fact(decoder, block));
        }
        for block in fields.blocks("suspect") {
            draft.suspects.push(others::read_suspect(decoder, block));
        }
        fields.finish();
    }

    /// The pack of everything that was read, with its types indexed.
    fn assemble(self, draft: PackDraft, files: &[PackFile]) -> RulePack {
        let mut exact: BTreeMap<String, usize> = BTreeMap::new();
        let mut patterns: Vec<(String, usize)> = Vec::new();
        let mut places: BTreeMap<String, Place> = BTreeMap::new();
        for (type_name, place, at) in draft.types {
            let Some(file) = files.iter().find(|file| *file.decoder.source() == place.source) else {
                continue;
            };
            if !type_name.starts_with(&self.head.prefix) {
                let prefix = self.head.prefix.clone();
                let error = LoadError::ForeignType { type_name: type_name.clone(), prefix };
                error.report(&file.decoder, place.span);
            }
            if let Some(first) = places.get(&type_name) {
                let error = LoadError::SecondRule { type_name };
                error.report_with(&file.decoder, place.span, first.clone(), "the other one stands here");
                continue;
            }
            if type_name.contains('*') {
                patterns.push((type_name.clone(), at));
            } else {
                exact.insert(type_name.clone(), at);
            }
            places.insert(type_name, place);
        }
        patterns.sort_by(|(a, _), (b, _)| (b.len(), a).cmp(&(a.len(), b)));
        let PackDraft { rules, facts, documents, acts, opens, uses, identity_patterns, suspects, types: _ } =
            draft;
        let Head {
            name,
            sources,
            prefix,
            dialect,
            secrets,
            known_by,
            ordered_blocks,
            built_in_roles,
            harmless,
        } = self.head;
        RulePack {
            name,
            sources,
            prefix,
            dialect,
            known_by,
            ordered_blocks,
            built_in_roles,
            harmless,
            rules: rules.into_iter().map(Deferred::new).collect(),
            exact,
            patterns,
            is_additional: false,
            types: TypeTable::default(),
            schema: SchemaTable::default(),
            data_sources: DataSourceTable::default(),
            listed: rule::make_listed(secrets),
            facts,
            documents,
            acts,
            opens,
            uses,
            identity_patterns,
            suspects,
        }
    }
}

impl PackDraft {
    fn push_rule(&mut self, decoder: &Decoder, rule: Option<(Rule, Vec<Spanned<String>>)>) {
        let Some((rule, types)) = rule else { return };
        for label in types {
            let place = Place { source: decoder.source().clone(), span: label.span };
            self.types.push((label.value, place, self.rules.len()));
        }
        self.rules.push(rule);
    }
}

fn take_values(spanned: Vec<Spanned<String>>) -> Vec<String> {
    spanned.into_iter().map(|text| text.value).collect()
}

/// Where in its file a rule stands, from one.
fn line_of(decoder: &Decoder, span: Span) -> usize {
    decoder.source().position(span.start).line
}
