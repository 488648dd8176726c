//! AWS's actions: what each does, to what, and under which condition keys.
//!
//! Reads the embedded table and returns services, each when it is first asked for. The first character of a row gives its
//! kind: `=` begins a service, `:` is the ARN format of a type of resource, `?` a condition key with its type, and
//! anything else an action with its levels, its types and its keys (base 36, counting the rows before).

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use super::table::{CatalogSource, EmbeddedTable};

const TABLE: EmbeddedTable = EmbeddedTable(include_bytes!("../../rules/catalog/aws-actions.table"));

/// How far an action reaches, as AWS sorts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AccessLevel {
    /// Names things.
    List,
    /// Shows what is in them.
    Read,
    /// Changes tags.
    Tagging,
    /// Changes things.
    Write,
    /// Changes who may do what.
    Permissions,
}

/// One service: what stands before the colon of its actions.
#[derive(Clone, Debug)]
pub struct Service {
    /// Such as `s3`.
    pub prefix: &'static str,
    /// Its actions, by name in lower case.
    pub actions: Vec<CatalogAction>,
    /// The places of its actions, those first that reach furthest, once somebody has asked.
    by_reach: OnceLock<Vec<usize>>,
    /// The same actions with their full names, in order, once somebody has asked.
    full_actions: OnceLock<Vec<FullAction>>,
    /// The same by what they act on, once somebody has asked.
    by_format: OnceLock<Vec<FormatActions>>,
    formats: Vec<&'static str>,
    keys: Vec<ConditionKey>,
}

/// A condition key, with the type of its values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConditionKey {
    /// Such as `s3:prefix`, or `aws:RequestTag/${TagKey}`.
    pub name: &'static str,
    /// Such as `String` or `ArrayOfString`.
    pub kind: &'static str,
}

/// One action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CatalogAction {
    /// As AWS writes it, without its service.
    pub name: &'static str,
    levels: &'static str,
    types: &'static str,
    keys: &'static str,
}

/// An action with its service, in the order of how far it reaches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FullAction {
    order: SeverityOrder,
    /// Such as `s3:GetObject`.
    pub(super) name: String,
    /// What it acts on, by the places of the service's formats; empty where it can't be limited to a resource.
    pub(super) formats: Vec<usize>,
}

/// The actions that act on one format of ARNs, those first that reach furthest.
#[derive(Clone, Debug)]
pub(super) struct FormatActions {
    /// `None` for those that can't be limited to a resource.
    pub(super) format: Option<&'static str>,
    pub(super) actions: Vec<&'static FullAction>,
    /// Their names.
    pub(super) names: Vec<&'static str>,
}

impl FormatActions {
    /// Sorts the actions.
    pub(super) fn new(format: Option<&'static str>, mut actions: Vec<&'static FullAction>) -> Self {
        actions.sort();
        let names = actions.iter().map(|action| action.name.as_str()).collect();
        Self { format, actions, names }
    }
}

/// Where the table comes from.
pub fn read_source() -> Option<CatalogSource> {
    TABLE.read_source()
}

/// The service of that prefix, in any case.
pub fn find_service(prefix: &str) -> Option<&'static Service> {
    let rows = service_rows();
    let block = rows.get(prefix).or_else(|| rows.get(prefix.to_ascii_lowercase().as_str()))?;
    Some(block.service.get_or_init(|| read_service(block)))
}

/// The rows of a service, read.
fn read_service(block: &ServiceRows) -> Service {
    let mut service = Service {
        prefix: block.prefix,
        actions: Vec::new(),
        by_reach: OnceLock::new(),
        full_actions: OnceLock::new(),
        by_format: OnceLock::new(),
        formats: Vec::new(),
        keys: Vec::new(),
    };
    for row in block.rows.lines() {
        if let Some(format) = row.strip_prefix(':') {
            service.formats.push(format);
        } else if let Some((name, kind)) = row.strip_prefix('?').and_then(|key| key.rsplit_once(' ')) {
            service.keys.push(ConditionKey { name, kind });
        } else {
            let mut words = row.split(' ');
            let mut word = || words.next().unwrap_or_default();
            service.actions.push(CatalogAction { levels: word(), name: word(), types: word(), keys: word() });
        }
    }
    service
}

/// The prefixes of all services, in order.
pub fn list_prefixes() -> &'static [&'static str] {
    static PREFIXES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let mut prefixes: Vec<&str> = service_rows().keys().copied().collect();
        prefixes.sort_unstable();
        prefixes
    });
    &PREFIXES
}

impl Service {
    /// The action of that name, in any case.
    pub fn find_action(&self, name: &str) -> Option<&CatalogAction> {
        let at = self.actions.binary_search_by(|action| lower(action.name).cmp(lower(name))).ok()?;
        self.actions.get(at)
    }

    /// Its actions whose names begin with a text, in any case.
    pub(super) fn actions_from(&self, begin: &str) -> impl Iterator<Item = &CatalogAction> {
        let is_before = |action: &CatalogAction| lower(action.name).lt(lower(begin));
        let start = self.actions.partition_point(is_before);
        let has_begin = move |action: &&CatalogAction| lower(action.name).take(begin.len()).eq(lower(begin));
        self.actions.get(start..).unwrap_or_default().iter().take_while(has_begin)
    }

    /// Its actions, those first that reach furthest.
    pub fn by_reach(&self) -> impl Iterator<Item = &CatalogAction> {
        let order = self.by_reach.get_or_init(|| {
            let mut places: Vec<usize> = (0..self.actions.len()).collect();
            places.sort_by_key(|at| self.actions.get(*at).map(severity_order));
            places
        });
        order.iter().filter_map(|at| self.actions.get(*at))
    }

    /// Its actions by what they act on; those that can't be limited to a resource come last.
    pub(super) fn by_format(&'static self) -> &'static [FormatActions] {
        self.by_format.get_or_init(|| {
            let list = |is_of: &dyn Fn(&FullAction) -> bool| {
                self.full_actions().iter().filter(|action| is_of(action)).collect::<Vec<_>>()
            };
            let of_format = |(at, format): (usize, &&'static str)| {
                FormatActions::new(Some(format), list(&|action| action.formats.contains(&at)))
            };
            let unlimited = FormatActions::new(None, list(&|action| action.formats.is_empty()));
            self.formats.iter().enumerate().map(of_format).chain([unlimited]).collect()
        })
    }

    /// Its actions with their full names, those first that reach furthest.
    fn full_actions(&self) -> &[FullAction] {
        self.full_actions.get_or_init(|| {
            let full = |action: &CatalogAction| FullAction {
                order: severity_order(action),
                name: format!("{}:{}", self.prefix, action.name),
                formats: read_numbers(action.types).filter(|at| *at < self.formats.len()).collect(),
            };
            let mut actions: Vec<FullAction> = self.actions.iter().map(full).collect();
            actions.sort();
            actions
        })
    }

    /// The ARN formats of what an action acts on; empty where it can't be limited to a resource.
    pub fn find_formats(&self, action: &CatalogAction) -> Vec<&'static str> {
        read_numbers(action.types).filter_map(|at| self.formats.get(at).copied()).collect()
    }

    /// The condition keys that an action knows beside those that every request has.
    pub fn find_keys(&self, action: &CatalogAction) -> Vec<ConditionKey> {
        read_numbers(action.keys).filter_map(|at| self.keys.get(at).copied()).collect()
    }

    /// Whether a key is true or false.
    pub fn is_truth(&self, key: &str) -> bool {
        self.keys.iter().any(|known| known.kind == "Bool" && known.name.eq_ignore_ascii_case(key))
    }

    /// All ARN formats of the service.
    pub fn all_formats(&self) -> &[&'static str] {
        &self.formats
    }
}

impl CatalogAction {
    /// How far it reaches; a few actions stand on two levels.
    pub fn levels(&self) -> impl Iterator<Item = AccessLevel> {
        let level = |letter| match letter {
            'L' => Some(AccessLevel::List),
            'R' => Some(AccessLevel::Read),
            'T' => Some(AccessLevel::Tagging),
            'W' => Some(AccessLevel::Write),
            'P' => Some(AccessLevel::Permissions),
            _ => None,
        };
        self.levels.chars().filter_map(level)
    }
}

/// The order of actions by name, which is blind to case.
fn lower(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().map(|byte| byte.to_ascii_lowercase())
}

fn read_numbers(list: &str) -> impl Iterator<Item = usize> {
    list.split(',').filter_map(|number| usize::from_str_radix(number, 36).ok())
}

/// The rows of one service, read when it is asked for.
struct ServiceRows {
    prefix: &'static str,
    rows: &'static str,
    service: OnceLock<Service>,
}

/// The rows of each service, by its prefix.
fn service_rows() -> &'static HashMap<&'static str, ServiceRows> {
    static ROWS: OnceLock<String> = OnceLock::new();
    static BLOCKS: OnceLock<HashMap<&'static str, ServiceRows>> = OnceLock::new();
    BLOCKS.get_or_init(|| {
        let rows = ROWS.get_or_init(|| TABLE.read_rows().unwrap_or_default());
        let blocks = rows.strip_prefix('=').into_iter().flat_map(|rows| rows.split("\n="));
        let block = |text: &'static str| {
            let (prefix, rows) = text.split_once('\n').unwrap_or((text, ""));
            (prefix, ServiceRows { prefix, rows, service: OnceLock::new() })
        };
        blocks.map(block).collect()
    })
}

/// Levels from the furthest, then lengths of names.
type SeverityOrder = (Reverse<Option<AccessLevel>>, usize);

/// Sorts what reaches furthest to the front, and of that the plainest.
fn severity_order(action: &CatalogAction) -> SeverityOrder {
    (Reverse(action.levels().max()), action.name.len())
}
