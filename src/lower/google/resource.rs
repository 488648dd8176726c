//! What a full resource name covers.
//!
//! <https://cloud.google.com/iam/docs/full-resource-names>. A name covers itself and what lies below it. A project,
//! folder or organization moreover covers every name that carries it right after the service
//! (`//pubsub.googleapis.com/projects/P/topics/T`). What a name does not carry is said by facts, which
//! [`with_facts`] works into the words of both sides before they are lowered:
//!
//! | fact | value |
//! |---|---|
//! | `google.parent@projects/P`, `google.parent@folders/F` | `folders/F` or `organizations/O` |
//! | `google.project@//storage.googleapis.com/B` | `P`, for names without a project |
//! | `google.number@projects/P` | the project's number |

use std::collections::BTreeMap;

use crate::lower::{Lowered, Side, Terms, Text, TextPart, spelling};
use crate::reason::{Reason, ScopeMembers};
use access_algebra::{Pattern, Strings, Token};

const MANAGER: &str = "//cloudresourcemanager.googleapis.com/";

/// What the resources cover; everything where none is named.
pub(super) fn match_resources(side: Side, resources: &[Text], lowered: &mut Lowered) -> Strings {
    if resources.is_empty() || resources.iter().any(spelling::is_star) {
        return Strings::any();
    }
    let mut include = Vec::new();
    for resource in resources {
        let name = to_full_name(resource);
        if has_dot_segment(&name) {
            spelling::add_doubt(lowered, Reason::UnreadableValue { value: name.to_string() });
        }
        if let Some(container) = as_container(side, &name) {
            if side == Side::Approved && !starts_with(&container, "projects/") {
                let scope = container.to_string();
                let members = ScopeMembers::GoogleProjects;
                spelling::add_missing_fact(lowered, Reason::MembersUnknown { scope, members });
            }
            include.extend(match_inside(side, &container));
        } else {
            include.extend(spelling::match_at_and_below(spell_name(side, &name)));
        }
    }
    Strings::of(include)
}

/// Adds to the resources what is known to lie in them, and turns numbers of projects into their names. Access to
/// a folder is access to its projects, so this changes no meaning and serves both sides alike.
pub fn with_facts<'a>(terms: &mut Terms, facts: impl IntoIterator<Item = (&'a str, &'a str)>) {
    let mut children: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for (fact, value) in facts {
        if let Some(child) = fact.strip_prefix("google.parent@") {
            children.entry(value.to_owned()).or_default().push(child.to_owned());
        } else if let Some(child) = fact.strip_prefix("google.project@") {
            children.entry(format!("projects/{value}")).or_default().push(child.to_owned());
        } else if let Some(project) = fact.strip_prefix("google.number@projects/") {
            names.insert(value.to_owned(), project.to_owned());
        }
    }
    for resource in &mut terms.resources {
        if let Some(renamed) = resource.as_known().and_then(|text| replace_number(text, &names)) {
            let provenance = std::mem::take(&mut resource.provenance);
            *resource = Text { provenance, ..Text::known(&renamed) };
        }
    }
    spelling::add_descendants(&mut terms.resources, &children, |text| {
        text.strip_prefix(MANAGER).unwrap_or(text).to_owned()
    });
}

/// The name with the project's name where its number stood.
fn replace_number(text: &str, names: &BTreeMap<String, String>) -> Option<String> {
    let mut segments: Vec<&str> = text.split('/').collect();
    let at = segments.iter().position(|segment| *segment == "projects")?;
    let number = segments.get_mut(at + 1)?;
    *number = names.get(*number)?;
    Some(segments.join("/"))
}

/// The manager's own names may be written without its host.
fn to_full_name(resource: &Text) -> Text {
    let resource = spelling::strip_end(resource, '/');
    let is_short =
        ["projects/", "folders/", "organizations/"].iter().any(|kind| starts_with(&resource, kind));
    if !is_short {
        return resource;
    }
    let mut full = Text::known(MANAGER);
    full.push(&resource);
    full
}

/// Whether a segment is `.` or `..`, of which Google does not say whether it is a name or a step.
fn has_dot_segment(name: &Text) -> bool {
    let known = name.parts.iter().filter_map(|part| match part {
        TextPart::Known(text) => Some(text),
        TextPart::Hole(_) => None,
    });
    known.flat_map(|text| text.split('/')).any(|segment| segment == "." || segment == "..")
}

fn starts_with(text: &Text, prefix: &str) -> bool {
    matches!(text.parts.first(), Some(TextPart::Known(first)) if first.starts_with(prefix))
}

/// `projects/P`, `folders/F` or `organizations/O`, where the name is one of these and nothing below it. An approval may
/// name several by a pattern: `projects/acme-*`.
fn as_container(side: Side, name: &Text) -> Option<Text> {
    let Some(TextPart::Known(first)) = name.parts.first() else {
        return None;
    };
    let rest = first.strip_prefix(MANAGER)?;
    let (kind, id) = rest.split_once('/')?;
    let is_deeper = |text: &str| text.contains('/') || side == Side::Planned && text.contains('*');
    if !["projects", "folders", "organizations"].contains(&kind) || is_deeper(id) {
        return None;
    }
    let deeper = |part: &TextPart| matches!(part, TextPart::Known(text) if is_deeper(text));
    if name.parts.iter().skip(1).any(deeper) || (id.is_empty() && name.parts.len() == 1) {
        return None;
    }
    let mut container = Text::known(rest);
    for part in name.parts.iter().skip(1) {
        match part {
            TextPart::Known(text) => container.push_known(text),
            TextPart::Hole(hole) => container.parts.push(TextPart::Hole(hole.clone())),
        }
    }
    Some(container)
}

/// The container itself, and every name of any service that carries it.
fn match_inside(side: Side, container: &Text) -> Vec<Pattern> {
    let itself = spell_name(side, container);
    let tokens = itself.tokens();
    let own = [Token::Literal(MANAGER.into())].into_iter().chain(tokens.iter().cloned());
    let carrying = [Token::Literal("//".into()), Token::Run(Some('/')), Token::Literal("/".into())];
    let below = [Token::Literal("/".into()), Token::Run(None)];
    let carrying = carrying.into_iter().chain(tokens.iter().cloned()).chain(below);
    vec![Pattern::new(own), Pattern::new(carrying)]
}

/// No resource is called `*`: in an approval it stands for a part of one segment.
fn spell_name(side: Side, name: &Text) -> Pattern {
    match side {
        Side::Planned => spelling::spell_exact(name),
        Side::Approved => spelling::spell_starred(name, &Token::Run(Some('/'))),
    }
}

#[cfg(test)]
mod tests {
    use super::with_facts;
    use crate::lower::{Terms, Text};
    use crate::value::provenance::Provenance;

    #[test]
    fn a_project_by_its_name_rests_on_what_its_number_rested_on() {
        let provenance = Provenance::guess("google_project_iam_member.m.project", "google_project.p.id");
        let resource = Text { provenance: provenance.clone(), ..Text::known("projects/42") };
        let mut terms = Terms { resources: vec![resource], ..Terms::default() };
        with_facts(&mut terms, [("google.number@projects/acme", "42")]);
        let [renamed] = terms.resources.as_slice() else { panic!("{terms:?}") };
        assert_eq!((renamed.as_known(), &renamed.provenance), (Some("projects/acme"), &provenance));
    }
}
