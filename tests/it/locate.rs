//! An address and an attribute have the place that a naive search of the text finds: in modules within modules, with
//! `for_each` and `count`, in native and JSON syntax, with overrides, and beside text that only looks like a block.

use std::fmt::Write as _;

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
            // In JSON the value has the place.
            let column = if file.ends_with(".json") { position.column } else { column };
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
    let call = sources.call_site("module.a[\"x\"].module.b[0].module.c.t.a_b_c_m_0").unwrap();
    assert_eq!((&*call.source.name, call.position().column), ("modules/a/../b/main.tf", 1));
    assert_eq!(sources.call_site("module.a[\"x\"].t.a_m_0"), None);
    assert_eq!(sources.locate("t.gone", None, &[]), None);
}
