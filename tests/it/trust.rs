//! Decisions that are read from git: what counts from where, and what a hostile repository can do about it.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use crate::scratch_repository::{Repository, Run, read_part, run};

/// Writes into a repository.
type Change = fn(&Repository);

/// Does something to a repository; what it makes run touches the file.
type Attack = fn(&Repository, &Path);

/// An approval that covers what is planned, by an approver of the given name.
fn approval_by(approver: &str) -> String {
    read_part("SEC-7.hcl").replace("\"lee\"", &format!("{approver:?}"))
}

#[test]
fn what_is_merged_counts_and_what_only_the_change_holds_does_not() {
    let repository = Repository::new();
    let before = repository.check();
    assert!(before.is_blocked_by("UNAPPROVED"), "{before:?}");
    repository.copy("SEC-7.hcl", "approvals/SEC-7.hcl");
    let proposed = repository.check();
    assert!(proposed.is_blocked_by("UNSIGNED_IN_CHANGE"), "{proposed:?}");
    assert!(
        proposed.text.contains("only this change holds SEC-7, and `lee` has not signed it"),
        "{proposed:?}"
    );
    // It counts no more where it is committed, but for the branch that is trusted.
    repository.commit("change");
    assert!(repository.check().is_blocked_by("UNSIGNED_IN_CHANGE"));
    let own = run(&mut repository.check_against("change"));
    assert_eq!(own.exit, 0, "{own:?}");
    let merged = Repository::with_approval().check();
    assert_eq!(merged.exit, 0, "{merged:?}");
    assert!(merged.text.contains("approvals of main at "), "{merged:?}");
    assert!(merged.text.contains("`refs/heads/main` is protected"), "{merged:?}");
}

/// Everything that says who may decide and what names mean, changed in the work tree, changes nothing.
#[test]
fn authority_counts_only_from_the_ref() {
    let main = read_part("main.hcl");
    let changes = [
        ("an approver", main.replace("\"lee\", \"max\"", "\"lee\", \"max\", \"eve\"")),
        ("a person", format!("{main}\nperson \"lee\" {{\n  logins = [\"eve\"]\n}}\n")),
        ("a team", format!("{main}\nteam \"eve\" {{\n  members = [\"lee\"]\n}}\n")),
        ("a fact", main.replace("123456789012", "999999999999")),
        ("another process owner", main.replace("security-engineering", "eve")),
        (
            "an authority",
            format!(
                "{main}\nauthority \"own\" {{\n  approvers = [\"eve\"]\n  systems = [\"reporting\"]\n  max_duration = \"120d\"\n}}\n"
            ),
        ),
    ];
    for (what, changed) in changes {
        let repository = Repository::new();
        repository.on_main(|repository| repository.write("approvals/SEC-7.hcl", approval_by("eve")));
        let before = repository.check();
        repository.write("approvals/main.hcl", &changed);
        let after = repository.check();
        assert!(before.is_blocked_by("NO_AUTHORITY"), "{what}: {before:?}");
        assert_eq!(after.text, before.text, "{what}");
    }
}

#[test]
fn a_merged_approval_counts_as_it_was_merged() {
    let narrow = read_part("SEC-7.hcl").replace("acme-reports", "acme-other");
    let changes: [(&str, Change); 4] = [
        ("widened", |repository| repository.copy("SEC-7.hcl", "approvals/SEC-7.hcl")),
        ("moved", |repository| {
            fs::remove_file(repository.path("approvals/SEC-7.hcl")).unwrap();
            repository.copy("SEC-7.hcl", "approvals/new/SEC-7.hcl");
        }),
        ("another case", |repository| {
            fs::remove_file(repository.path("approvals/SEC-7.hcl")).unwrap();
            repository.write("approvals/sec-7.hcl", read_part("SEC-7.hcl").replace("SEC-7", "sec-7"));
        }),
        ("removed", |repository| fs::remove_dir_all(repository.path("approvals")).unwrap()),
    ];
    for (what, change) in changes {
        let repository = Repository::new();
        repository.on_main(|repository| repository.write("approvals/SEC-7.hcl", &narrow));
        change(&repository);
        let after = repository.check();
        assert!(after.is_blocked_by("WIDER_RESOURCE"), "{what}: {after:?}");
        // And the other way round: what was merged goes on counting.
        let repository = Repository::with_approval();
        change(&repository);
        assert_eq!(repository.check().exit, 0, "{what}");
    }
    let repository = Repository::with_approval();
    repository.write("approvals/SEC-7.hcl", &narrow);
    assert_eq!(repository.check().exit, 0);
}

/// A change that brings its system along is told what to do, and one of its approvals does not spoil another.
#[test]
fn a_proposal_that_rests_on_the_change_does_not_count() {
    let repository = Repository::new();
    let system =
        read_part("main.hcl").replace("process_owner", "# process_owner").replace("reporting", "new");
    let system: String = system.lines().filter(|line| !line.contains("fact")).collect::<Vec<_>>().join("\n");
    let system = system.replace("value = \"123456789012\"\n}", "").replace("  \n", "");
    repository.write("approvals/new.hcl", &system);
    repository.write("approvals/SEC-7.hcl", read_part("SEC-7.hcl").replace("\"reporting\"", "\"new\""));
    let alone = repository.check();
    assert!(alone.is_blocked_by("UNSIGNED_IN_CHANGE"), "{alone:?}");
    assert!(alone.text.contains("and what it rests on"), "{alone:?}");
    repository.write("approvals/SEC-8.hcl", read_part("SEC-7.hcl").replace("SEC-7", "SEC-8"));
    let both = repository.check();
    assert!(both.exit == 1 && both.text.contains("`lee` has not signed it"), "{both:?}");
}

/// A mistake in the change is told, and what is merged is not blamed for it.
#[test]
fn mistakes_of_the_change_are_told() {
    let repository = Repository::with_approval();
    repository.write("approvals/more.hcl", "nonsense = 1\n");
    let after = repository.check();
    assert!(after.exit == 2 && after.text.contains("more.hcl"), "{after:?}");
}

#[test]
fn a_name_that_is_not_one_ref_is_refused() {
    let repository = Repository::with_approval();
    let marker = repository.path("marker");
    let tree = repository.git(&["rev-parse", "main^{tree}"]);
    let blob = repository.git(&["rev-parse", "main:approvals/SEC-7.hcl"]);
    let commit = repository.git(&["rev-parse", "main"]);
    repository.git(&["update-ref", "refs/heads/-evil", "main"]);
    let option = format!("--upload-pack=touch {}", marker.display());
    let bad = [
        ("", "neither the name"),
        (option.as_str(), "neither the name"),
        ("--help", "neither the name"),
        ("-evil", "neither the name"),
        ("refs/heads/-evil", "neither the name"),
        ("HEAD", "what is checked out"),
        ("@", "what is checked out"),
        ("FETCH_HEAD", "what is checked out"),
        ("main~1", "neither the name"),
        ("main@{0}", "neither the name"),
        ("main^{tree}", "neither the name"),
        ("main:approvals", "neither the name"),
        ("refs/heads/*", "neither the name"),
        ("refs/heads/", "neither the name"),
        ("nope", "no ref `nope`"),
        ("refs/heads", "no ref"),
        ("heads/main", "no ref"),
        (&commit[..12], "no ref"),
        (&commit.to_uppercase(), "no ref"),
        (&tree, "is a tree and not a commit"),
        (&blob, "is a blob and not a commit"),
        (&"1".repeat(40), "does not have the object"),
        (&"1".repeat(64), "does not have the object"),
    ];
    for (name, said) in bad {
        let answer = run(&mut repository.check_against(name));
        assert!(answer.exit == 2 && answer.text.contains(said), "{name}: {answer:?}");
    }
    assert!(!marker.exists());
    repository.git(&["tag", "main"]);
    let answer = run(&mut repository.check_against("main"));
    assert!(answer.exit == 2 && answer.text.contains("`refs/heads/main`, `refs/tags/main`"), "{answer:?}");
    // A tag that has the name of a remote branch is not taken for it.
    repository.git(&["update-ref", "refs/remotes/origin/main", "main~1"]);
    repository.git(&["tag", "origin/main"]);
    let answer = run(&mut repository.check_against("origin/main"));
    assert!(answer.exit == 2 && answer.text.contains("several refs"), "{answer:?}");
    repository.git(&["tag", "--annotate", "--message", "x", "v1", "refs/heads/main"]);
    for good in ["refs/heads/main", "refs/tags/main", "v1", &commit] {
        let answer = run(&mut repository.check_against(good));
        assert_eq!(answer.exit, 0, "{good}: {answer:?}");
    }
}

/// What is wrong with the folder of approvals, on the ref or in the work tree, stops the run.
#[test]
fn only_regular_files_are_read() {
    let on_ref: [(&str, &str, Change); 6] = [
        ("a linked folder", "is a symbolic link", |repository| {
            fs::rename(repository.path("approvals"), repository.path("elsewhere")).unwrap();
            symlink("elsewhere", repository.path("approvals")).unwrap();
        }),
        ("a linked file", "is a symbolic link", |repository| {
            symlink("main.hcl", repository.path("approvals/link.hcl")).unwrap();
        }),
        ("a link of another name", "is a symbolic link", |repository| {
            symlink("main.hcl", repository.path("approvals/link.txt")).unwrap();
        }),
        ("a submodule", "is a submodule", |repository| {
            let commit = repository.git(&["rev-parse", "HEAD"]);
            let entry = format!("160000,{commit},approvals/sub");
            repository.git(&["update-index", "--add", "--cacheinfo", &entry]);
            fs::create_dir(repository.path("approvals/sub")).unwrap();
        }),
        ("a large file", "larger than", |repository| {
            repository.write("approvals/large.hcl", vec![b' '; 5 << 20]);
        }),
        ("a folder below folders", "levels deep", |repository| {
            repository.write(&format!("approvals/{}a.hcl", "d/".repeat(40)), "");
        }),
    ];
    for (what, said, change) in on_ref {
        let repository = Repository::with_approval();
        repository.on_main(change);
        let answer = repository.check();
        assert!(answer.exit == 2 && answer.text.contains(said), "{what}: {answer:?}");
    }
    // In the work tree alone, where everything merged stands elsewhere.
    for link in ["approvals/link.hcl", "approvals"] {
        let repository = Repository::with_approval();
        if link == "approvals" {
            fs::rename(repository.path("approvals"), repository.path("elsewhere")).unwrap();
        }
        symlink("elsewhere", repository.path(link)).unwrap();
        let answer = repository.check();
        assert!(answer.exit == 2 && answer.text.contains("is a symbolic link"), "{link}: {answer:?}");
    }
    let repository = Repository::with_approval();
    repository.on_main(|repository| {
        let path = repository.path("approvals/SEC-7.hcl");
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    });
    assert_eq!(repository.check().exit, 0, "an executable file is a regular one");
}

/// What somebody with the repository in their hands does to it changes neither what is read nor what runs.
#[test]
fn a_hostile_repository_changes_nothing() {
    let hostile: [(&str, Attack); 7] = [
        ("replacements", |repository, _| {
            let real = repository.git(&["rev-parse", "main:approvals/SEC-7.hcl"]);
            repository.copy("SEC-7.hcl", "evil");
            let evil = repository.git(&["hash-object", "-w", "evil"]);
            repository.git(&["replace", &real, &evil]);
        }),
        ("a replaced commit", |repository, _| {
            repository.copy("SEC-7.hcl", "approvals/SEC-7.hcl");
            let evil = repository.commit("evil");
            let real = repository.git(&["rev-parse", "main"]);
            repository.git(&["replace", &real, &evil]);
        }),
        ("grafts", |repository, _| {
            let (own, evil) =
                (repository.git(&["rev-parse", "main"]), repository.git(&["rev-parse", "main~1"]));
            repository.write(".git/info/grafts", format!("{evil} {own}\n"));
        }),
        ("programs in the configuration", |repository, marker| {
            let program = format!("touch {}", marker.display());
            for name in [
                "core.fsmonitor",
                "core.pager",
                "pager.cat-file",
                "pager.for-each-ref",
                "core.sshCommand",
                "core.editor",
                "core.alternateRefsCommand",
                "alias.for-each-ref",
                "filter.x.smudge",
                "diff.external",
            ] {
                repository.git(&["config", name, &program]);
            }
            repository.write(".gitattributes", "* filter=x\n");
        }),
        ("hooks", |repository, marker| {
            for hook in ["post-index-change", "reference-transaction", "post-checkout", "fsmonitor-watchman"]
            {
                let path = format!(".git/hooks/{hook}");
                repository.write(&path, format!("#!/bin/sh\ntouch {}\n", marker.display()));
                fs::set_permissions(repository.path(&path), fs::Permissions::from_mode(0o755)).unwrap();
            }
        }),
        ("alternates", |repository, _| {
            let other = Repository::with_approval();
            let objects = repository.path("evil-objects");
            fs::rename(other.path(".git/objects"), &objects).unwrap();
            repository.write(".git/objects/info/alternates", format!("{}\n", objects.display()));
        }),
        ("a bare repository", |repository, marker| {
            repository.git(&["init", "--quiet", "--bare", "inner"]);
            let program = format!("touch {}", marker.display());
            repository.git(&["--git-dir", "inner", "config", "core.fsmonitor", &program]);
        }),
    ];
    let narrow = read_part("SEC-7.hcl").replace("acme-reports", "acme-other");
    for (what, change) in hostile {
        let repository = Repository::new();
        repository.on_main(|repository| repository.write("approvals/SEC-7.hcl", &narrow));
        let expected = repository.check();
        assert!(expected.is_blocked_by("WIDER_RESOURCE"), "{expected:?}");
        let marker = repository.folder_outside().join("marker");
        change(&repository, &marker);
        let _ = fs::remove_file(&marker);
        let found = repository.check();
        // Whether the work tree has the same text at the place of a line is a matter of the work tree.
        let decided = |run: &Run| run.text.replace(" (not in the repository)", "");
        assert_eq!(decided(&found), decided(&expected), "{what}");
        assert!(!marker.exists(), "{what}: something ran");
    }
    let repository = Repository::with_approval();
    repository.git(&["init", "--quiet", "--bare", "inner"]);
    let mut command = repository.check_command();
    let inside = run(command.current_dir(repository.path("inner")).arg("../plan.json"));
    assert!(inside.exit != 0 || inside.text.contains("approvals of main at"), "{inside:?}");
}

#[test]
fn a_hostile_environment_changes_nothing() {
    let narrow = read_part("SEC-7.hcl").replace("acme-reports", "acme-other");
    let repository = Repository::new();
    repository.on_main(|repository| repository.write("approvals/SEC-7.hcl", &narrow));
    let other = Repository::with_approval();
    let marker = repository.folder_outside().join("marker");
    let program = format!("touch {}", marker.display());
    let expected = repository.check();
    assert!(expected.is_blocked_by("WIDER_RESOURCE"), "{expected:?}");
    let path = |name: &str| other.path(name).display().to_string();
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join(".gitconfig"), format!("[core]\n\tfsmonitor = {program}\n")).unwrap();
    let variables: Vec<Vec<(&str, String)>> = vec![
        vec![("GIT_DIR", path(".git"))],
        vec![("GIT_WORK_TREE", path("."))],
        vec![("GIT_COMMON_DIR", path(".git"))],
        vec![("GIT_OBJECT_DIRECTORY", path(".git/objects"))],
        vec![("GIT_ALTERNATE_OBJECT_DIRECTORIES", path(".git/objects"))],
        vec![("GIT_NAMESPACE", "evil".to_owned())],
        vec![("GIT_REPLACE_REF_BASE", "refs/heads/".to_owned())],
        vec![("GIT_TRACE", marker.display().to_string()), ("GIT_TRACE2", marker.display().to_string())],
        vec![("GIT_PAGER", program.clone()), ("GIT_SSH_COMMAND", program.clone())],
        vec![("GIT_EXEC_PATH", path("."))],
        vec![
            ("GIT_CONFIG_COUNT", "1".to_owned()),
            ("GIT_CONFIG_KEY_0", "core.fsmonitor".to_owned()),
            ("GIT_CONFIG_VALUE_0", program.clone()),
        ],
        vec![("GIT_CONFIG_PARAMETERS", format!("'core.fsmonitor={program}'"))],
        vec![("HOME", home.path().display().to_string())],
        vec![("XDG_CONFIG_HOME", home.path().display().to_string())],
    ];
    for variables in variables {
        let found = run(repository.check_command().envs(variables.iter().cloned()));
        assert_eq!(found.text, expected.text, "{variables:?}");
        assert!(!marker.exists(), "{variables:?}: something ran");
    }
}

/// A `git` that the change brings along is not run, wherever PATH says it is.
#[test]
fn a_git_of_the_work_tree_is_not_run() {
    let repository = Repository::with_approval();
    let marker = repository.path("marker");
    repository.write("bin/git", format!("#!/bin/sh\ntouch {}\n", marker.display()));
    fs::set_permissions(repository.path("bin/git"), fs::Permissions::from_mode(0o755)).unwrap();
    let usual = std::env::var("PATH").unwrap();
    for path in [format!("bin:{usual}"), format!("{}:{usual}", repository.path("bin").display())] {
        let found = run(repository.check_command().env("PATH", path));
        assert_eq!(found.exit, 0, "{found:?}");
    }
    let alone = run(repository.check_command().env("PATH", repository.path("bin")));
    assert!(alone.exit == 2 && alone.text.contains("not installed"), "{alone:?}");
    assert!(!marker.exists());
}

/// Whoever writes into the store of objects can give an object other content; its digits tell.
#[test]
fn an_object_with_other_content_is_refused() {
    let repository = Repository::new();
    let narrow = read_part("SEC-7.hcl").replace("acme-reports", "acme-other");
    let commit = repository.on_main(|repository| repository.write("approvals/SEC-7.hcl", &narrow));
    repository.copy("SEC-7.hcl", "evil");
    let evil = repository.git(&["hash-object", "-w", "evil"]);
    let real = repository.git(&["rev-parse", "main:approvals/SEC-7.hcl"]);
    let file = |digits: &str| repository.path(&format!(".git/objects/{}/{}", &digits[..2], &digits[2..]));
    fs::remove_file(file(&real)).unwrap();
    fs::copy(file(&evil), file(&real)).unwrap();
    for name in ["main", &commit] {
        let found = run(&mut repository.check_against(name));
        assert!(found.exit == 2 && found.text.contains("other content than its digits say"), "{found:?}");
    }
}

/// A partial clone would fetch what it lacks, and a transport runs programs.
#[test]
fn nothing_is_fetched() {
    let repository = Repository::with_approval();
    let marker = repository.path("marker");
    let real = repository.git(&["rev-parse", "main:approvals/SEC-7.hcl"]);
    for (name, value) in [
        ("core.repositoryFormatVersion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.partialCloneFilter", "blob:none"),
        ("remote.origin.url", &format!("ext::sh -c 'touch {}'", marker.display())),
        ("protocol.ext.allow", "always"),
    ] {
        repository.git(&["config", name, value]);
    }
    fs::remove_file(repository.path(&format!(".git/objects/{}/{}", &real[..2], &real[2..]))).unwrap();
    let found = repository.check();
    assert!(found.exit == 2 && found.text.contains("does not have the object"), "{found:?}");
    assert!(!marker.exists());
}

#[test]
fn other_shapes_of_repositories_are_read() {
    let repository = Repository::with_format("sha256");
    repository.on_main(|repository| repository.copy("SEC-7.hcl", "approvals/SEC-7.hcl"));
    assert_eq!(repository.check().exit, 0, "objects by their SHA-256");
    let repository = Repository::with_approval();
    repository.git(&["gc", "--quiet"]);
    repository.git(&["pack-refs", "--all"]);
    assert_eq!(repository.check().exit, 0, "packs");
    let linked = tempfile::tempdir().unwrap();
    let tree = linked.path().join("tree");
    repository.git(&["worktree", "add", "--quiet", tree.to_str().unwrap(), "main~1"]);
    let found = run(repository.check_command().current_dir(&tree));
    assert_eq!(found.exit, 0, "a linked work tree: {found:?}");
    let below = run(repository.check_command().current_dir(repository.path("approvals")).arg("../plan.json"));
    assert!(below.exit == 2 && below.text.contains("plan.json"), "{below:?}");
}

/// A file or a folder elsewhere is read from the ref as well, and outside of the repository it is not.
#[test]
fn the_path_of_the_manifest_is_that_of_the_commit() {
    let repository = Repository::new();
    repository.on_main(|repository| {
        fs::rename(repository.path("approvals"), repository.path("decisions")).unwrap();
        let all = format!("{}\n{}", read_part("main.hcl"), read_part("SEC-7.hcl"));
        repository.write("one.hcl", all);
        repository.copy("SEC-7.hcl", "decisions/SEC-7.hcl");
    });
    fs::create_dir(repository.path("below")).unwrap();
    let check = |path: &str| run(repository.check_command().args(["--approvals", path]));
    for good in [
        "decisions",
        "./decisions/",
        "below/../decisions",
        "one.hcl",
        repository.path("decisions").to_str().unwrap(),
    ] {
        assert_eq!(check(good).exit, 0, "{good}: {:?}", check(good));
    }
    let none = repository.check();
    assert!(none.exit == 1 && none.text.contains("`main` has no manifest at `approvals`"), "{none:?}");
    let outside = tempfile::tempdir().unwrap();
    let outside = check(outside.path().to_str().unwrap());
    assert!(outside.exit == 2 && outside.text.contains("outside of the repository"), "{outside:?}");
    // A folder of the work tree that leads to another one of the commit is not that one.
    symlink(".", repository.path("root")).unwrap();
    let through = check("root/decisions");
    assert!(through.exit == 2 && through.text.contains("has no `root/decisions`"), "{through:?}");
}

/// What roles hold and what types grant is read from the ref too, where it lies in the repository.
#[test]
fn the_catalogue_and_packs_are_those_of_the_ref() {
    let repository = Repository::with_approval();
    repository.write("approvals/catalog.jsonl", "no catalogue\n");
    assert_eq!(repository.check().exit, 0, "the catalogue of the work tree is not read");
    repository.on_main(|repository| repository.write("approvals/catalog.jsonl", "no catalogue\n"));
    fs::remove_file(repository.path("approvals/catalog.jsonl")).unwrap();
    let merged = repository.check();
    assert!(merged.exit == 2 && merged.text.contains("catalog.jsonl"), "{merged:?}");
    let repository = Repository::with_approval();
    repository.write("rules/own.hcl", "nonsense");
    let packs = run(repository.check_command().args(["--rules", "rules"]));
    assert!(packs.exit == 2 && packs.text.contains("`main` has no `rules`"), "{packs:?}");
}

/// A path outside of the repository counts as it stands, and the report says which it is.
#[test]
fn a_path_outside_of_the_repository_counts() {
    let repository = Repository::new();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("main.hcl"), read_part("main.hcl")).unwrap();
    fs::write(outside.path().join("SEC-7.hcl"), read_part("SEC-7.hcl")).unwrap();
    let check = |path: &str| {
        let mut command = repository.countersign();
        command.args([
            "check",
            "plan.json",
            "--without-sources",
            "--as-of",
            "2026-11-24",
            "--approvals",
            path,
        ]);
        run(&mut command)
    };
    let answer = check(outside.path().to_str().unwrap());
    assert!(
        answer.exit == 0 && answer.text.contains(&format!("approvals of {}", outside.path().display())),
        "{answer:?}"
    );
    assert!(check("approvals").text.contains("approvals of the work tree"));
    // A link that leads back is the work tree.
    symlink(repository.path("approvals"), outside.path().join("link")).unwrap();
    let back = outside.path().join("link/main.hcl");
    assert!(check(back.to_str().unwrap()).text.contains("approvals of the work tree"));
}

/// The serial of the ref is compared with those that the branch had before.
#[test]
fn a_serial_never_goes_down() {
    let with_serial = |serial: Option<u64>| match serial {
        Some(serial) => format!("serial = {serial}\n{}", read_part("main.hcl")),
        None => read_part("main.hcl"),
    };
    let merge = |serials: &[Option<u64>]| {
        let repository = Repository::with_approval();
        for serial in serials {
            repository.on_main(|repository| repository.write("approvals/main.hcl", with_serial(*serial)));
        }
        repository
    };
    for good in [vec![Some(1), Some(2)], vec![Some(7), Some(7)], vec![None, Some(0)], vec![None, None]] {
        let found = merge(&good).check();
        assert_eq!(found.exit, 0, "{good:?}: {found:?}");
    }
    let back =
        [vec![Some(2), Some(1)], vec![Some(2), None], vec![Some(9), Some(3), Some(4)], vec![Some(0), None]];
    for serials in back {
        let repository = merge(&serials);
        let found = repository.check();
        assert!(found.is_blocked_by("AUTHORITY_ROLLBACK"), "{serials:?}: {found:?}");
        let lint =
            run(repository.countersign().args(["lint", "--trust-ref", "main", "--as-of", "2026-11-24"]));
        assert!(lint.exit == 1 && lint.text.contains("had serial"), "{lint:?}");
    }
    // The work tree has no say, and a branch that was merged from elsewhere none either.
    let repository = merge(&[Some(2)]);
    repository.write("approvals/main.hcl", with_serial(Some(1)));
    assert_eq!(repository.check().exit, 0);
    repository.write("approvals/main.hcl", with_serial(Some(5)));
    repository.commit("ahead");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.git(&["merge", "--quiet", "--no-ff", "--strategy=ours", "change"]);
    assert_eq!(repository.check().exit, 0);
    // What a shallow clone does not hold is assumed, and said.
    let clone = tempfile::tempdir().unwrap();
    let from = format!("file://{}", repository.path("").display());
    repository.git(&[
        "clone",
        "--quiet",
        "--depth=1",
        "--branch=main",
        &from,
        clone.path().to_str().unwrap(),
    ]);
    let shallow: Run = run(repository.check_command().current_dir(clone.path()));
    assert!(shallow.exit == 0 && shallow.text.contains("had a higher `serial`"), "{shallow:?}");
}
