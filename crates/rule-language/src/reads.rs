//! Which attributes of an object a rule reads.
//!
//! Takes a rule, one of its grants or an expression and returns the attributes that it reads, by path. The indexes of
//! blocks and the keys of elements are left out, so a path names an attribute of a schema: `statement.actions`.

use std::collections::BTreeSet;

use crate::expression::{Expr, Function, Root, Step};
use crate::rule::{GrantRule, LimitRule, Rule, UseRule};
use crate::words::Word;

/// The way from an object to one of its attributes; the empty path is the object itself.
pub type AttributePath = Vec<Box<str>>;

/// Attributes by path. What stands below an attribute of the set belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadAttributes {
    paths: BTreeSet<AttributePath>,
    /// Names that are read at any depth.
    names: BTreeSet<Box<str>>,
}

impl ReadAttributes {
    /// All that a rule reads for its grants and limits, and for the identity that they may name.
    pub fn of_rule(rule: &Rule) -> Self {
        let mut read = Self::default();
        rule.grants.iter().for_each(|grant| read.add_grant(grant));
        rule.limits.iter().for_each(|limit| read.add_limit(limit));
        rule.identity.iter().for_each(|(_, expr)| read.add(expr, &BTreeSet::new()));
        read
    }

    /// Whether the attribute at a path is read, by itself or as part of something larger.
    pub fn holds<S: AsRef<str>>(&self, path: &[S]) -> bool {
        if path.last().is_some_and(|name| self.names.contains(name.as_ref())) {
            return true;
        }
        (0..=path.len()).any(|length| {
            let part: AttributePath = path.iter().take(length).map(|name| Box::from(name.as_ref())).collect();
            self.paths.contains(&part)
        })
    }

    /// The same for a path that is at hand as one, which costs no copy of it.
    pub fn holds_path(&self, path: &[Box<str>]) -> bool {
        path.last().is_some_and(|name| self.names.contains(name))
            || (0..=path.len()).any(|length| path.get(..length).is_some_and(|part| self.paths.contains(part)))
    }

    /// The paths, in order.
    pub fn iter(&self) -> impl Iterator<Item = &AttributePath> {
        self.paths.iter()
    }

    /// Adds what a grant reads: its words and conditions, when it is made, and of what.
    pub fn add_grant(&mut self, grant: &GrantRule) {
        let mut elements = Self::default();
        if let Some(expr) = &grant.for_each {
            elements.add(expr, &BTreeSet::new());
            self.paths.extend(elements.paths.iter().cloned());
        }
        let conditions = grant.conditions.iter().map(|(_, _, values)| values);
        for expr in grant.words.values().chain(conditions).chain(&grant.when) {
            self.add(expr, &elements.paths);
        }
    }

    /// What one word of a grant reads: the attributes of its expression, and those of `for_each` where it speaks of an
    /// element.
    pub fn of_word(grant: &GrantRule, word: Word) -> Self {
        let (mut elements, mut read) = (Self::default(), Self::default());
        if let Some(expr) = &grant.for_each {
            elements.add(expr, &BTreeSet::new());
        }
        if let Some(expr) = grant.words.get(&word) {
            read.add(expr, &elements.paths);
        }
        read
    }

    /// Adds what a limit reads.
    pub fn add_limit(&mut self, limit: &LimitRule) {
        for expr in [&limit.value].into_iter().chain(&limit.tight).chain(&limit.when) {
            self.add(expr, &BTreeSet::new());
        }
    }

    /// Adds an attribute by its path, as a pack writes it: `metadata.labels`.
    pub fn add_path(&mut self, path: &str) {
        self.paths.insert(path.split('.').map(Box::from).collect());
    }

    /// Adds what a `uses` block reads: attributes of these names wherever they stand, or at a path.
    pub fn add_uses(&mut self, uses: &UseRule) {
        for attribute in &uses.attributes {
            let path: AttributePath = attribute.split('.').map(Box::from).collect();
            if path.len() == 1 {
                self.names.extend(path);
            } else {
                self.paths.insert(path);
            }
        }
    }

    /// Adds what an expression reads, where `each` stands for an element of what is at these paths.
    fn add(&mut self, expr: &Expr, each: &BTreeSet<AttributePath>) {
        match expr {
            Expr::Null | Expr::Bool(_) | Expr::Number(_) | Expr::Text(_) => {}
            Expr::Path(Root::Attribute(name), steps) => {
                self.paths.insert(follow(vec![name.clone()], steps));
            }
            Expr::Path(Root::Each, steps) => {
                self.paths.extend(each.iter().map(|path| follow(path.clone(), steps)));
            }
            Expr::Path(Root::Identity(_) | Root::Fact(_) | Root::Address | Root::Type, _) => {}
            // All attributes but some, as text.
            Expr::Call(Function::Except, _) => {
                self.paths.insert(AttributePath::new());
            }
            Expr::Of(inner, _) | Expr::Not(inner) => self.add(inner, each),
            Expr::Template(items) | Expr::List(items) | Expr::Call(_, items) => {
                items.iter().for_each(|item| self.add(item, each));
            }
            Expr::Object(members) => {
                members.iter().flat_map(|(key, value)| [key, value]).for_each(|part| self.add(part, each));
            }
            Expr::Equal(a, b) | Expr::And(a, b) | Expr::Or(a, b) => {
                [a, b].into_iter().for_each(|part| self.add(part, each));
            }
            Expr::If(condition, yes, no) => {
                [condition, yes, no].into_iter().for_each(|part| self.add(part, each));
            }
        }
    }
}

/// The path of what is reached by these steps. Elements have the path of their list.
fn follow(mut path: AttributePath, steps: &[Step]) -> AttributePath {
    for step in steps {
        match step {
            Step::Member(name) | Step::Key(name) => path.push(name.clone()),
            Step::Element(_) | Step::Every => {}
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::ReadAttributes;
    use crate::load::load;
    use spanned_hcl::Source;

    #[test]
    fn paths_leave_out_indexes_and_follow_elements() {
        let pack = r#"
            pack "t" {
              sources = ["a/t"]
              prefix  = "t_"
              dialect = "aws"
            }
            rule "t_one" {
              identity { arn = "arn:${name}" }
              grant "additive" {
                for_each   = statement
                when       = enabled
                principals = [role, each.who[0].name]
                actions    = split(",", text)
              }
              limit "boundary" { value = limits[0].boundary }
            }
            rule "t_all" {
              grant "additive" {
                principals = [role]
                actions    = [except("role")]
              }
            }"#;
        let rules = load(vec![Source::new("t/a.hcl", pack)]).unwrap();
        let read = |name: &str| {
            let (_, rule) = rules.packs()[0].find_type(name).unwrap();
            ReadAttributes::of_rule(rule)
        };
        let one = read("t_one");
        let paths: Vec<String> = one.iter().map(|path| path.join(".")).collect();
        let due = ["enabled", "limits.boundary", "name", "role", "statement", "statement.who.name", "text"];
        assert_eq!(paths, due);
        assert!(
            one.holds(&["statement", "other"]) && !one.holds(&["limits", "other"]) && !one.holds(&["tags"])
        );
        assert!(read("t_all").holds(&["anything"]));
    }
}
