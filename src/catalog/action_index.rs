//! AWS's actions by the resources that they are done to.
//!
//! Takes a resource and returns every action that can be done to it, those that reach furthest first. Only the rows of the
//! services that are asked about are read.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use super::actions::{self, FullAction, Service};

/// How many colons come before the part of an ARN that is its service's own.
const COLONS: usize = 5;

/// Which part of an ARN names the service, from zero.
pub(super) const SERVICE_PART: usize = 2;

/// Returns every action that can be done to a resource, those first that reach furthest. Where prefixes are given, such as
/// `s3:`, actions of other services may be left out.
pub(super) fn find_done_to(resource: &str, prefixes: Option<&[&str]>) -> Vec<&'static str> {
    static UNLIMITED: LazyLock<Vec<&'static str>> = LazyLock::new(|| list_done_to("*", list_services()));
    match prefixes {
        Some(prefixes) => {
            let services = prefixes.iter().filter_map(|prefix| prefix.strip_suffix(':'));
            list_done_to(resource, services.filter_map(actions::find_service))
        }
        None if resource == "*" => UNLIMITED.clone(),
        None => list_done_to(resource, list_services_naming(resource)),
    }
}

/// The services of which a format of ARNs names the service of a resource, or none.
fn list_services_naming(resource: &str) -> impl Iterator<Item = &'static Service> {
    static BY_PART: LazyLock<HashMap<&'static str, BTreeSet<&'static str>>> = LazyLock::new(|| {
        let mut services: HashMap<&'static str, BTreeSet<&'static str>> = HashMap::new();
        for service in list_services() {
            for format in service.all_formats() {
                let part = format.split(':').nth(SERVICE_PART).unwrap_or_default();
                let part = if part.starts_with("${") { "" } else { part };
                services.entry(part).or_default().insert(service.prefix);
            }
        }
        services
    });
    let named = resource.split(':').nth(SERVICE_PART).unwrap_or_default();
    let of = |part: &str| BY_PART.get(part).into_iter().flatten();
    let both: BTreeSet<&'static str> = of(named).chain(of("")).copied().collect();
    both.into_iter().filter_map(actions::find_service)
}

fn list_services() -> impl Iterator<Item = &'static Service> {
    actions::list_prefixes().iter().filter_map(|prefix| actions::find_service(prefix))
}

fn list_done_to(resource: &str, services: impl Iterator<Item = &'static Service>) -> Vec<&'static str> {
    let mut found: Vec<&'static FullAction> = Vec::new();
    for service in services {
        let formats = service.all_formats();
        let fits: Vec<bool> = formats.iter().map(|format| has_format(resource, format)).collect();
        if resource != "*" && !fits.contains(&true) {
            continue;
        }
        found.extend(service.full_actions().iter().filter(|action| match action.formats.as_slice() {
            [] => resource == "*",
            of_action => of_action.iter().any(|at| fits.get(*at) == Some(&true)),
        }));
    }
    found.sort();
    found.into_iter().map(|action| action.name.as_str()).collect()
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
