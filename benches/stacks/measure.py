#!/usr/bin/env python3
"""Measures how many grants of real stacks can be approved, and how exactly.

Takes a `countersign` program and a folder of stacks: folders with `plan.json` (`terraform show -json`) and, for the
sources, the plan file `tfplan`. The manifest that a person wrote for a stack is `NAME.hcl` of `--manifests`.
Prints a table with a row for each stack, or JSON. `docs/adoption.md` defines the columns.

    benches/stacks/measure.py --program target/release/countersign STACKS [--only NAME …] [--json FILE]
    benches/stacks/measure.py --program target/release/countersign STACKS --green    # the manifests alone
"""

import argparse
import collections
import functools
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import manifest
from manifest import Context, NotExpressible, Style

MISSING_FACT = re.compile(r"fact `([^`]+)` is missing|\$\{(aws\.(?:account|region|partition)(?:@[^{}]*)?)\}")
FACTS = {"account": manifest.ACCOUNT, "region": "eu-west-1", "partition": "aws"}
# A manifest with one bad approval is refused as a whole: it is left out, and the rest is tried again, this often.
MOST_REFUSALS = 40
BAD_FILE = re.compile(r"(T-\d+)\.hcl")
# Ways to refer to the objects of one grant that are tried.
MOST_CHOICES = 4
AS_OF = "2026-11-30"


class Stack:
    """One stack, and the program that judges it."""

    def __init__(self, program, folder):
        self.program, self.folder, self.facts = program, folder, {}
        self.name = folder.name

    def run(self, command, *options):
        plan = [str(self.folder / "plan.json")]
        if (self.folder / "tfplan").exists():
            plan += ["--sources", str(self.folder / "tfplan")]
        root = self.folder / "source-root"
        if root.exists() and self.reads_source_root():
            plan += ["--source-root", root.read_text().strip()]
        facts = [option for name, value in self.facts.items() for option in ("--fact", f"{name}={value}")]
        return subprocess.run(
            [self.program, command, *plan, *facts, *options, "--format", "json"], capture_output=True, text=True, check=False
        )

    @functools.cache
    def reads_source_root(self):
        return "--source-root" in subprocess.run([self.program, "check", "--help"], capture_output=True, text=True, check=False).stdout

    def check(self, approvals):
        """The result of `check`, or `None` where the manifest is refused, and what it wrote on standard error."""
        done = self.run("check", "--approvals", str(approvals), "--as-of", AS_OF)
        return (json.loads(done.stdout) if done.returncode in (0, 1) else None), done.stderr

    def dialects(self):
        done = self.run("grants")
        return {grant["address"]: grant["dialect"] for grant in json.loads(done.stdout)["grants"]} if done.stdout else {}


def write_manifest(folder, approvals):
    (folder / "owners.hcl").write_text(manifest.OWNERS)
    for ticket, text in approvals.items():
        (folder / f"{ticket}.hcl").write_text(text)


def check_with(stack, approvals):
    """Judges the stack with these approvals, without those that the manifest refuses."""
    approvals = dict(approvals)
    unrelated = manifest.write_approval("NONE", "aws", [manifest.UNRELATED], Style.REFERENCE, placed=False)
    for _ in range(MOST_REFUSALS):
        with tempfile.TemporaryDirectory() as place:
            folder = pathlib.Path(place)
            write_manifest(folder, {"T-0": unrelated.replace("NONE", "T-0"), **approvals})
            result, errors = stack.check(folder)
        if result is not None:
            return result
        bad = set(BAD_FILE.findall(errors)) & set(approvals)
        if not bad:
            raise RuntimeError(f"{stack.name}: {errors.strip()[:800]}")
        for ticket in bad:
            del approvals[ticket]
    return check_with(stack, {})


def find_facts(stack, result):
    """Gives every fact that the findings ask for, until none is asked for; returns how many were."""
    asked = set()
    for _ in range(8):
        texts = [finding["message"] for finding in result["findings"]] + [json.dumps(result["statements"])]
        missing = {asked or hole for text in texts for asked, hole in MISSING_FACT.findall(text)}
        missing |= {finding["waits_for"] for finding in result["findings"] if finding.get("waits_for")}
        if not missing - asked:
            break
        asked |= missing
        for name in missing:
            stack.facts[name] = FACTS.get(name.split("@")[0].rsplit(".", 1)[-1], "unknown")
        result = check_with(stack, {})
    return result, asked


def judged(result):
    return [grant for grant in result["grants"] if grant["verdict"] != "unchanged"]


def planned_statements(result):
    """For the address of each grant, what its findings say that it would give or run."""
    planned = collections.defaultdict(list)
    for finding in result["findings"]:
        if finding.get("run"):
            planned[finding["address"]].append(finding["run"])
        for place in ((finding["access"] or {}).get("planned")) or []:
            statement = result["statements"][place]
            if statement not in planned[finding["address"]]:
                planned[finding["address"]].append(statement)
    return dict(planned)


def synthesise(planned, dialects, style, objects=(), choice=0):
    approvals = {}
    for number, (address, statements) in enumerate(planned.items(), start=1):
        ticket = f"T-{number}"
        dialect = dialects.get(address, "aws")
        runs = [each for each in statements if "sha256" in each]
        statements = [each for each in statements if "effect" in each]
        context = Context(address, objects, choice)
        try:
            approvals[ticket] = manifest.write_approval(
                # What runs is in no account.
                ticket, dialect, statements, style, address, dialect == "aws" and bool(statements), context, runs
            )
        except (NotExpressible, KeyError):
            continue
    return approvals


def approved_places(result):
    return {place for place, grant in enumerate(judged(result)) if grant["verdict"] == "approved"}


def group_reason(finding):
    """The sentence of a finding without its names, so that equal reasons are counted together."""
    message = finding["message"]
    cut = message.find("it cannot be compared with the approvals: ")
    text = message[cut + 42 :] if cut >= 0 else message
    text = re.sub(r"`[^`]*`", lambda name: "`…" + re.sub(r".*[.\]]", ".", name.group(0)[1:-1]) + "`", text)
    return finding["code"] + ": " + text


def made_roles(plan):
    """Names and ARNs' ends of the roles that the plan makes, and their addresses."""
    changes = [change for change in plan.get("resource_changes", []) if change["type"] == "aws_iam_role"]
    made = [change for change in changes if "create" in change["change"]["actions"]]
    names = {(change["change"].get("after") or {}).get("name") for change in made} - {None}
    return names, {change["address"] for change in made}


def count_pass_role(stack, plan, result):
    """Roles that are handed to a service: those that the same plan makes, and those that are not resolved."""
    names, addresses = made_roles(plan)
    false, unresolved = [], []
    for finding in result["findings"]:
        statements = [result["statements"][place] for place in ((finding["access"] or {}).get("planned")) or []]
        # A policy that lets its holder hand over a role is what it says.
        statements = [each for each in statements if all(who.startswith("Service:") for who in each["principals"])]
        for resource in {name for each in statements if "iam:passrole" in [a.lower() for a in each["actions"]] for name in each["resources"]}:
            holes = [hole.rsplit(".", 1) for hole in manifest.HOLE.findall(resource)]
            if any(hole[0] in addresses for hole in holes) or (not holes and resource.rsplit("/", 1)[-1] in names):
                false.append(finding["address"])
            elif holes:
                unresolved.append(finding["address"])
    return false, unresolved


def measure(program, folder, manifests):
    stack = Stack(program, folder)
    plan = json.loads((folder / "plan.json").read_text())
    row = {"stack": stack.name, "changes": sum(c["change"]["actions"] != ["no-op"] for c in plan.get("resource_changes", []))}
    base, errors = None, ""
    try:
        base = check_with(stack, {})
    except RuntimeError as error:
        errors = str(error)
    if base is None:
        return {**row, "error": errors}
    row["undecided_without_facts"] = sum(grant["verdict"] == "undecided" for grant in judged(base))
    base, asked = find_facts(stack, base)
    grants, dialects, planned = judged(base), stack.dialects(), planned_statements(base)
    row |= {"grants": len(grants), "facts_asked": sorted(asked)}
    row["undecided"] = sum(grant["verdict"] == "undecided" for grant in grants)
    row["reasons"] = collections.Counter(group_reason(f) for f in base["findings"] if f["code"] not in ("UNAPPROVED",))
    row["pass_role_false"], row["pass_role_unresolved"] = count_pass_role(stack, plan, base)
    covered, exact, levels, approvals, exact_places, left, result = set(), {}, {}, {}, set(), set(), base
    row["green"], row["green_lines"] = judge_by_hand(stack, manifests)
    objects = [(change["address"], change["type"]) for change in plan["resource_changes"] if change["mode"] == "managed"]
    tries = [(Style.REFERENCE, choice) for choice in range(MOST_CHOICES)] + [(style, 0) for style in Style if style is not Style.REFERENCE]
    for style, choice in tries:
        if len(covered) < len(grants):
            approvals = synthesise(planned, dialects, style, objects, choice)
            result = check_with(stack, approvals)
            covered |= approved_places(result)
        levels[style.name] = len(covered)
        if style in (Style.REFERENCE, Style.PREFIX):
            exact, exact_places = {**approvals, **exact}, set(covered)
            left = {place for place, grant in enumerate(judged(result)) if grant["verdict"] == "undecided"} - covered
    rest = set(range(len(grants))) - covered
    if rest:
        rest -= approved_places(check_with(stack, {"T-1": manifest.write_everything(sorted({type_of for _, type_of in objects}))}))
    row["never"] = [grants[place]["address"] for place in sorted(rest)]
    row["undecided_left"] = len(left)
    row["lines"] = manifest.count_lines(exact)
    row["exact"], row["star_inside"], row["star"] = len(exact_places), levels["STAR_INSIDE"], levels["STAR"]
    row["not_exact"] = [grants[place]["address"] for place in range(len(grants)) if place not in exact_places]
    row["other_findings"] = sum(f["code"] in ("INCOMPLETE_PLAN", "UNSUPPORTED_TYPE", "UNSUPPORTED_PROVIDER", "SOURCES_UNSEEN") for f in base["findings"])
    return row


def judge_by_hand(stack, manifests):
    """Whether the plan is allowed under the manifest that a person wrote for it, and that manifest's lines."""
    path = manifests / f"{stack.name}.hcl"
    if not path.exists():
        return None, 0
    result, errors = Stack(stack.program, stack.folder).check(path)
    if result is None:
        print(f"{stack.name}: {errors.strip()[:400]}", file=sys.stderr)
    return result is not None and result["verdict"] == "allowed", len(path.read_text().splitlines())


def print_green(rows):
    """The manifests by hand: whether each lets its plan pass, and how long it is."""
    print("| stack | green | lines |\n|---|---|---|")
    for row in rows:
        print(f"| {row['stack']} | {'yes' if row['green'] else 'no'} | {row['green_lines']} |")
    green = [row for row in rows if row["green"]]
    longest = max((row["green_lines"] for row in green), default=0)
    print(f"\n{len(green)} of {len(rows)} green; the longest of these has {longest} lines")


def print_table(rows):
    columns = ("grants", "exact", "star_inside", "star", "never", "undecided_left", "undecided", "undecided_without_facts", "facts_asked", "pass_role_false", "pass_role_unresolved", "other_findings", "lines", "green", "green_lines")
    print("| stack | changes | " + " | ".join(columns) + " |\n|" + "---|" * (len(columns) + 2))
    totals = collections.Counter()
    for row in rows:
        if "error" in row:
            print(f"| {row['stack']} | {row['changes']} | {row['error'][:100]} |")
            continue
        cells = [int(row[c] or 0) if not isinstance(row[c], list) else len(row[c]) for c in columns]
        totals.update(dict(zip(columns, cells)))
        totals["changes"] += row["changes"]
        print(f"| {row['stack']} | {row['changes']} | " + " | ".join(map(str, cells)) + " |")
    print(f"| total ({len(rows)}) | {totals['changes']} | " + " | ".join(str(totals[c]) for c in columns) + " |")
    reasons = collections.Counter()
    for row in rows:
        reasons.update(row.get("reasons", {}))
    print("\n| findings | reason |\n|---|---|")
    for reason, number in reasons.most_common(60):
        print(f"| {number} | {reason} |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--json")
    parser.add_argument("--manifests", type=pathlib.Path, default=pathlib.Path(__file__).parent / "manifests")
    parser.add_argument("--green", action="store_true", help="judge the manifests by hand, and nothing else")
    parser.add_argument("stacks", type=pathlib.Path)
    options = parser.parse_args()
    folders = sorted(path.parent for path in options.stacks.glob("*/plan.json"))
    folders = [folder for folder in folders if not options.only or folder.name in options.only]
    if options.green:
        judged_by_hand = [(folder, *judge_by_hand(Stack(options.program, folder), options.manifests)) for folder in folders]
        rows = [{"stack": folder.name, "green": green, "green_lines": lines} for folder, green, lines in judged_by_hand]
        print_green([row for row in rows if row["green"] is not None])
        return
    rows = [measure(options.program, folder, options.manifests) for folder in folders]
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(rows, indent=1))
    print_table(rows)


if __name__ == "__main__":
    sys.exit(main())
