//! Sources are read as Terraform reads them; what can't be read costs as little as possible.

use hcl_edit::expr::Expression;

use super::{Lookup, ModuleFiles, Sources, UnreadCause};

fn sources(files: &[(&str, &str)]) -> Sources {
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    Sources::read(&[ModuleFiles {
        key: String::new(),
        folder: ".".to_owned(),
        files,
        ..ModuleFiles::default()
    }])
}

/// What is written for an argument of the block `t.n`.
fn argument(files: &[(&str, &str)], path: &str) -> Lookup<Expression> {
    let sources = sources(files);
    let found = sources.argument(&[], "t.n", path, &["statement"]);
    found.and_then(|expression| Lookup::Written(expression.clone()))
}

/// What is written for the argument `a` of `t.n`, if it is this.
fn read(value: &str) -> Expression {
    let file = format!("resource \"t\" \"n\" {{\n  a = {value}\n}}\n");
    argument(&[("main.tf", &file)], "a").written().unwrap()
}

fn text(value: &str) -> String {
    read(value).as_str().unwrap().to_owned()
}

fn written(value: &str) -> String {
    display(&read(value))
}

/// The expression as hcl-edit writes it, without the spaces that it puts into interpolations.
fn display(expression: &Expression) -> String {
    expression.to_string().trim().replace("${ ", "${").replace(" }", "}").replace("{ ", "{")
}

#[test]
fn literal_text_is_exact() {
    assert_eq!(text(r#""a\tb\"\\\u00e9\U0001F600""#), "a\tb\"\\é😀");
    assert_eq!(text(r#""$${a} %%{b} $ $$ % 5%""#), "${a} %{b} $ $$ % 5%");
    assert_eq!(text("<<EOT\n  a\n\n b $${x}\\n\nEOT"), "  a\n\n b ${x}\\n\n");
    assert_eq!(text("<<-EOT\n    a\n\n      b\n    EOT"), "a\n\n  b\n");
    assert_eq!(text("<<-EOT\n  EOT, not yet\n  EOT"), "EOT, not yet\n");
    assert_eq!(text("<<EOT\r\na\r\nEOT\r"), "a\r\n");
    assert_eq!(text("<<EOT\nEOT"), "");
}

#[test]
fn templates_keep_what_terraform_keeps() {
    assert_eq!(written("\"${a.b}\""), "\"${a.b}\"");
    assert_eq!(written("\"x  ${~ a.b ~}  y\""), "\"x${a.b}y\"");
    assert_eq!(written("<<-EOT\n    x ${a.b}\n      y\n    EOT"), "\"x ${a.b}\\n  y\\n\"");
    // hcl-edit writes no space where the text had none of its own.
    assert_eq!(written("\"%{ if a.b }x%{ else }y%{ endif }\""), "\"%{ifa.b}x%{else}y%{endif}\"");
    assert_eq!(written("\"%{ for k, v in a.b }${v}%{ endfor }\""), "\"%{for k, v in a.b}${v}%{endfor}\"");
}

#[test]
fn what_hcl_edit_refuses_is_read_as_terraform_reads_it() {
    let compact = |value| written(value).replace([' ', '\n'], "");
    assert_eq!(compact("{ a = 1, b = 2, a = 3 }"), "{b=2,a=3}");
    assert_eq!(compact("{\n a = 1\n \"a\" = 3\n}"), "{\"a\"=3}");
    assert_eq!(compact("{ \"${a.b}\" = 1, \"${c.d}\" = 2, \"${a.b}\" = 3 }"), "{\"${c.d}\"=2,\"${a.b}\"=3}");
    assert_eq!(compact("{ for k in x : k => c ? a : # why\n b }"), "{forkinx:k=>c?a:b}");
    assert_eq!(compact("f(<<A\nx\nA\n, [ # c\n])"), "f(\"x\\n\",[])");
}

#[test]
fn an_unreadable_argument_costs_itself_only() {
    let file = "resource \"t\" \"n\" {\n  a = 1 +\n  b = 2\n}\n";
    assert!(matches!(argument(&[("main.tf", file)], "b"), Lookup::Written(_)));
    let Lookup::Unreadable(part) = argument(&[("main.tf", file)], "a") else { panic!() };
    assert_eq!((part.place.position().line, part.cause), (2, UnreadCause::Expression));
    assert_eq!(argument(&[("main.tf", file)], "c"), Lookup::Absent);
}

#[test]
fn an_unreadable_block_costs_itself_only() {
    let file = "resource \"t\" \"n\" {\n  a = 1\n  ! \n}\nresource \"t\" \"m\" {\n  a = 1\n}\n";
    let Lookup::Unreadable(part) = argument(&[("main.tf", file)], "b") else { panic!() };
    assert_eq!((part.place.position().line, part.cause), (3, UnreadCause::Syntax));
    let sources = sources(&[("main.tf", file)]);
    assert!(matches!(sources.argument(&[], "t.m", "a", &[]), Lookup::Written(_)));
    assert_eq!(sources.argument(&[], "t.m", "b", &[]), Lookup::Absent);
    assert_eq!(sources.argument(&[], "t.gone", "b", &[]), Lookup::Absent);
    assert_eq!(sources.unread().count(), 1);
}

#[test]
fn what_was_not_read_is_not_absent() {
    let good = "resource \"t\" \"n\" {\n  a = 1\n}\n";
    for (name, bytes) in [
        ("b.tf", "resource \"t\" \"x\" {\n".as_bytes()),
        ("b.tf", b"\xff"),
        ("b.tf", b"x = \"\n"),
        ("b.tf", b"/*"),
        ("b.tf", b"]"),
        ("b.tf.json", b"{"),
        ("b.tf.json", b"{\"resource\": 1}"),
        ("b.new", b""),
    ] {
        let files = vec![("main.tf".to_owned(), good.as_bytes().to_vec()), (name.to_owned(), bytes.to_vec())];
        let sources = Sources::read(&[ModuleFiles { files, ..ModuleFiles::default() }]);
        assert!(matches!(sources.argument(&[], "t.n", "a", &[]), Lookup::Written(_)), "{bytes:?}");
        assert!(matches!(sources.argument(&[], "t.y", "a", &[]), Lookup::Unreadable(_)), "{bytes:?}");
        assert!(matches!(sources.local(&[], "l"), Lookup::Unreadable(_)), "{bytes:?}");
        assert!(matches!(sources.output(&["m"], "o"), Lookup::Unreadable(_)), "{bytes:?}");
        let unread: Vec<_> = sources.unread().map(|part| &*part.place.source.name).collect();
        assert_eq!(unread[0], name);
    }
}

#[test]
fn an_unread_override_casts_doubt_on_everything() {
    let good = "resource \"t\" \"n\" {\n  a = 1\n}\n";
    assert!(matches!(argument(&[("main.tf", good), ("override.tf", "]")], "a"), Lookup::Unreadable(_)));
    let body = "resource \"t\" \"n\" {\n ]\n}\n";
    assert!(matches!(argument(&[("main.tf", good), ("x_override.tf", body)], "a"), Lookup::Unreadable(_)));
}

#[test]
fn overrides_are_merged_as_terraform_merges_them() {
    let base = "resource \"t\" \"n\" {\n  a = 1\n  b = 1\n  statement {\n    x = 1\n  }\n  dynamic \"other\" {\n  }\n}\n";
    let over = "resource \"t\" \"n\" {\n  a = 2\n  other {\n    y = 2\n  }\n}\n";
    let last = "{\"resource\":{\"t\":{\"n\":{\"a\":\"${z}\"}}}}";
    let files = [("b_override.tf", over), ("main.tf", base), ("c_override.tf.json", last)];
    let value = |path| argument(&files, path).written().map(|value| display(&value));
    assert_eq!(value("a").as_deref(), Some("\"${z}\""));
    assert_eq!(value("b").as_deref(), Some("1"));
    assert_eq!(value("statement[0].x").as_deref(), Some("1"));
    assert_eq!(value("other[0].y").as_deref(), Some("2"));
    assert_eq!(sources(&files).has_dynamic(&[], "t.n", "other"), Lookup::Written(false));
}

#[test]
fn what_stands_twice_or_overrides_nothing_is_unclear() {
    let block = "resource \"t\" \"n\" {\n  a = 1\n}\n";
    for (second, cause) in
        [("b.tf", UnreadCause::DeclaredTwice), ("override.tf", UnreadCause::OverridesNothing)]
    {
        let first = if second == "b.tf" { "a.tf" } else { "b_override.tf" };
        let Lookup::Unreadable(part) = argument(&[(first, block), (second, block)], "a") else { panic!() };
        assert_eq!(part.cause, cause);
    }
}

#[test]
fn nested_blocks_are_told_apart_where_that_can_be_done() {
    let file = "resource \"t\" \"n\" {\n  statement {\n    x = 1\n  }\n  statement {\n    x = 2\n  }\n  set {\n    x = 3\n  }\n  set {\n    x = 4\n  }\n  one {\n    x = 5\n  }\n  dynamic \"made\" {\n    content {\n    }\n  }\n  list = [1]\n}\n";
    let value = |path| argument(&[("main.tf", file)], path);
    let number = |path| value(path).written().and_then(|value| value.as_number()?.as_u64());
    assert_eq!(number("statement[1].x"), Some(2));
    assert_eq!(number("one[0].x"), Some(5));
    assert_eq!(number("one.x"), Some(5));
    for path in ["set[0].x", "made[0].x", "list[0]", "list[0].x", "statement", "one[1].x"] {
        assert!(matches!(value(path), Lookup::Computed(_)), "{path}: {:?}", value(path));
    }
    for path in ["gone", "gone[0].x", "one[0].y"] {
        assert_eq!(value(path), Lookup::Absent, "{path}");
    }
    let sources = sources(&[("main.tf", file)]);
    assert_eq!(sources.has_dynamic(&[], "t.n", "made"), Lookup::Written(true));
    assert_eq!(sources.has_dynamic(&[], "t.n", "one"), Lookup::Written(false));
}

#[test]
fn json_syntax_says_the_same() {
    let file = r#"{"//": "c", "resource": [{"t": {"n": [{"a": "x ${b.c} $${d}\n", "statement": [{"x": 1}, {"x": [true, null]}],
        "dynamic": {"made": {"content": {}}}, "policy": {"Action": ["${e.f}", -1.5]}}]}}], "locals": {"l": "plain"},
        "output": {"o": {"value": "${b.c}"}}}"#;
    let value = |path| argument(&[("main.tf.json", file)], path).written().map(|value| display(&value));
    assert_eq!(value("a").as_deref(), Some("\"x ${b.c} $${d}\\n\""));
    assert_eq!(value("statement[1].x").as_deref(), Some("[true, null]"));
    assert_eq!(value("policy").unwrap().replace(['\n', ' '], ""), "{\"Action\"=[\"${e.f}\",-1.5],}");
    let sources = sources(&[("main.tf.json", file)]);
    assert_eq!(sources.has_dynamic(&[], "t.n", "made"), Lookup::Written(true));
    assert!(matches!(sources.local(&[], "l"), Lookup::Written(Expression::String(_))));
    assert!(matches!(sources.output(&[], "o"), Lookup::Written(_)));
    assert_eq!(sources.unread().count(), 0);
}

#[test]
fn marks_and_line_ends_do_not_matter() {
    let file = "\u{feff}resource \"t\" \"n\" {\r\n  a = \"é\"\r\n  b = 1\r\n}\r\n";
    let sources = sources(&[("main.tf", file)]);
    let place = sources.locate("t.n[\"x\"]", Some("b"), &[]).unwrap();
    assert_eq!((&*place.source.name, place.position().line, place.position().column), ("main.tf", 3, 3));
    assert_eq!(sources.unread().count(), 0);
}

#[test]
fn deep_nesting_is_refused_and_not_followed() {
    let deep = |open: &str, close: &str, count: usize| {
        format!("resource \"t\" \"n\" {{\n  a = {}1{}\n}}\n", open.repeat(count), close.repeat(count))
    };
    for (open, close) in [("(", ")"), ("[", "]"), ("\"${", "}\""), ("{a=", "}"), ("!", ""), ("c?1:", "")] {
        let file = deep(open, close, 100_000);
        assert!(matches!(argument(&[("main.tf", &file)], "a"), Lookup::Unreadable(_)), "{open}");
    }
    let directives = deep("\"%{ if a }", "", 1).replace('1', &"%{ if a }".repeat(10_000));
    let directives = directives.replace("\n}\n", &format!("{}\"\n}}\n", "%{ endif }".repeat(10_001)));
    assert!(matches!(argument(&[("main.tf", &directives)], "a"), Lookup::Unreadable(_)));
    let blocks = format!("resource \"t\" \"n\" {{\n{}{}}}\n", "b {\n".repeat(100_000), "}\n".repeat(100_000));
    assert!(matches!(
        argument(&[("main.tf", &blocks)], "b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.b.a"),
        Lookup::Unreadable(_)
    ));
}
