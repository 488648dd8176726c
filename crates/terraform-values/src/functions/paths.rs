//! Functions of file paths: `basename`, `dirname`, `abspath`, `pathexpand`. As Go has them on Unix.

use super::call::{Answer, Call};
use super::refusal::Refusal;
use super::{text_parts, text_search};
use crate::value::Value;

/// `basename`.
pub(super) fn base_name(call: &Call<'_>) -> Answer {
    let text = call.text(0)?;
    let Some(path) = text.as_known() else {
        only_slashes(text.prefix())?;
        return text_parts::last_step(&text).map(Value::from).ok_or(Refusal::Unread);
    };
    let path = only_slashes(path)?;
    Ok(match path.trim_end_matches('/') {
        "" if path.is_empty() => ".".into(),
        "" => "/".into(),
        trimmed => trimmed.rsplit('/').next().unwrap_or_default().into(),
    })
}

/// `dirname`.
pub(super) fn directory_name(call: &Call<'_>) -> Answer {
    let path = call.known(0)?;
    let path = only_slashes(&path)?;
    let directory = path.rfind('/').and_then(|at| path.get(..=at)).unwrap_or_default();
    Ok(clean(directory).as_str().into())
}

/// `abspath`, of a path that is absolute already: nobody knows where Terraform will run.
pub(super) fn absolute(call: &Call<'_>) -> Answer {
    let path = call.known(0)?;
    let path = only_slashes(&path)?;
    if path.starts_with('/') { Ok(clean(path).as_str().into()) } else { Err(Refusal::Unread) }
}

/// `pathexpand`. Only a home directory is expanded.
pub(super) fn expand(call: &Call<'_>) -> Answer {
    let text = call.text(0)?;
    if text_search::starts_with(&text, "~") == Some(false) {
        Ok(Value::from(text))
    } else {
        Err(Refusal::Unread)
    }
}

/// On Windows a backslash and a drive have a meaning.
fn only_slashes(path: &str) -> Result<&str, Refusal> {
    if path.contains('\\') || path.get(1..2) == Some(":") { Err(Refusal::Unread) } else { Ok(path) }
}

/// The shortest path that means the same, without looking at files.
fn clean(path: &str) -> String {
    let is_rooted = path.starts_with('/');
    let mut kept: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match (step, kept.last()) {
            ("" | ".", _) => {}
            ("..", Some(last)) if *last != ".." => {
                kept.pop();
            }
            ("..", None) if is_rooted => {}
            (step, _) => kept.push(step),
        }
    }
    match (is_rooted, kept.is_empty()) {
        (true, _) => format!("/{}", kept.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => kept.join("/"),
    }
}
