#!/usr/bin/env python3
"""Counts how often each function of Terraform's language is called in a folder of `.tf` files.

Usage: count.py FOLDER > counts.tsv

Prints one line a function, most used first: the name, the calls, the files that call it. A call in a template
(`"${f(x)}"`, a heredoc) counts; a name in a comment or in literal text does not. Files of equal content count once,
because modules copy files from each other.
"""

import collections
import hashlib
import pathlib
import re
import sys

# What may stand before a bracket and is a word of the language, not a function.
KEYWORDS = {"for", "in", "if", "else", "endif", "endfor"}

# Constructors of types: `list(string)`. Terraform has no functions of these names any more.
TYPES = {"list", "set", "map", "tuple", "object", "optional"}
NAME = re.compile(r"[A-Za-z_][\w-]*(?:::[A-Za-z_][\w-]*)*")
HEREDOC = re.compile(r"<<-?([A-Za-z_][\w-]*)[ \t]*\r?\n")


def find_calls(text):
    """Returns the names of the functions that `text` calls, one entry a call."""
    calls = []
    read_code(text, 0, calls, top=True)
    return calls


def read_code(text, at, calls, top):
    """Reads expressions up to the brace that closes them (to the end, if `top`) and returns where that is."""
    depth = 0
    while at < len(text):
        here = text[at]
        if here == "#" or text.startswith("//", at):
            end = text.find("\n", at)
            at = len(text) if end < 0 else end
        elif text.startswith("/*", at):
            end = text.find("*/", at)
            at = len(text) if end < 0 else end + 2
        elif here == '"':
            at = read_template(text, at + 1, calls, None)
        elif heredoc := HEREDOC.match(text, at):
            at = read_template(text, heredoc.end(), calls, heredoc.group(1))
        elif name := NAME.match(text, at):
            at = name.end()
            if re.compile(r"[ \t]*\(").match(text, at) and name.group() not in KEYWORDS | TYPES:
                calls.append(name.group())
        else:
            depth += (here == "{") - (here == "}")
            at += 1
            if depth < 0 and not top:
                return at
    return at


def read_template(text, at, calls, label):
    """Reads a quoted template, or a heredoc that `label` ends, and returns where it ends."""
    closing = re.compile(r"[ \t]*" + label + r"[ \t]*\r?$", re.MULTILINE) if label else None
    line_start = True
    while at < len(text):
        if closing and line_start and (end := closing.match(text, at)):
            return end.end()
        line_start = text[at] == "\n"
        if not label and text[at] == "\\":
            at += 2
        elif not label and text[at] == '"':
            return at + 1
        elif text.startswith(("$${", "%%{"), at):
            at += 3
        elif text.startswith(("${", "%{"), at):
            at = read_code(text, at + 2, calls, top=False)
        else:
            at += 1
    return at


def main():
    calls, files, seen = collections.Counter(), collections.Counter(), set()
    for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.tf")):
        if not path.is_file():
            continue
        content = path.read_bytes()
        digest = hashlib.sha256(content).digest()
        if digest in seen:
            continue
        seen.add(digest)
        found = find_calls(content.decode("utf-8", "replace"))
        calls.update(found)
        files.update(set(found))
    print(f"{len(seen)} files of different content", file=sys.stderr)
    for name, count in sorted(calls.items(), key=lambda entry: (-entry[1], entry[0])):
        print(f"{name}\t{count}\t{files[name]}")


if __name__ == "__main__":
    main()
