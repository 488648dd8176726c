//! AWS's actions by the resources that they are done to.
//!
//! Takes a resource and returns every action that can be done to it, those that reach furthest first. The index is made
//! once, when it is first asked: a plan with thousands of findings asks as often.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::actions::{self, SeverityOrder, severity_order};

/// How many colons come before the part of an ARN that is its service's own.
const COLONS: usize = 5;

/// Which part of an ARN names the service, from zero.
pub(super) const SERVICE_PART: usize = 2;

/// All actions, in the order of [`severity_order`] and then of their names.
struct ActionIndex {
    names: Vec<String>,
    /// Those that cannot be limited to a resource, by their place in `names`, for each service.
    unlimited: HashMap<&'static str, Vec<usize>>,
    /// The formats of ARNs, each with the actions that are done to such a resource.
    formats: Vec<(&'static str, Vec<usize>)>,
    /// The formats that name this service, by their place in `formats`.
    by_service: HashMap<&'static str, Vec<usize>>,
    /// The formats that name no service.
    of_any_service: Vec<usize>,
}

/// Returns every action that can be done to a resource, those first that reach furthest. Where prefixes are given, such as
/// `s3:`, actions of other services may be left out.
pub(super) fn find_done_to(resource: &str, prefixes: Option<&[&str]>) -> Vec<&'static str> {
    static INDEX: LazyLock<ActionIndex> = LazyLock::new(ActionIndex::build);
    INDEX.find(resource, prefixes)
}

impl ActionIndex {
    fn build() -> Self {
        let services = actions::list_prefixes().into_iter().filter_map(actions::find_service);
        let mut found: Vec<(SeverityOrder, String, &'static str, Vec<&'static str>)> = Vec::new();
        for service in services {
            found.extend(service.actions.iter().map(|action| {
                let name = format!("{}:{}", service.prefix, action.name);
                (severity_order(action), name, service.prefix, service.find_formats(action))
            }));
        }
        found.sort();
        let mut index = Self {
            names: Vec::with_capacity(found.len()),
            unlimited: HashMap::new(),
            formats: Vec::new(),
            by_service: HashMap::new(),
            of_any_service: Vec::new(),
        };
        let mut places: HashMap<&'static str, usize> = HashMap::new();
        for (at, (_, name, service, formats)) in found.into_iter().enumerate() {
            index.names.push(name);
            if formats.is_empty() {
                index.unlimited.entry(service).or_default().push(at);
            }
            for format in formats {
                let place = *places.entry(format).or_insert_with(|| index.add_format(format));
                index.formats.get_mut(place).into_iter().for_each(|(_, actions)| actions.push(at));
            }
        }
        index
    }

    fn add_format(&mut self, format: &'static str) -> usize {
        let place = self.formats.len();
        self.formats.push((format, Vec::new()));
        match format.split(':').nth(SERVICE_PART).filter(|service| !service.starts_with("${")) {
            Some(service) => self.by_service.entry(service).or_default().push(place),
            None => self.of_any_service.push(place),
        }
        place
    }

    fn find(&self, resource: &str, prefixes: Option<&[&str]>) -> Vec<&str> {
        let of_service =
            resource.split(':').nth(SERVICE_PART).and_then(|service| self.by_service.get(service));
        let places = of_service.into_iter().flatten().chain(&self.of_any_service);
        let formats = places.filter_map(|place| self.formats.get(*place));
        let fitting = formats.filter(|(format, _)| has_format(resource, format));
        let mut found: Vec<usize> = fitting.flat_map(|(_, actions)| actions.iter().copied()).collect();
        if resource == "*" {
            match prefixes {
                None => found.extend(self.unlimited.values().flatten()),
                Some(prefixes) => {
                    let services = prefixes.iter().filter_map(|prefix| prefix.strip_suffix(':'));
                    found.extend(services.filter_map(|service| self.unlimited.get(service)).flatten());
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter_map(|at| self.names.get(at).map(String::as_str)).collect()
    }
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
