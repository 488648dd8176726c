#!/usr/bin/env python3
"""Makes manifests by hand narrower at one place each, and says what still passes.

Takes a `countersign` program, a folder of stacks and the manifests of `measure.py` that let their plans pass. Each place
is chosen at random: one name less in a list, a `grant` or `run` block less, a letter more in a name, a condition more, an
approval that has ended. Prints for each manifest how many were blocked; whatever passes is printed with the part that was
taken, because it has to be redundant: covered by another statement of the same manifest.

    benches/stacks/narrow.py --program target/release/countersign STACKS [--changes 10] [--seed 1] [--only NAME …]
"""

import argparse
import pathlib
import random
import re
import sys
import tempfile

import measure

LIST = re.compile(r"^ +(principals|actions|resources|roles|credentials|values|sha256) *= *\[(.*?)\]$", re.M | re.S)
ITEM = re.compile(r'"(?:[^"\\]|\\.)*"|[\w.\[\]"-]+(?:\[[^\]]*\])?[\w.\[\]]*')
BLOCK = re.compile(r"^  (?:grant|run) \".*?^  \}\n", re.M | re.S)
GRANT = re.compile(r"^  grant \"aws\" \{.*?^  \}\n", re.M | re.S)
NEVER_MET = '    condition "StringEquals" "aws:PrincipalOrgID" { values = ["o-nobody"] }\n'


def cut(text, start, end, put=""):
    return text[:start] + put + text[end:]


def take_item(text, choose):
    """One name less in a list; the whole block where it is the only one."""
    match = choose.choice(list(LIST.finditer(text)))
    items = list(ITEM.finditer(match.group(2)))
    item = choose.choice(items)
    if len(items) == 1:
        return take_block(text, choose)
    start = match.start(2) + item.start()
    end = match.start(2) + item.end()
    rest = re.match(r",\s*", text[end : match.end(2)])
    before = re.search(r",\s*$", text[match.start(2) : start])
    if rest:
        end += rest.end()
    elif before:
        start -= len(before.group(0))
    return cut(text, start, end), f"{match.group(1)} without {item.group(0)}"


def take_block(text, choose):
    match = choose.choice(list(BLOCK.finditer(text)))
    return cut(text, match.start(), match.end()), "without " + " ".join(match.group(0).split())


def change_name(text, choose):
    """Another name: a letter more before its end."""
    match = choose.choice(list(LIST.finditer(text)))
    item = choose.choice([item for item in ITEM.finditer(match.group(2))])
    name = item.group(0)
    if not name.startswith('"') or re.search(r"[*}]\"$", name) or len(name) < 3:
        return take_item(text, choose)
    end = match.start(2) + item.end() - 1
    return cut(text, end, end, "q"), f"{match.group(1)} with {name[:-1]}q\""


def add_condition(text, choose):
    """A condition more; a role or credential of a service, and an exclusion, have none."""
    match = choose.choice(list(GRANT.finditer(text)))
    return cut(text, match.end() - 4, match.end() - 4, NEVER_MET), "a condition more: " + " ".join(match.group(0).split())


def end_approval(text, choose):
    match = choose.choice(list(re.finditer(r'expires_on    = "(.*?)"', text)))
    return cut(text, match.start(1), match.end(1), "2026-11-29"), "an approval that has ended"


CHANGES = (take_item, take_item, take_block, change_name, change_name, add_condition, end_approval)


def narrow(program, folder, path, count, seed):
    choose, text = random.Random(f"{seed} {path.name}"), path.read_text()
    stack, blocked, passed = measure.Stack(program, folder), 0, []
    for _ in range(count):
        changed, what = choose.choice(CHANGES)(text, choose)
        with tempfile.NamedTemporaryFile("w", suffix=".hcl") as file:
            file.write(changed)
            file.flush()
            result, errors = stack.check(pathlib.Path(file.name))
        if result is not None and result["verdict"] == "allowed":
            passed.append(what)
        else:
            blocked += 1
        if result is None and "error" not in errors:
            raise RuntimeError(errors)
    return blocked, passed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--manifests", type=pathlib.Path, default=pathlib.Path(__file__).parent / "manifests")
    parser.add_argument("--changes", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("stacks", type=pathlib.Path)
    options = parser.parse_args()
    tried = blocked_ones = 0
    for path in sorted(options.manifests.glob("*.hcl")):
        folder = options.stacks / path.stem
        if not folder.exists() or (options.only and path.stem not in options.only):
            continue
        result, _ = measure.Stack(options.program, folder).check(path)
        if result is None or result["verdict"] != "allowed":
            continue
        blocked, passed = narrow(options.program, folder, path, options.changes, options.seed)
        tried, blocked_ones = tried + blocked + len(passed), blocked_ones + blocked
        print(f"{path.stem}: {blocked} blocked, {len(passed)} passed", *passed, sep="\n  ")
    print(f"{blocked_ones} of {tried} blocked")


if __name__ == "__main__":
    sys.exit(main())
