//! An address and an attribute have the place that a naive search of the text finds: in modules within modules, with
//! `for_each` and `count`, in native and JSON syntax, with overrides, and beside text that only looks like a block.

use std::fmt::Write as _;

use countersign::source::Place;
use countersign::sources::{ModuleFiles, Sources};

/// Resources in each file.
const RESOURCES: usize = 9;

/// A native file of resources, each with an argument of its own and two nested blocks. Comments, heredocs and strings
/// hold what looks like the same blocks, indented.
fn native(tag: &str, line_end: &str) -> String {
    let mut text = String::from("# comment\n");
    for at in 0..RESOURCES {
        let _ =
            writeln!(text, "/*\n  resource \"t\" \"{tag}_{at}\" {{\n*/\nresource \"t\" \"{tag}_{at}\" {{");
        let _ = writeln!(
            text,
            "  count = 2\n  text = <<-EOT\n    é resource \"t\" \"{tag}_{at}\" {{ ${{\"}}\"}}\n  EOT"
        );
        let _ = writeln!(text, "  /* é */ a_{tag}_{at} = \"}} {{ # ${{\"{{\"}}\" // {{");
        let _ = writeln!(
            text,
            "  statement {{\n    b_{tag}_{at} = 1\n  }}\n  statement {{\n    c_{tag}_{at} = [\n    ]\n  }}\n}}\n"
        );
    }
    text.replace('\n', line_end)
}

fn json(tag: &str) -> String {
    let resource = |at| {
        format!(
            "      \"{tag}_{at}\": {{\n        \"a_{tag}_{at}\": \"{{\",\n        \"statement\": [{{\"b_{tag}_{at}\": 1}}, {{\n          \"c_{tag}_{at}\": 2}}]\n      }}"
        )
    };
    let resources: Vec<String> = (0..RESOURCES).map(resource).collect();
    format!("{{\n  \"resource\": {{\n    \"t\": {{\n{}\n    }}\n  }}\n}}\n", resources.join(",\n"))
}

/// The line, from one, and the column of a text that stands once.
fn search(text: &str, what: &str) -> (usize, usize) {
    let mut found = text.lines().enumerate().filter_map(|(at, line)| {
        let column = line.find(what)?;
        Some((at + 1, line[..column].chars().count() + 1))
    });
    let first = found.next().unwrap_or_else(|| panic!("{what} is not there"));
    assert_eq!(found.next(), None, "{what} is there twice");
    first
}

#[test]
fn every_place_is_where_a_search_finds_it() {
    let mut modules = Vec::new();
    // The key of a module, its folder and the address of one of its instances.
    let stack = [
        ("", ".", ""),
        ("a", "./modules/a", "module.a[\"x.y\"]."),
        ("a.b", "modules/a/../b", "module.a[\"x].y\"].module.b[1]."),
        ("a.b.c", ".terraform/modules/a.b.c/sub", "module.a[\"\\\"\"].module.b[0].module.c."),
    ];
    let mut files = Vec::new();
    for (key, folder, instance) in stack {
        let tag = if key.is_empty() { "root".to_owned() } else { key.replace('.', "_") };
        let child = match key.len() {
            0 => "module \"a\" {\n  count = 2\n}\n",
            1 => "module \"b\" {\n  count = 2\n}\n",
            3 => "module \"c\" {\n  count = 2\n}\n",
            _ => "",
        };
        let main = native(&format!("{tag}_m"), "\n") + child;
        let more = format!("\u{feff}{}", native(&format!("{tag}_w"), "\r\n"));
        let json = json(&format!("{tag}_j"));
        let over = format!("resource \"t\" \"{tag}_m_0\" {{\n  over_{tag} = 1\n}}\n");
        let own = [("main.tf", main), ("more.tf", more), ("more.tf.json", json), ("z_override.tf", over)];
        modules.push(ModuleFiles {
            key: key.to_owned(),
            folder: folder.to_owned(),
            origin: String::new(),
            files: own.iter().map(|(name, text)| ((*name).to_owned(), text.clone().into_bytes())).collect(),
        });
        files.push((tag, folder, instance, own));
    }
    let sources = Sources::read(&modules);
    assert_eq!(sources.unread().count(), 0);
    let mut places = 0;
    for (tag, folder, instance, own) in &files {
        let folder = folder.trim_start_matches("./");
        let prefix = if folder == "." { String::new() } else { format!("{folder}/") };
        let mut check = |address: &str, attribute: Option<&str>, file: &str, what: &str| {
            let text = &own.iter().find(|(name, _)| *name == file).unwrap().1;
            let place = sources.locate(&format!("{instance}{address}"), attribute, &["statement"]);
            let place = place.unwrap_or_else(|| panic!("{instance}{address} is not found"));
            assert_eq!(*place.source.name, *format!("{prefix}{file}"), "{address}");
            let (line, column) = search(text.trim_start_matches('\u{feff}'), what);
            let position = place.position();
            // In JSON the name has the place, with its quotes.
            let is_quoted = file.ends_with(".json") && !what.starts_with('"');
            let column = if is_quoted { column - 1 } else { column };
            assert_eq!((position.line, position.column), (line, column), "{address} {attribute:?}");
            places += 1;
        };
        for at in 0..RESOURCES {
            for (file, letter) in [("main.tf", "m"), ("more.tf", "w"), ("more.tf.json", "j")] {
                let name = format!("{tag}_{letter}_{at}");
                let header = if letter == "j" {
                    format!("\"{name}\": {{")
                } else {
                    format!("resource \"t\" \"{name}\" {{")
                };
                let header = if letter == "j" { header } else { format!("\u{1}{header}") };
                let address = format!("t.{name}[\"k.[\"]");
                // A block begins its line; what only looks like it is indented.
                if let Some(header) = header.strip_prefix('\u{1}') {
                    let text = &own.iter().find(|(known, _)| *known == file).unwrap().1;
                    let line = text.lines().position(|line| line == header).unwrap() + 1;
                    let place = sources.locate(&format!("{instance}{address}"), None, &[]).unwrap();
                    assert_eq!((place.position().line, place.position().column), (line, 1), "{address}");
                    assert_eq!(*place.source.name, *format!("{prefix}{file}"));
                } else {
                    check(&address, None, file, &header);
                }
                check(&address, Some(&format!("a_{name}")), file, &format!("a_{name}"));
                check(&address, Some(&format!("statement[0].b_{name}")), file, &format!("b_{name}"));
                check(&address, Some(&format!("statement[1].c_{name}")), file, &format!("c_{name}"));
            }
        }
        check(&format!("t.{tag}_m_0"), Some(&format!("over_{tag}")), "z_override.tf", &format!("over_{tag}"));
    }
    assert!(places >= 150, "{places}");
    assert_eq!(sources.locate("t.gone", None, &[]), None);
}

/// The sources of modules, each of one file.
fn read(modules: &[(&str, &str, &str, &str)]) -> Sources {
    let modules = modules.iter().map(|(key, folder, origin, text)| ModuleFiles {
        key: (*key).to_owned(),
        folder: (*folder).to_owned(),
        origin: (*origin).to_owned(),
        files: vec![("main.tf".to_owned(), text.as_bytes().to_vec())],
    });
    Sources::read(&modules.collect::<Vec<_>>())
}

/// File, line and column of a place.
fn show(place: &Place) -> String {
    let at = place.position();
    format!("{}:{}:{}", place.source.name, at.line, at.column)
}

/// The attribute's place, with the statement blocks in the order of the sources.
fn attribute(text: &str, attribute: &str) -> String {
    let sources = read(&[("", ".", "", text)]);
    show(&sources.locate("t.n", Some(attribute), &["statement"]).unwrap())
}

#[test]
fn the_call_of_what_is_downloaded_stands_first() {
    let sources = read(&[
        ("", ".", "", "\nmodule \"a\" {}\nmodule \"d\" {}\n"),
        ("a", "a", "./a", "\n\nmodule \"b\" {}\nresource \"t\" \"n\" {}\n"),
        ("a.b", ".tfdata/modules/b", "acme/b/aws", "module \"c\" {}\n"),
        ("a.b.c", ".tfdata/modules/b/c", "./c", "resource \"t\" \"n\" {}\n"),
        ("d", ".terraform/modules/d", "git::https://git.example/d", "resource \"t\" \"n\" {}\n"),
    ]);
    let places = |address: &str| {
        let found = sources.find_places(address, None, &[]);
        found.iter().map(|known| format!("{:?} {}", known.role, show(&known.place))).collect::<Vec<_>>()
    };
    // The nearest call that the user can change.
    let call = "Call a/main.tf:3:1";
    assert_eq!(
        places("module.a[0].module.b[\"k\"].module.c.t.n"),
        [call, "Own .tfdata/modules/b/c/main.tf:1:1"]
    );
    assert_eq!(places("module.d.t.n"), ["Call main.tf:3:1", "Own .terraform/modules/d/main.tf:1:1"]);
    // What is the user's own stands before its call.
    assert_eq!(places("module.a[0].t.n[1]"), ["Own a/main.tf:4:1", "Call main.tf:2:1"]);
    assert!(places("t.n").is_empty());
    let own: Vec<&str> = sources.own_files().map(|file| &*file.name).collect();
    assert_eq!(own, ["main.tf", "a/main.tf"]);
}

#[test]
fn what_a_dynamic_block_makes_stands_in_its_content() {
    let fixed = "  statement {\n    actions = 1\n  }\n";
    let dynamic =
        "  dynamic \"statement\" {\n    for_each = []\n    content {\n      actions = 1\n    }\n  }\n";
    let block = |parts: &[&str]| format!("resource \"t\" \"n\" {{\n{}}}\n", parts.concat());
    let alone = block(&[dynamic]);
    assert_eq!(attribute(&alone, "statement[7].actions"), "main.tf:5:7");
    assert_eq!(attribute(&alone, "statement[7].other"), "main.tf:2:3");
    // Behind the fixed ones everything is made by the dynamic block.
    let last = block(&[fixed, fixed, dynamic]);
    assert_eq!(attribute(&last, "statement[1].actions"), "main.tf:6:5");
    assert_eq!(attribute(&last, "statement[2].actions"), "main.tf:11:7");
    // How many a dynamic block makes is not written, so that what follows it cannot be told apart.
    let first = block(&[dynamic, fixed]);
    assert_eq!(attribute(&first, "statement[0].actions"), "main.tf:1:1");
    assert_eq!(attribute(&first, "statement[1].actions"), "main.tf:1:1");
    // A set has no order.
    let set = block(&["  rule {\n    a = 1\n  }\n", "  rule {\n    a = 2\n  }\n"]);
    assert_eq!(attribute(&set, "rule[1].a"), "main.tf:1:1");
}

#[test]
fn an_object_whose_block_is_gone_stands_at_the_removed_block() {
    let removed = |from: &str| format!("\nremoved {{\n  from = {from}\n}}\n");
    for (from, address) in [
        ("t.n", "t.n[\"k\"]"),
        ("module.a.t.n", "module.a[0].t.n"),
        ("module.a", "module.a[\"x.y\"].module.b.t.n"),
        ("module.a.module.b", "module.a.module.b[1].data.t.n"),
    ] {
        let sources = read(&[("", ".", "", &removed(from))]);
        assert_eq!(sources.locate(address, None, &[]).as_ref().map(show).as_deref(), Some("main.tf:2:1"));
        assert_eq!(sources.locate("t.other", None, &[]), None, "{from}");
    }
    let sources = read(&[("", ".", "", ""), ("a", "a", "./a", &removed("t.n"))]);
    assert_eq!(
        sources.locate("module.a.t.n", None, &[]).as_ref().map(show).as_deref(),
        Some("a/main.tf:2:1")
    );
    assert_eq!(sources.locate("t.n", None, &[]), None);
}

#[test]
fn a_data_source_within_a_check_has_a_place() {
    let sources = read(&[("", ".", "", "check \"c\" {\n  data \"t\" \"n\" {\n  }\n}\n")]);
    assert_eq!(sources.locate("data.t.n", None, &[]).as_ref().map(show).as_deref(), Some("main.tf:2:3"));
}

#[test]
fn in_json_the_name_has_the_place() {
    let text = "{\"resource\": {\"t\": {\n  \"a\\\"b\" :\n {\n \"x\\\\\"\n:\n [1],\n\n \"s\": [{\"y\": 1},\n{\"y\": 2}]}}}}";
    let files = vec![("main.tf.json".to_owned(), text.as_bytes().to_vec())];
    let sources = Sources::read(&[ModuleFiles { files, ..ModuleFiles::default() }]);
    let at = |attribute: Option<&str>| {
        let place = sources.locate("t.a\"b", attribute, &["s"]).unwrap();
        let position = place.position();
        (position.line, position.column)
    };
    assert_eq!(at(None), (2, 3));
    assert_eq!(at(Some("x\\")), (4, 2));
    assert_eq!(at(Some("s[1].y")), (9, 2));
    assert_eq!(at(Some("s[1].none")), (9, 1));
}
