//! AWS's actions by the resources that they are done to.
//!
//! Takes a resource and returns every action that can be done to it, those that reach furthest first. Only the rows of the
//! services that are asked about are read.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::{LazyLock, OnceLock};

use super::actions::{self, FormatActions, FullAction, Service};

/// How many colons come before the part of an ARN that is its service's own.
const COLONS: usize = 5;

/// Which part of an ARN names the service, from zero.
pub(super) const SERVICE_PART: usize = 2;

/// Prefixes up to which the services that they name are looked at one by one. An estimate: each costs as much as its
/// formats of ARNs, and those of all services are found by the part that names the service.
const MAX_PREFIXES: usize = 64;

/// Returns every action that can be done to a resource, those first that reach furthest. Where prefixes are given, such as
/// `s3:`, actions of other services may be left out.
pub(super) fn find_done_to(resource: &str, prefixes: Option<&[&str]>) -> Cow<'static, [&'static str]> {
    match prefixes.filter(|prefixes| prefixes.len() <= MAX_PREFIXES) {
        Some(prefixes) => {
            let services = prefixes.iter().filter_map(|prefix| prefix.strip_suffix(':'));
            select_fitting(resource, services.filter_map(actions::find_service).flat_map(Service::by_format))
        }
        None if resource == "*" => Cow::Borrowed(list_unlimited()),
        None => {
            let named = resource.split(':').nth(SERVICE_PART).filter(|named| !named.is_empty());
            let parts = named.into_iter().chain([""]).filter_map(find_part);
            select_fitting(resource, parts.flat_map(FormatPart::by_format))
        }
    }
}

/// The actions of all services that can't be limited to a resource.
fn list_unlimited() -> &'static [&'static str] {
    static UNLIMITED: LazyLock<Cow<'static, [&'static str]>> =
        LazyLock::new(|| select_fitting("*", list_services().flat_map(Service::by_format)));
    &UNLIMITED
}

/// The actions of those formats that a resource has; most resources have one.
fn select_fitting(
    resource: &str,
    formats: impl Iterator<Item = &'static FormatActions>,
) -> Cow<'static, [&'static str]> {
    let mut fitting = formats.filter(|one| match one.format {
        Some(format) => has_format(resource, format),
        None => resource == "*",
    });
    let Some(first) = fitting.next() else { return Cow::Borrowed(&[]) };
    let Some(second) = fitting.next() else { return Cow::Borrowed(&first.names) };
    let mut all: Vec<&FullAction> =
        [first, second].into_iter().chain(fitting).flat_map(|one| &one.actions).copied().collect();
    all.sort();
    all.dedup();
    all.into_iter().map(|action| action.name.as_str()).collect()
}

/// The formats of ARNs that name one service, or none, in all services.
struct FormatPart {
    /// What they have in the place of the service; empty where they leave it open.
    part: &'static str,
    /// The services with such formats.
    services: Vec<&'static Service>,
    /// Each format with the actions of all services, once somebody has asked.
    by_format: OnceLock<Vec<FormatActions>>,
}

fn find_part(part: &str) -> Option<&'static FormatPart> {
    static PARTS: LazyLock<HashMap<&'static str, FormatPart>> = LazyLock::new(|| {
        let mut parts: HashMap<&'static str, FormatPart> = HashMap::new();
        for service in list_services() {
            for part in service.all_formats().iter().map(|format| find_service_part(format)) {
                let new = || FormatPart { part, services: Vec::new(), by_format: OnceLock::new() };
                let services = &mut parts.entry(part).or_insert_with(new).services;
                if services.last().is_none_or(|last| last.prefix != service.prefix) {
                    services.push(service);
                }
            }
        }
        parts
    });
    PARTS.get(part)
}

impl FormatPart {
    fn by_format(&'static self) -> &'static [FormatActions] {
        self.by_format.get_or_init(|| {
            let mut all: BTreeMap<&'static str, Vec<&'static FullAction>> = BTreeMap::new();
            for list in self.services.iter().flat_map(|service| service.by_format()) {
                if let Some(format) = list.format.filter(|format| find_service_part(format) == self.part) {
                    all.entry(format).or_default().extend(&list.actions);
                }
            }
            all.into_iter().map(|(format, actions)| FormatActions::new(Some(format), actions)).collect()
        })
    }
}

/// What a format has in the place of the service; empty where it leaves that open.
fn find_service_part(format: &'static str) -> &'static str {
    format.split(':').nth(SERVICE_PART).filter(|part| !part.starts_with("${")).unwrap_or_default()
}

fn list_services() -> impl Iterator<Item = &'static Service> {
    actions::list_prefixes().iter().filter_map(|prefix| actions::find_service(prefix))
}

/// Whether a resource is one of a format. Only the last part of several holds a slash.
pub(super) fn has_format(resource: &str, format: &str) -> bool {
    let mut mine = resource.splitn(COLONS + 1, ':');
    let mut theirs = format.splitn(COLONS + 1, ':');
    for at in 0..=COLONS {
        let (Some(mine), Some(theirs)) = (mine.next(), theirs.next()) else { return false };
        let fits = if at == COLONS {
            has_name_format(mine, theirs)
        } else {
            theirs.starts_with("${") || mine == theirs
        };
        if !fits {
            return false;
        }
    }
    true
}

/// Whether a name is one of a format such as `role/${RoleNameWithPath}`.
fn has_name_format(name: &str, format: &str) -> bool {
    let Some((before, rest)) = format.split_once("${") else { return name == format };
    let Some(name) = name.strip_prefix(before) else { return false };
    let rest = rest.split_once('}').map_or("", |(_, rest)| rest);
    if rest.is_empty() {
        return !name.is_empty() && (!before.is_empty() || !name.contains(['/', ':']));
    }
    let next = rest.chars().next().unwrap_or_default();
    let ends = name.match_indices(next).map(|(at, _)| at).take(1);
    ends.filter(|at| *at > 0).any(|at| name.get(at..).is_some_and(|name| continues_format(name, rest)))
}

/// The same behind a part that has been read, where slashes may come.
fn continues_format(name: &str, format: &str) -> bool {
    match format.split_once("${") {
        Some((before, _)) if !before.is_empty() => has_name_format(name, format),
        Some(_) => false,
        None => name == format,
    }
}
