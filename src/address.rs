//! Terraform addresses.
//!
//! Takes the address of an instance or of a module instance and returns its parts. Instance keys may hold dots, brackets
//! and quotes, so an address is scanned and never split at a symbol.

/// The names of the modules in a module instance's address, without their keys:
/// `module.a["x.y"].module.b` gives `["a", "b"]`. `None` where the text is no module address.
pub fn module_names(address: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = address;
    while !rest.is_empty() {
        rest = rest.strip_prefix("module.")?;
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        names.push(name);
        rest = after_key(after)?;
        match rest.strip_prefix('.') {
            Some(more) => rest = more,
            None if rest.is_empty() => {}
            None => return None,
        }
    }
    Some(names)
}

/// The module instance and what is addressed in it: `module.a["x"].t.n[0]` gives `module.a["x"]` and `t.n[0]`. `None`
/// where the text is no address.
pub fn split_module(address: &str) -> Option<(&str, &str)> {
    let mut rest = address;
    while let Some(body) = rest.strip_prefix("module.") {
        let end = body.find(['.', '['])?;
        rest = after_key(body.get(end..)?)?.strip_prefix('.')?;
    }
    let module = address.get(..address.len() - rest.len())?;
    Some((module.strip_suffix('.').unwrap_or(module), rest))
}

/// What follows an instance key, where one stands at the start.
fn after_key(text: &str) -> Option<&str> {
    let Some(key) = text.strip_prefix('[') else { return Some(text) };
    if !key.starts_with('"') {
        return key.split_once(']').map(|(_, rest)| rest);
    }
    let mut escaped = false;
    for (at, symbol) in key.char_indices().skip(1) {
        match symbol {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return key.get(at + 1..)?.strip_prefix(']'),
            _ => {}
        }
    }
    None
}

/// The module instance that holds this one, and the last module's name: `module.a[0].module.b["k"]` gives
/// `("module.a[0]", "b")`. `None` for the root.
pub fn parent(address: &str) -> Option<(&str, &str)> {
    let mut rest = address;
    let mut last = None;
    while let Some(body) = rest.strip_prefix("module.") {
        let start = address.len() - rest.len();
        let end = body.find(['.', '[']).unwrap_or(body.len());
        let (name, after) = body.split_at(end);
        last = Some((address.get(..start.saturating_sub(1))?, name));
        rest = after_key(after)?;
        rest = rest.strip_prefix('.').unwrap_or(rest);
    }
    last
}

/// The text of an address between its instance keys, and the keys with their brackets: `module.a["x"].t.n[0]` gives
/// `["module.a", ".t.n", ""]` and `["[\"x\"]", "[0]"]`. `None` where a key does not end.
pub fn split_keys(address: &str) -> Option<(Vec<&str>, Vec<&str>)> {
    let (mut texts, mut keys, mut rest) = (Vec::new(), Vec::new(), address);
    while let Some(start) = rest.find('[') {
        let (text, key) = rest.split_at(start);
        let after = after_key(key)?;
        texts.push(text);
        keys.push(key.get(..key.len() - after.len())?);
        rest = after;
    }
    texts.push(rest);
    Some((texts, keys))
}

/// The block that an instance comes from, as its module writes it: `module.a.data.t.d["k"]` in `module.a` gives
/// `data.t.d`.
pub fn block<'a>(instance: &'a str, module: &str) -> Option<&'a str> {
    let inside = match module {
        "" => instance,
        module => instance.strip_prefix(module)?.strip_prefix('.')?,
    };
    inside.split('[').next()
}

/// The address of the block that an instance comes from, with its modules but without any key:
/// `module.a["x.y"].t.r[0]` gives `module.a.t.r`.
pub fn without_keys(instance: &str) -> String {
    let mut address = String::with_capacity(instance.len());
    let mut rest = instance;
    while let Some(at) = rest.find('[') {
        let (before, key) = rest.split_at(at);
        address.push_str(before);
        // What is no key stays, so that two blocks never become one.
        let Some(after) = after_key(key) else {
            address.push_str(key);
            return address;
        };
        rest = after;
    }
    address.push_str(rest);
    address
}

#[cfg(test)]
mod tests {
    use super::{block, module_names, parent, split_module, without_keys};

    #[test]
    fn keys_may_hold_anything() {
        assert_eq!(module_names(""), Some(vec![]));
        assert_eq!(module_names("module.a"), Some(vec!["a"]));
        assert_eq!(module_names(r#"module.m["a].module.x[\"b"].module.b[0]"#), Some(vec!["m", "b"]));
        assert_eq!(module_names("aws_iam_role.x"), None);
        assert_eq!(module_names(r#"module.a["open"#), None);
        assert_eq!(parent(r#"module.a["x.y"].module.b[0]"#), Some((r#"module.a["x.y"]"#, "b")));
        assert_eq!(parent("module.a"), Some(("", "a")));
        assert_eq!(parent(""), None);
        assert_eq!(block(r#"module.a["x.y"].data.t.d["k"]"#, r#"module.a["x.y"]"#), Some("data.t.d"));
        assert_eq!(block("t.r[0]", ""), Some("t.r"));
        let split = split_module(r#"module.a["x].y"].module.b[0].data.t.d["k"]"#);
        assert_eq!(split, Some((r#"module.a["x].y"].module.b[0]"#, r#"data.t.d["k"]"#)));
        assert_eq!(split_module("t.r"), Some(("", "t.r")));
        assert_eq!(split_module("module.a"), None);
        assert_eq!(block("module.b.t.r", "module.a"), None);
        assert_eq!(without_keys(r#"module.a["x].y"].module.b[0].t.r["k[0]"]"#), "module.a.module.b.t.r");
        assert_eq!(without_keys("t.r"), "t.r");
        assert_eq!(without_keys(r#"t.r["open"#), r#"t.r["open"#);
    }
}
