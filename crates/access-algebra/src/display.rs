//! Access in words, for people: `allow WHO ACTIONS on RESOURCES when CONDITIONS`.

use std::fmt;

use super::condition::{Condition, Order, Quantifier, Test};
use super::{Effect, Statement, Strings};

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let effect = match self.effect {
            Effect::Allow => "allow",
            Effect::Deny => "deny",
        };
        write!(f, "{effect} {} {} on {}", self.principals, self.actions, self.resources)?;
        for (at, condition) in self.conditions.iter().enumerate() {
            write!(f, "{} {condition}", if at == 0 { " when" } else { " and" })?;
        }
        Ok(())
    }
}

impl fmt::Display for Strings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        list(f, self.include.iter(), "nothing")?;
        if !self.exclude.is_empty() {
            f.write_str(" but not ")?;
            list(f, self.exclude.iter(), "")?;
        }
        Ok(())
    }
}

fn list<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    items: impl Iterator<Item = T>,
    none: &str,
) -> fmt::Result {
    let mut empty = true;
    for item in items {
        write!(f, "{}{item}", if empty { "" } else { ", " })?;
        empty = false;
    }
    if empty { f.write_str(none) } else { Ok(()) }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.quantifier {
            Quantifier::One | Quantifier::Unsaid => {}
            Quantifier::Any => f.write_str("any of ")?,
            Quantifier::All => f.write_str("all of ")?,
        }
        match &self.test {
            Test::Present(true) => return write!(f, "{} is given", self.key),
            Test::Present(false) => return write!(f, "{} is not given", self.key),
            Test::Opaque(demand) => {
                return match &demand.missing {
                    Some(hole) => write!(f, "a condition that rests on ${{{}}}", hole.name),
                    None => f.write_str(&demand.words),
                };
            }
            Test::Part { set, negated, .. } => {
                write!(f, "{} {} ", self.key, if *negated { "is not" } else { "is" })?;
                return write!(f, "{set}");
            }
            Test::Text { values, negated } => {
                write!(f, "{} {} ", self.key, if *negated { "is none of" } else { "is" })?;
                list(f, values.iter(), "nothing")?;
            }
            Test::Address { values, negated } => {
                write!(f, "{} {} ", self.key, if *negated { "is not in" } else { "is in" })?;
                list(f, values.iter(), "nothing")?;
            }
            Test::Number { order, values, negated } => {
                ordered(f, &self.key, *order, *negated)?;
                list(f, values.iter(), "nothing")?;
            }
            Test::Date { order, values, negated } => {
                ordered(f, &self.key, *order, *negated)?;
                list(f, values.iter(), "nothing")?;
            }
        }
        if self.if_absent { write!(f, " (if given)") } else { Ok(()) }
    }
}

fn ordered(f: &mut fmt::Formatter<'_>, key: &str, order: Order, negated: bool) -> fmt::Result {
    let sign = match order {
        Order::Equal => "=",
        Order::Less => "<",
        Order::LessOrEqual => "<=",
        Order::Greater => ">",
        Order::GreaterOrEqual => ">=",
    };
    write!(f, "{key} {}{sign} ", if negated { "not " } else { "" })
}
