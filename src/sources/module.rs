//! One module: its files put together as Terraform puts them together.
//!
//! Takes the files of a module and returns what it declares, by address. Override files (`override.tf`,
//! `*_override.tf`) come last, in order of name, and replace argument by argument and kind of nested block by kind of
//! nested block, as Terraform documents it. What can't be read is noted; whether something is absent or only unread
//! follows from the notes.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use hcl_edit::expr::Expression;

use super::body::{self, Argument, Block, Body};
use super::unread::{Lookup, UnreadCause, UnreadPart};
use super::{ModuleFiles, json_syntax};
use crate::source::{Place, Source, Span};

/// What a module declares.
#[derive(Debug, Default)]
pub(super) struct Module {
    /// The folder, as the plan names it; a slash follows unless it is the root's.
    pub(super) folder: String,
    /// Whether Terraform fetched it from elsewhere, so that its files are not the user's own.
    pub(super) is_downloaded: bool,
    /// Its first file in native syntax, by which the folder is known again.
    pub(super) first_file: Option<Arc<Source>>,
    /// Its files, in the order in which they are read.
    pub(super) files: Vec<Arc<Source>>,
    /// Key: `TYPE.NAME`, `data.TYPE.NAME`, `module.NAME`, `output.NAME` and so on.
    pub(super) blocks: HashMap<String, Declaration<Block>>,
    /// Key: the name of a local value.
    pub(super) locals: HashMap<String, Declaration<Argument>>,
    /// Blocks without a name of their own, such as `removed`.
    pub(super) nameless: Vec<Block>,
    /// What could not be read, in order of files and places.
    pub(super) unread: Vec<UnreadPart>,
    /// The first unread part that may declare what is not found.
    unread_declaration: Option<UnreadPart>,
    /// The first unread part that may override what is found.
    unread_override: Option<UnreadPart>,
}

/// Something that may be declared once.
#[derive(Debug)]
pub(super) enum Declaration<T> {
    Once(T),
    /// What stands there can't be taken for what Terraform reads.
    Unclear(UnreadPart),
}

impl Declaration<Block> {
    /// Where it stands.
    pub(super) fn place(&self) -> Place {
        match self {
            Self::Once(block) => block.place(),
            Self::Unclear(part) => part.place.clone(),
        }
    }
}

/// The syntax that a file's name announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Syntax {
    Native,
    Json,
}

/// Whether a file declares or overrides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum FileRole {
    Declares,
    Overrides,
}

impl Module {
    /// Reads the files of a module.
    pub(super) fn read(files: &ModuleFiles) -> Self {
        let folder = folder_prefix(&files.folder);
        let is_downloaded = is_downloaded(&folder, &files.origin);
        let mut module = Self { folder, is_downloaded, ..Self::default() };
        let names: HashSet<&str> = files.files.iter().map(|(name, _)| name.as_str()).collect();
        let mut order: Vec<&(String, Vec<u8>)> = files.files.iter().collect();
        order.sort_by(|(a, _), (b, _)| (find_role(a), a).cmp(&(find_role(b), b)));
        for (name, bytes) in order {
            if !is_ignored(name) {
                module.add_file(name, bytes, &names);
            }
        }
        if files.files.is_empty() {
            // Terraform keeps the files of every module, so these were lost.
            let source = Source::new(&module.folder, "");
            let place = Place { source, span: Span::default() };
            module.note_unread(UnreadPart { place, cause: UnreadCause::NoFiles }, FileRole::Overrides);
        }
        module
    }

    fn add_file(&mut self, name: &str, bytes: &[u8], names: &HashSet<&str>) {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes);
        let source = Arc::new(Source::new(&format!("{}{name}", self.folder), text.unwrap_or_default()));
        self.files.push(Arc::clone(&source));
        let role = find_role(name);
        let unread = |cause| Body {
            unread: Some(UnreadPart {
                place: Place { source: (*source).clone(), span: Span::default() },
                cause,
            }),
            ..Body::default()
        };
        let body = match (find_syntax(name), text) {
            (None, _) => unread(UnreadCause::FileKind),
            (_, Err(_)) => unread(UnreadCause::NotText),
            _ if is_shadowed(name, names) => unread(UnreadCause::Shadowed),
            (Some(Syntax::Native), Ok(_)) => {
                self.first_file.get_or_insert_with(|| Arc::clone(&source));
                body::read(&source)
            }
            (Some(Syntax::Json), Ok(_)) => json_syntax::read(&source),
        };
        self.note_gap(&body, role);
        note_unread(&body, &mut self.unread);
        for block in body.blocks {
            self.add_block(block, role);
        }
        for argument in body.arguments {
            // No argument stands at the top level of a configuration.
            self.unread.push(UnreadPart { place: argument.place(), cause: UnreadCause::Syntax });
        }
    }

    /// Notes that something of the module is not read.
    fn note_unread(&mut self, part: UnreadPart, role: FileRole) {
        self.note_gap(&Body { unread: Some(part.clone()), ..Body::default() }, role);
        self.unread.push(part);
    }

    /// Notes that a body may declare more than was read.
    fn note_gap(&mut self, body: &Body, role: FileRole) {
        let Some(part) = &body.unread else { return };
        self.unread_declaration.get_or_insert_with(|| part.clone());
        if role == FileRole::Overrides {
            self.unread_override.get_or_insert_with(|| part.clone());
        }
    }

    fn add_block(&mut self, block: Block, role: FileRole) {
        if block.kind == "locals" {
            self.note_gap(&block.body, role);
            for argument in block.body.arguments {
                declare(&mut self.locals, argument.name.clone(), argument, role, |old, new| *old = new);
            }
            return;
        }
        match find_address(&block) {
            BlockAddress::Of(address) => declare(&mut self.blocks, address, block, role, override_block),
            BlockAddress::None => self.nameless.push(block),
            BlockAddress::Unknown => {
                self.note_unread(UnreadPart { place: block.place(), cause: UnreadCause::BlockKind }, role);
            }
        }
    }

    /// The first part of the module that may declare more than was read.
    pub(super) fn first_gap(&self) -> Option<&UnreadPart> {
        self.unread_override.as_ref().or(self.unread_declaration.as_ref())
    }

    /// Whether an override file may say more than was read.
    pub(super) fn has_unread_override(&self) -> bool {
        self.unread_override.is_some()
    }

    /// What a map of declarations says of a name.
    pub(super) fn find<'m, T>(
        &'m self,
        declarations: &'m HashMap<String, Declaration<T>>,
        name: &str,
    ) -> Lookup<&'m T> {
        if let Some(part) = &self.unread_override {
            return Lookup::Unreadable(part.clone());
        }
        match (declarations.get(name), &self.unread_declaration) {
            (Some(Declaration::Once(found)), _) => Lookup::Written(found),
            (Some(Declaration::Unclear(part)), _) => Lookup::Unreadable(part.clone()),
            (None, Some(part)) => Lookup::Unreadable(part.clone()),
            (None, None) => Lookup::Absent,
        }
    }
}

/// Collects what could not be read of a body and of the blocks in it. What ends a file early ends each block that is
/// open there, and is noted once.
fn note_unread(body: &Body, into: &mut Vec<UnreadPart>) {
    for block in &body.blocks {
        note_unread(&block.body, into);
    }
    into.extend(body.unread.clone().filter(|part| into.last() != Some(part)));
}

/// The address of a block in its module.
enum BlockAddress {
    Of(String),
    /// Blocks of its kind have none.
    None,
    /// No block of this kind, or none with so many labels, is known.
    Unknown,
}

fn find_address(block: &Block) -> BlockAddress {
    let kind = block.kind.as_str();
    BlockAddress::Of(match (kind, block.labels.as_slice()) {
        ("resource", [type_name, name]) => format!("{type_name}.{name}"),
        ("data" | "ephemeral" | "action" | "list", [type_name, name]) => format!("{kind}.{type_name}.{name}"),
        ("module" | "output" | "check", [name]) => format!("{kind}.{name}"),
        ("variable", [name]) => format!("var.{name}"),
        ("provider", [name]) => provider_address(name, block),
        ("terraform" | "moved" | "removed" | "import", []) => return BlockAddress::None,
        _ => return BlockAddress::Unknown,
    })
}

/// `provider.NAME`, and the alias where there is one. Terraform takes only a literal alias.
fn provider_address(name: &str, block: &Block) -> String {
    let alias = block.body.arguments.iter().find(|argument| argument.name == "alias");
    match alias.map(|alias| alias.expression().ok().and_then(Expression::as_str)) {
        None => format!("provider.{name}"),
        Some(alias) => format!("provider.{name}.{}", alias.unwrap_or("?")),
    }
}

fn declare<T: Placed>(
    known: &mut HashMap<String, Declaration<T>>,
    name: String,
    new: T,
    role: FileRole,
    replace: impl FnOnce(&mut T, T),
) {
    let unclear = |cause| Declaration::Unclear(UnreadPart { place: new.place(), cause });
    match (known.entry(name), role) {
        (Entry::Vacant(entry), FileRole::Declares) => {
            entry.insert(Declaration::Once(new));
        }
        (Entry::Vacant(entry), FileRole::Overrides) => {
            entry.insert(unclear(UnreadCause::OverridesNothing));
        }
        (Entry::Occupied(mut entry), FileRole::Declares) => {
            entry.insert(unclear(UnreadCause::DeclaredTwice));
        }
        (Entry::Occupied(mut entry), FileRole::Overrides) => match (entry.get_mut(), new.unread()) {
            (Declaration::Unclear(_), _) => {}
            (Declaration::Once(_), Some(part)) => {
                entry.insert(Declaration::Unclear(part));
            }
            (Declaration::Once(old), None) => replace(old, new),
        },
    }
}

/// Something that has a place and may be read in part.
trait Placed {
    fn place(&self) -> Place;
    fn unread(&self) -> Option<UnreadPart>;
}

impl Placed for Block {
    fn place(&self) -> Place {
        self.place()
    }

    fn unread(&self) -> Option<UnreadPart> {
        self.body.unread.clone()
    }
}

impl Placed for Argument {
    fn place(&self) -> Place {
        self.place()
    }

    fn unread(&self) -> Option<UnreadPart> {
        None
    }
}

/// Puts an overriding block over the one that it overrides: its arguments replace those of the same name, and its nested
/// blocks all of the same kind, made or written. Terraform merges `lifecycle` argument by argument.
fn override_block(old: &mut Block, new: Block) {
    for argument in new.body.arguments {
        old.body.arguments.retain(|known| known.name != argument.name);
        old.body.arguments.push(argument);
    }
    let kinds: Vec<String> = new.body.blocks.iter().map(|block| block.makes().to_owned()).collect();
    let (merged, replaced): (Vec<_>, Vec<_>) =
        new.body.blocks.into_iter().partition(|block| block.kind == "lifecycle");
    old.body
        .blocks
        .retain(|known| known.kind == "lifecycle" || !kinds.iter().any(|kind| kind == known.makes()));
    old.body.blocks.extend(replaced);
    for lifecycle in merged {
        match old.body.blocks.iter_mut().find(|known| known.kind == "lifecycle") {
            Some(known) => override_block(known, lifecycle),
            None => old.body.blocks.push(lifecycle),
        }
    }
}

/// A folder as a prefix of file names.
fn folder_prefix(folder: &str) -> String {
    let folder = folder.trim_end_matches('/');
    match folder.strip_prefix("./").unwrap_or(folder) {
        "" | "." => String::new(),
        folder => format!("{folder}/"),
    }
}

/// The folder into which Terraform downloads modules, unless `TF_DATA_DIR` names another.
const DOWNLOADS: &str = ".terraform/";

/// Whether a module was fetched. What is called by a relative path lies where the user has it.
fn is_downloaded(folder: &str, origin: &str) -> bool {
    let is_local = origin.is_empty() || origin.starts_with("./") || origin.starts_with("../");
    !is_local || folder.starts_with(DOWNLOADS) || folder.contains(&format!("/{DOWNLOADS}"))
}

const EXTENSIONS: [(&str, Syntax); 4] = [
    (".tf.json", Syntax::Json),
    (".tofu.json", Syntax::Json),
    (".tf", Syntax::Native),
    (".tofu", Syntax::Native),
];

fn split_extension(name: &str) -> Option<(&str, &str, Syntax)> {
    EXTENSIONS.iter().find_map(|(extension, syntax)| {
        let stem = name.strip_suffix(extension)?;
        Some((stem, *extension, *syntax))
    })
}

fn find_syntax(name: &str) -> Option<Syntax> {
    split_extension(name).map(|(_, _, syntax)| syntax)
}

fn find_role(name: &str) -> FileRole {
    let stem = split_extension(name).map_or(name, |(stem, _, _)| stem);
    if stem == "override" || stem.ends_with("_override") { FileRole::Overrides } else { FileRole::Declares }
}

/// Whether Terraform passes the file over, as it does with what editors leave behind.
fn is_ignored(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'))
}

/// Whether a `.tf` and a `.tofu` file of the same name are there. A plan holds both of them only if somebody else than
/// Terraform or OpenTofu put it together.
fn is_shadowed(name: &str, names: &HashSet<&str>) -> bool {
    let Some((stem, extension, _)) = split_extension(name) else { return false };
    let twin = match extension {
        ".tf" => ".tofu",
        ".tofu" => ".tf",
        ".tf.json" => ".tofu.json",
        _ => ".tf.json",
    };
    names.contains(&*format!("{stem}{twin}"))
}
