//! What packages install beside the program: completions that a shell takes, and a page for each command.

use std::process::Command;

fn countersign(arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_countersign")).args(arguments).output().unwrap()
}

#[test]
fn completions_are_scripts_that_name_every_command() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = countersign(&["completions", shell]);
        assert!(output.status.success(), "{shell}");
        let script = String::from_utf8(output.stdout).unwrap();
        for command in ["check", "apply", "explain", "completions"] {
            assert!(script.contains(command), "{shell} does not know `{command}`");
        }
        let file = folder.path().join(shell);
        std::fs::write(&file, script).unwrap();
        // Only where the shell is there.
        if let Ok(status) = Command::new(shell).arg("-n").arg(&file).status() {
            assert!(status.success(), "{shell} does not take its script");
        }
    }
}

#[test]
fn every_command_has_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man1");
    assert!(countersign(&["man", pages.to_str().unwrap()]).status.success());
    let help = String::from_utf8(countersign(&["--help"]).stdout).unwrap();
    let listed = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let commands = listed.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let commands: Vec<&str> = commands.map(|line| line.split_whitespace().next().unwrap()).collect();
    assert!(commands.len() > 8, "{commands:?}");
    for command in commands.into_iter().filter(|command| *command != "help") {
        let page = std::fs::read_to_string(pages.join(format!("countersign-{command}.1"))).unwrap();
        assert!(page.contains(".SH NAME") && page.contains(".SH OPTIONS"), "{command}: {page}");
    }
    assert!(pages.join("countersign.1").exists());
    assert_eq!(countersign(&["man", "/dev/null/x"]).status.code(), Some(2));
}

/// One version in all that is published.
#[test]
fn the_hooks_install_the_wheel_of_this_version() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let hooks = std::fs::read_to_string(root.join("pyproject.toml")).unwrap();
    let version = env!("CARGO_PKG_VERSION");
    assert!(hooks.contains(&format!("version = \"{version}\"")), "{hooks}");
    assert!(hooks.contains(&format!("\"terraform-countersign=={version}\"")), "{hooks}");
    for file in ["README.md", "python/README.md", "docs/manifest.md"] {
        let text = std::fs::read_to_string(root.join(file)).unwrap();
        assert!(!text.contains("pip install countersign"), "{file}: that is another project");
    }
}
