#!/usr/bin/env python3
"""Checks the lines that findings point at, with Terraform as the judge.

Takes a `countersign` program and folders in which Terraform has planned: each has `tfplan` (`terraform plan -out`), `plan.json`
(`terraform show -json`) and the folder `.terraform` of `terraform init`. Every grant of a plan becomes a finding, because the
manifest approves nothing. For each finding this program finds by itself which module's folder has the block, and holds
the sites against that:

- a block's line has the heading of that very block, and a call's that of the module call;
- an argument is renamed in a copy of the stack, and `terraform validate` has to refuse the new name on the very line, in
  the block of the finding's address;
- with `--replan`, the value of the argument is replaced, Terraform plans again, and the access of the finding has to be
  another one: the argument is the one that says the grant;
- a file that is named by a path in the repository has the bytes that the plan file keeps; a file of a downloaded module
  is never named first.

    benches/places/verify.py --program target/debug/countersign STACKS [--replan] [--json FILE]

Nothing of the code of `countersign` is used. Prints right, wrong and none, and each that is not right.
"""

import argparse
import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

AS_OF = "2026-11-30"
MANIFEST = 'process_owner = "places"\n'
ADDRESS_PART = re.compile(r'\.?([^.\["]+)((?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?)')
MARK = "zz_countersign_"
UNKNOWN_NAME = ("Unsupported argument", "Extraneous JSON object property")
# Rounds of renaming: Terraform does not look at an object whose dependencies have errors.
MOST_ROUNDS = 12


def split_address(address):
    """The module names, the mode, the type and the name of an address."""
    names = [name for name, _ in ADDRESS_PART.findall(address)]
    modules = []
    while names[0] == "module":
        modules.append(names[1])
        names = names[2:]
    mode = "data" if names[0] == "data" else "ephemeral" if names[0] == "ephemeral" else "resource"
    names = names if mode == "resource" else names[1:]
    return modules, mode, names[0], names[1]


def end_of_value(text, at):
    """Where the value ends that begins at an offset of native text."""
    depth, mode = 0, []
    while at < len(text):
        char = text[at]
        if mode and mode[-1] == '"':
            if char == "\\":
                at += 1
            elif text.startswith("${", at) or text.startswith("%{", at):
                mode.append("{")
                at += 1
            elif char == '"':
                mode.pop()
        elif char == '"':
            mode.append('"')
        elif char == "#" or text.startswith("//", at):
            at = text.find("\n", at)
            continue
        elif text.startswith("/*", at):
            at = text.find("*/", at) + 1
        elif heredoc := re.match(r"<<-?([\w-]+)\r?\n", text[at:]):
            end = re.compile(r"^[ \t]*" + re.escape(heredoc[1]) + r"(?=\r?$)", re.M).search(text, at + heredoc.end())
            at = end.end()
            continue
        elif mode and char == "}" and depth == 0:
            mode.pop()
        elif char in "([{":
            if mode:
                mode.append("(")
            else:
                depth += 1
        elif char in ")]}":
            if mode:
                mode.pop()
            elif depth == 0:
                return at
            else:
                depth -= 1
        elif char == "\n" and depth == 0 and not mode:
            return at
        at += 1
    return at


class Stack:
    """One folder in which Terraform has planned."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder.resolve()
        self.root = next((up for up in [self.folder, *self.folder.parents] if (up / ".git").exists()), self.folder)
        self.archive = zipfile.ZipFile(self.folder / "tfplan")
        self.modules = {one["Key"]: one for one in json.loads(self.archive.read("tfconfig/modules.json"))}

    def check(self, folder):
        """The findings of a plan in a folder."""
        with tempfile.TemporaryDirectory() as manifest:
            (pathlib.Path(manifest) / "owners.hcl").write_text(MANIFEST)
            done = subprocess.run(
                [self.program, "check", "plan.json", "--sources", "tfplan", "--approvals", manifest, "--as-of", AS_OF, "--format", "json"],
                cwd=folder, capture_output=True, text=True, check=False,
            )
        if done.returncode not in (0, 1):
            sys.exit(f"{folder}: {done.stderr}")
        report = json.loads(done.stdout)
        for finding in report["findings"]:
            planned = (finding["access"] or {}).get("planned")
            finding["planned"] = [report["statements"][at] for at in planned] if isinstance(planned, list) else planned
        return [finding for finding in report["findings"] if finding["address"]]

    def module_folder(self, key):
        return (self.folder / self.modules[key]["Dir"]).resolve()

    def is_downloaded(self, names):
        """Whether a module, or one that holds it, comes from elsewhere than a relative path."""
        for count in range(1, len(names) + 1):
            source = self.modules[".".join(names[:count])].get("Source", "")
            if not source.startswith(("./", "../")):
                return True
        return False

    def path(self, site):
        """The file of a site on the disk."""
        return ((self.folder if site.get("elsewhere") else self.root) / site["file"]).resolve()

    def kept_text(self, key, name):
        return self.archive.read(f"tfconfig/m-{key}/{name}").decode("utf-8-sig")

    def nearest_call(self, names):
        """The module that has the call to point at, and the name that it calls."""
        names = list(names)
        while True:
            called = names.pop()
            if not self.is_downloaded(names):
                return ".".join(names), called


def text_at(text, site):
    lines = text.split("\n")
    if not 1 <= site["line"] <= len(lines):
        return ""
    return "\n".join([lines[site["line"] - 1][site["column"] - 1:], *lines[site["line"]:]])


def is_heading(text, words):
    """Whether a text begins with the heading of a block, in native or in JSON syntax."""
    native = r"\s+".join([words[0], *(rf'(?:"{re.escape(word)}"|{re.escape(word)}\b)' for word in words[1:])])
    return re.match(native + r"\s*\{", text) is not None


def is_json_heading(whole, site, words):
    """Whether the name of a block stands at a site of JSON text, which has it once."""
    name = json.dumps(words[-1])
    times = len(re.findall(re.escape(name) + r"\s*:", whole))
    return text_at(whole, site).startswith(name) and times == 1


class Judge:
    """Holds the sites of one stack against its sources; what only Terraform can tell is kept for later."""

    def __init__(self, stack):
        self.stack, self.arguments, self.faults = stack, {}, collections.defaultdict(list)

    def judge(self, finding):
        """Whether the finding has a line."""
        address = finding["address"]
        sites = [site for site in finding["sites"] if site["what"] in ("planned", "call")]
        if not sites:
            return False
        names, *words = split_address(address)
        is_downloaded = self.stack.is_downloaded(names)
        if sites[0]["what"] != ("call" if is_downloaded else "planned") or sites[0].get("elsewhere"):
            self.faults[address].append(f"{sites[0]} stands first")
        if is_downloaded != any(site.get("elsewhere") for site in sites if site["what"] == "planned"):
            self.faults[address].append("a file of a downloaded module is named as one of the repository")
        own = next((site for site in sites if site["what"] == "planned"), None)
        if own is None:
            self.faults[address].append("the block has no line")
        for site in sites:
            if site is own:
                self.judge_own(finding, site, ".".join(names), words)
            elif site["what"] == "call":
                key, called = self.stack.nearest_call(names)
                self.expect_heading(address, site, key, ["module", called])
        return True

    def read(self, address, site, key):
        """The text of a site's file, where it is the one of the module."""
        path = self.stack.path(site)
        if path.parent != self.stack.module_folder(key):
            self.faults[address].append(f"{site['file']} is not in the folder of `{key}`")
            return None
        text = path.read_bytes().decode("utf-8-sig")
        if text != self.stack.kept_text(key, path.name):
            self.faults[address].append(f"{site['file']} is not as it was planned")
            return None
        return text

    def expect_heading(self, address, site, key, words):
        text = self.read(address, site, key)
        if text is None:
            return
        is_json = site["file"].endswith(".json")
        if not (is_json_heading(text, site, words) if is_json else is_heading(text_at(text, site), words)):
            self.faults[address].append(f"{site['file']}:{site['line']} is not the heading of {words}")

    def judge_own(self, finding, site, key, words):
        address, text = finding["address"], self.read(finding["address"], site, key)
        if text is None:
            return
        is_json = site["file"].endswith(".json")
        if is_json and is_json_heading(text, site, words) or not is_json and is_heading(text_at(text, site), words):
            return
        place = (self.stack.path(site), site["line"], site["column"])
        self.arguments.setdefault(place, (words, []))[1].append(address)


class Copy:
    """A copy of a stack's repository, which may be changed."""

    def __init__(self, stack, into):
        self.stack, self.root = stack, pathlib.Path(into) / "copy"
        shutil.copytree(stack.root, self.root, symlinks=True, ignore=shutil.ignore_patterns(".git"))
        (self.root / ".git").mkdir()
        self.folder = self.root / stack.folder.relative_to(stack.root)

    def path(self, path):
        return self.root / path.relative_to(self.stack.root)

    def change(self, edits):
        """Changes files: by path, with the offset, the end and the new text of each edit."""
        for path, of_file in edits.items():
            text = path.read_bytes().decode()
            for start, end, new in sorted(of_file, reverse=True):
                text = text[:start] + new + text[end:]
            self.path(path).write_bytes(text.encode())

    def restore(self, edits):
        for path in edits:
            shutil.copyfile(path, self.path(path))

    def terraform(self, *words):
        return subprocess.run(["terraform", *words], cwd=self.folder, capture_output=True, text=True, check=False)


def offset_of(path, line, column):
    """The offset of a line and a column in the text of a file, with the byte order mark."""
    text = path.read_bytes().decode()
    start = sum(len(one) for one in text.splitlines(keepends=True)[: line - 1]) if line > 1 else 0
    start = [0, *(match.end() for match in re.finditer("\n", text))][line - 1]
    mark = 1 if line == 1 and text.startswith("\ufeff") else 0
    return text, start + mark + column - 1


def rename_edit(place, number):
    """The edit that gives an argument another name."""
    path, line, column = place
    text, at = offset_of(path, line, column)
    pattern = r'"[^"]*"' if path.name.endswith(".json") else r"[\w-]+"
    name = re.compile(pattern).match(text, at)
    if not name:
        return None
    new = f"{MARK}{number}"
    return at, name.end(), f'"{new}"' if path.name.endswith(".json") else new


def verify_names(copy, judge):
    """Renames arguments until Terraform has refused each of them, in its block and on its line."""
    left = dict(enumerate(judge.arguments))
    for _ in range(MOST_ROUNDS):
        edits = collections.defaultdict(list)
        for number, place in left.items():
            edit = rename_edit(place, number)
            if edit is not None:
                edits[place[0]].append(edit)
        if not edits:
            break
        copy.change(edits)
        output = copy.terraform("validate", "-json", "-no-color").stdout
        copy.restore(edits)
        refused = find_refused(copy, json.loads(output)["diagnostics"])
        done = [number for number, place in left.items() if number in refused]
        for number in done:
            path, line, _ = place = left.pop(number)
            words, addresses = judge.arguments[place]
            where, context = refused[number]
            if where != (path, line) or not is_context(context, words):
                for address in addresses:
                    judge.faults[address].append(f"{path.name}:{line} is {where} in {context}")
        if not done:
            break
    for place in verify_types(copy, judge, list(left.values())):
        for address in judge.arguments[place][1]:
            judge.faults[address].append(f"{place[0].name}:{place[1]} holds no argument that Terraform reads")


def type_edit(place):
    """The edit that gives an argument a value of a type that no argument of a grant has."""
    path, line, column = place
    text, at = offset_of(path, line, column)
    if path.name.endswith(".json"):
        heading = re.compile(r'"[^"]*"\s*:\s*').match(text, at)
        end = heading and json.JSONDecoder().raw_decode(text, heading.end())[1]
        return heading and (heading.end(), end, '{"zz": 1}')
    heading = re.compile(r"[\w-]+\s*=\s*").match(text, at)
    if not heading:
        return None
    end = end_of_value(text, heading.end())
    # What follows stays on its line.
    return heading.end(), end, "{ zz = 1" + "\n" * text.count("\n", heading.end(), end) + " }"


def verify_types(copy, judge, places):
    """Gives arguments a value of another type, and returns those of which Terraform does not refuse it. In override files
    Terraform passes over names that it does not know, and of two that override the same it reads the last."""
    left = set(places)
    for _ in range(MOST_ROUNDS):
        edits = collections.defaultdict(list)
        for place in left:
            edit = type_edit(place)
            if edit:
                edits[place[0]].append(edit)
        if not edits:
            break
        copy.change(edits)
        output = copy.terraform("validate", "-json", "-no-color").stdout
        copy.restore(edits)
        refused = {}
        for one in json.loads(output)["diagnostics"]:
            if one["severity"] == "error" and "type" in one["summary"] and "range" in one:
                path = (copy.folder / one["range"]["filename"]).resolve()
                where = copy.stack.root / path.relative_to(copy.root.resolve()), one["range"]["start"]["line"]
                refused[where] = (one.get("snippet") or {}).get("context")
        done = {place for place in left if (place[0], place[1]) in refused and is_context(refused[place[:2]], judge.arguments[place][0])}
        left -= done
        if not done:
            break
    return left


def find_refused(copy, diagnostics):
    """The place and the block of each name that Terraform does not know, by its number."""
    refused = {}
    for one in diagnostics:
        number = re.search(MARK + r"(\d+)", one.get("detail", ""))
        if number and "range" in one and one["summary"] in UNKNOWN_NAME:
            path = (copy.folder / one["range"]["filename"]).resolve()
            original = copy.stack.root / path.relative_to(copy.root.resolve())
            refused[int(number[1])] = ((original, one["range"]["start"]["line"]), (one.get("snippet") or {}).get("context"))
    return refused


def is_context(context, words):
    """Whether a diagnostic stands in a block. Terraform names none in JSON syntax."""
    native = " ".join([words[0], *(f'"{word}"' for word in words[1:])])
    return context is None or context.startswith((native, ".".join(words)))


def new_value(number, change, argument):
    """Another value for an argument, which the plan shows to say what it is."""
    name = f"{MARK}{number}"
    principal = f"arn:aws:iam::111122223333:role/{name}"
    if argument == "assume_role_policy" or argument.endswith("trust_policy"):
        statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": principal}}
    else:
        statement = {"Effect": "Allow", "Action": f"zz:{name}", "Resource": "*", "Principal": {"AWS": principal}}
    planned = change["change"].get("after") or {}
    if argument in ("policy", "assume_role_policy", "key_policy", "repository_policy"):
        # A policy of an identity has no principal.
        if change["type"].startswith("aws_iam_") and argument == "policy":
            del statement["Principal"]
        return json.dumps(json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    if isinstance(planned.get(argument), list):
        return json.dumps([name])
    if argument == "policy_arn":
        return f'"arn:aws:iam::aws:policy/{name}"'
    return None


def verify_values(copy, judge):
    """Replaces the values of arguments, plans again, and compares the access. Returns how many were compared."""
    changes = {one["address"]: one for one in json.loads((copy.stack.folder / "plan.json").read_text())["resource_changes"]}
    edits, tried = collections.defaultdict(list), {}
    for number, place in enumerate(judge.arguments):
        path, line, column = place
        if path.name.endswith(".json"):
            continue
        text, at = offset_of(path, line, column)
        heading = re.compile(r"([\w-]+)\s*=\s*").match(text, at)
        words, addresses = judge.arguments[place]
        change = changes.get(addresses[0])
        value = heading and change and new_value(number, change, heading[1])
        if value:
            edits[path].append((heading.end(), end_of_value(text, heading.end()), value))
            tried[number] = addresses
    if not tried:
        return 0
    copy.change(edits)
    done = copy.terraform("plan", "-input=false", "-no-color", "-out=tfplan")
    if done.returncode:
        print(f"  {copy.stack.folder}: cannot be planned again: {done.stderr.strip().splitlines()[:3]}", file=sys.stderr)
        copy.restore(edits)
        return 0
    (copy.folder / "plan.json").write_text(copy.terraform("show", "-json", "tfplan").stdout)
    copy.restore(edits)
    after = collections.defaultdict(str)
    for finding in copy.stack.check(copy.folder):
        after[finding["address"]] += json.dumps([finding["planned"], finding["message"]])
    compared = 0
    for number, addresses in tried.items():
        for address in set(addresses):
            # What the plan no longer has, such as a policy that nothing attaches, says nothing.
            if address not in after:
                continue
            compared += 1
            if f"{MARK}{number}" not in after[address].lower():
                judge.faults[address].append(f"its access does not change with argument {number}")
    return compared


def verify(program, folder, args):
    stack = Stack(program, folder)
    judge, findings = Judge(stack), stack.check(stack.folder)
    for site in (site for finding in findings for site in finding["sites"]):
        site["line"] += args.shift
    addresses = {finding["address"] for finding in findings}
    none = {finding["address"] for finding in findings if not judge.judge(finding)}
    compared = 0
    if judge.arguments:
        with tempfile.TemporaryDirectory(dir=args.scratch) as place:
            copy = Copy(stack, place)
            verify_names(copy, judge)
            compared = verify_values(copy, judge) if args.replan else 0
    for address in sorted(judge.faults):
        for fault in sorted(set(judge.faults[address])):
            print(f"  {folder}: {address}: {fault}", file=sys.stderr)
    wrong = set(judge.faults)
    return {
        "changes": len(addresses),
        "right": len(addresses - none - wrong),
        "wrong": len(wrong),
        "none": len(none - wrong),
        "arguments": len(judge.arguments),
        "compared": compared,
        "without": sorted(none),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stacks", nargs="+", type=pathlib.Path)
    parser.add_argument("--program", required=True, type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument("--replan", action="store_true", help="plan again with other values")
    parser.add_argument("--shift", type=int, default=0, help="move each line by so many, to see the checks fail")
    parser.add_argument("--scratch", help="folder for copies of stacks")
    parser.add_argument("--json", type=pathlib.Path)
    args = parser.parse_args()
    os.environ.setdefault("CHECKPOINT_DISABLE", "1")
    folders = sorted({path.parent for stack in args.stacks for path in stack.rglob("plan.json") if (path.parent / "tfplan").exists()})
    results, total = {}, collections.Counter()
    print("| stack | changes | right | wrong | none | arguments | compared |\n|---|---|---|---|---|---|---|")
    for folder in folders:
        result = results[str(folder)] = verify(args.program, folder, args)
        numbers = {name: value for name, value in result.items() if isinstance(value, int)}
        total.update(numbers)
        print(f"| {folder.name} | " + " | ".join(str(value) for value in numbers.values()) + " |", flush=True)
    print("| all | " + " | ".join(str(total[name]) for name in ("changes", "right", "wrong", "none", "arguments", "compared")) + " |")
    if args.json:
        args.json.write_text(json.dumps(results, indent=1))
    return 1 if total["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
