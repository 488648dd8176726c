//! Values as people read them in a test's output; sensitive ones are hidden.

use std::fmt;

use super::mapping::OpenMember;
use super::text::{Text, TextPart};
use super::{Shape, Value};

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in self.parts() {
            match part {
                TextPart::Literal(text) => f.write_str(text)?,
                TextPart::Hole(hole) => write!(f, "${{{}}}", hole.origin)?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.marks.is_sensitive() {
            return f.write_str("(sensitive)");
        }
        match &self.shape {
            Shape::Anything(hole) => write!(f, "(anything: {})", hole.origin),
            Shape::Null(_) => f.write_str("null"),
            Shape::Bool(truth) => write!(f, "{truth}"),
            Shape::Number(number) => write!(f, "{number}"),
            Shape::Text(text) => write!(f, "\"{text}\""),
            Shape::Sequence(sequence) => {
                f.write_str("[")?;
                write_list(f, sequence.items.iter())?;
                write_rest(f, sequence.rest.as_ref())?;
                f.write_str("]")
            }
            Shape::Mapping(mapping) => {
                f.write_str("{")?;
                for (at, (name, member)) in mapping.members.iter().enumerate() {
                    write!(f, "{}\"{name}\" = {member}", if at == 0 { "" } else { ", " })?;
                }
                if mapping.open.is_empty() {
                    write_rest(f, mapping.rest.as_ref())?;
                }
                for (at, OpenMember { name, value }) in mapping.open.iter().enumerate() {
                    let is_first = at == 0 && mapping.members.is_empty();
                    write!(f, "{}\"{name}\" = {value}", if is_first { "" } else { ", " })?;
                }
                f.write_str("}")
            }
            Shape::OneOf(alternatives) => {
                f.write_str("one of (")?;
                write_list(f, alternatives.iter())?;
                f.write_str(")")
            }
        }
    }
}

fn write_list<'v>(f: &mut fmt::Formatter<'_>, values: impl Iterator<Item = &'v Value>) -> fmt::Result {
    for (at, value) in values.enumerate() {
        write!(f, "{}{value}", if at == 0 { "" } else { ", " })?;
    }
    Ok(())
}

fn write_rest(f: &mut fmt::Formatter<'_>, rest: Option<&Value>) -> fmt::Result {
    rest.map_or(Ok(()), |rest| write!(f, "; more of {rest}"))
}
