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
import sys
import tempfile

from changes import Copy, verify_names, verify_values
from stack import Stack, is_heading, is_json_heading, split_address, text_at


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
