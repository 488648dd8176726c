//! What the README shows is tried: its manifest is linted and used, and the shell of each CI recipe runs as it stands
//! there, in a scratch repository. Terraform is stood in for by a script that hands out a plan of ours, and installing
//! is left out: this binary is on PATH already.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    std::fs::read_to_string(root().join("README.md")).unwrap()
}

/// The section under a heading, down to the next one.
fn section(heading: &str) -> String {
    let text = readme();
    let (_, rest) = text.split_once(&format!("{heading}\n")).unwrap_or_else(|| panic!("no {heading}"));
    rest.split("\n### ").next().unwrap().split("\n## ").next().unwrap().to_owned()
}

/// The code blocks of a language.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let parts = text.split(&fence).skip(1);
    parts.map(|part| part.split("```").next().unwrap().to_owned()).collect()
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn countersign(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_countersign")).args(arguments).current_dir(folder).output().unwrap()
}

#[test]
fn the_manifest_by_example_has_no_mistake() {
    let folder = tempfile::tempdir().unwrap();
    let approvals = folder.path().join("approvals");
    std::fs::create_dir(&approvals).unwrap();
    let examples = blocks(&section("## The manifest"), "hcl");
    assert_eq!(examples.len(), 2);
    for (at, example) in examples.iter().enumerate() {
        std::fs::write(approvals.join(format!("{at}.hcl")), example).unwrap();
    }
    let lint = countersign(folder.path(), &["lint", "--as-of", "2026-11-24"]);
    assert!(lint.status.success(), "{}", text(&lint));
    assert!(text(&lint).contains("0 errors, 0 warnings"), "{}", text(&lint));
    let plan = root().join("testdata/plans/hostile/harmless.json");
    let check = countersign(
        folder.path(),
        &["check", plan.to_str().unwrap(), "--without-sources", "--as-of", "2026-11-24"],
    );
    assert!(check.status.success(), "{}", text(&check));
}

/// A repository with approvals on its default branch, a clone of it, and the programs that recipes call.
struct Scratch {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Scratch {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        let scratch = Self { _folder: folder, path };
        let program = |name: &str, text: &str| {
            let file = scratch.path.join("bin").join(name);
            std::fs::write(&file, text).unwrap();
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
        };
        std::fs::create_dir(scratch.path.join("bin")).unwrap();
        let plans = root().join("testdata/sources/reference");
        program(
            "terraform",
            &format!(
                "#!/bin/sh\ncase $1 in plan) cp {0}/tfplan tfplan ;; show) cat {0}/plan.json ;; init) ;; *) exit 9 ;; esac\n",
                plans.display()
            ),
        );
        program("cargo", "#!/bin/sh\ntest \"$1\" = install\n");
        program(
            "countersign",
            &format!("#!/bin/sh\nexec {} \"$@\" --as-of 2026-11-24\n", env!("CARGO_BIN_EXE_countersign")),
        );
        let approvals = root().join("testdata/sources/approvals/all.hcl");
        scratch.shell(
            "origin",
            &format!(
                "git init -q -b main && git config user.email a@example.com && git config user.name A && mkdir approvals \
                 && cp {} approvals/ && git add . && git commit -qm approvals && cd .. && git clone -q origin work",
                approvals.display()
            ),
        );
        // The change under review approves itself: the recipes must not read that.
        scratch.shell("work", "git config user.email a@example.com && git config user.name A && git checkout -qb change && rm approvals/all.hcl && echo 'process_owner = \"nobody\"' > approvals/own.hcl && git add -A && git commit -qm own");
        scratch
    }

    fn shell(&self, folder: &str, script: &str) -> Output {
        let folder = self.path.join(folder);
        std::fs::create_dir_all(&folder).unwrap();
        let path = format!("{}:{}", self.path.join("bin").display(), std::env::var("PATH").unwrap());
        let output = Command::new("bash")
            .args(["-euo", "pipefail", "-c", script])
            .current_dir(&folder)
            .env("PATH", path)
            .env("RUNNER_TEMP", self.path.join("temp"))
            .env("CI_BUILDS_DIR", self.path.join("builds"))
            .env("CI_DEFAULT_BRANCH", "main")
            .env("GITHUB_BASE_REF", "main")
            .env("SHOWFILE", folder.join("plan.json"))
            .env("PLANFILE", folder.join("tfplan"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{script}\n{}", text(&output));
        output
    }
}

/// The commands of a recipe: `- run: COMMAND` and the lines of `script:`.
fn commands(recipe: &str, after: &str) -> Vec<String> {
    let (_, job) = recipe.split_once(after).unwrap_or_else(|| panic!("no {after}"));
    let lines = job.lines().map(str::trim_start);
    let commands = lines.filter_map(|line| line.strip_prefix("- ")).filter(|line| !line.contains("uses:"));
    commands.map(|line| line.strip_prefix("run: ").unwrap_or(line).to_owned()).collect()
}

#[test]
fn the_github_recipe_runs() {
    let scratch = Scratch::new();
    let recipe = blocks(&section("### GitHub Actions"), "yaml").concat();
    let (plan, check) = recipe.split_once("\n  check:").unwrap();
    let plan = commands(plan, "steps:");
    assert_eq!(plan.len(), 3, "{plan:?}");
    scratch.shell("work", &plan.join("\n"));
    // The artifact goes where the other job takes it from, and that job has the change and the branch.
    scratch.shell("work", "mkdir -p \"$RUNNER_TEMP\" && cp plan.json tfplan \"$RUNNER_TEMP\"");
    let check = commands(check, "steps:");
    assert_eq!(check.len(), 2, "{check:?}");
    let output = scratch.shell("work", &check.join("\n"));
    assert!(text(&output).contains("allowed: 1 grant "), "{}", text(&output));
}

#[test]
fn the_gitlab_recipe_runs() {
    let scratch = Scratch::new();
    let recipe = blocks(&section("### GitLab"), "yaml").concat();
    let (plan, check) = recipe.split_once("\ncheck:").unwrap();
    scratch.shell("work", &commands(plan, "script:").join("\n"));
    let output = scratch.shell("work", &commands(check, "script:").join("\n"));
    assert!(text(&output).contains("allowed: 1 grant "), "{}", text(&output));
}

#[test]
fn the_atlantis_recipe_runs() {
    let scratch = Scratch::new();
    let recipe = blocks(&section("### Atlantis"), "yaml").concat();
    let run = commands(&recipe, "- show\n").concat();
    let approvals = root().join("testdata/sources/approvals");
    let run = run.replace("/etc/countersign/approvals", approvals.to_str().unwrap());
    scratch.shell("work", "terraform plan && terraform show > plan.json");
    let output = scratch.shell("work", &run);
    assert!(text(&output).contains("allowed: 1 grant "), "{}", text(&output));
}

#[test]
fn the_pre_commit_recipe_names_a_hook_that_is_there() {
    let recipe = blocks(&section("### pre-commit"), "yaml").concat();
    let hooks = std::fs::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    let id = recipe.split("id: ").nth(1).unwrap().trim();
    assert!(hooks.contains(&format!("- id: {id}\n")), "{id}");
    let version = format!("rev: v{}", env!("CARGO_PKG_VERSION"));
    assert!(recipe.contains(&version), "the recipe does not name {version}");
    let entry = hooks.split("entry: countersign ").nth(1).unwrap().lines().next().unwrap();
    let manifest = root().join("testdata/sources/approvals/all.hcl");
    let lint = countersign(root(), &[entry, manifest.to_str().unwrap()]);
    assert!(lint.status.success(), "{}", text(&lint));
}
