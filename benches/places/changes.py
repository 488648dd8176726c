"""Changes arguments in a copy of a stack, and takes what Terraform says of them.

An argument gets another name, a value of another type, or another value of its own type. Nothing that is planned is touched.
"""

import collections
import json
import pathlib
import re
import shutil
import subprocess
import sys

MARK = "zz_countersign_"
UNKNOWN_NAME = ("Unsupported argument", "Extraneous JSON object property")
# Rounds of changes: Terraform does not look at an object whose dependencies have errors.
MOST_ROUNDS = 12


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
