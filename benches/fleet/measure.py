#!/usr/bin/env python3
"""What it costs to judge many plans, each of 20 grants: by lines, as one folder, and one process a plan.

usage: measure.py PROGRAM [--folder FOLDER] [--lines 200 2000 10000]

PROGRAM is a release build of countersign. Plans and approvals are written to FOLDER (by default a temporary one): 100
stacks, of which each is the plan of many workspaces, and an approval for nineteen of the twenty grants of each stack, so
that the manifest has 1,900 approvals. One grant in twenty is wider than approved, and one has no approval. Prints a row
a way: CPU seconds, milliseconds a plan, and the most memory that the process held.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STACKS = 100
GRANTS = 20
ACCOUNT = "123456789012"
AS_OF = "2026-11-24"
AWS = "registry.terraform.io/hashicorp/aws"
GOOGLE = "registry.terraform.io/hashicorp/google"
SERVICES = {
    "s3": (["GetObject", "ListBucket", "PutObject"], "arn:aws:s3:::app-{key}-data/*"),
    "sqs": (["ReceiveMessage", "SendMessage"], f"arn:aws:sqs:eu-west-1:{ACCOUNT}:app-{{key}}"),
    "dynamodb": (["GetItem", "Query"], f"arn:aws:dynamodb:eu-west-1:{ACCOUNT}:table/app-{{key}}"),
}


def make_policy(key, is_wider):
    """Return the policy of one role: a statement a service."""
    statements = []
    for service, (actions, name) in SERVICES.items():
        names = ["*"] if is_wider and service == "s3" else actions
        statements.append(
            {
                "Sid": service,
                "Effect": "Allow",
                "Action": [f"{service}:{action}" for action in names],
                "Resource": name.format(key=key),
            }
        )
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def make_objects(stack):
    """Yield type, name, provider, values and constants of each object of a stack."""
    for at in range(GRANTS):
        key = f"{stack:03}-{at:02}"
        if at % 2:
            after = {
                "project": f"apps-{stack:03}",
                "role": "roles/storage.objectViewer",
                "member": f"serviceAccount:app-{at:02}@apps-{stack:03}.iam.gserviceaccount.com",
                "condition": [],
            }
            yield "google_project_iam_member", f"app_{at:02}", GOOGLE, after
        else:
            after = {"name": f"app-{key}", "role": f"app-{key}", "policy": make_policy(key, at == 0), "name_prefix": None}
            yield "aws_iam_role_policy", f"app_{at:02}", AWS, after


def make_plan(stack):
    """Return plan JSON of a stack, with the parts that `terraform show -json` writes."""
    planned, changes, blocks = [], [], []
    for type_name, name, provider, after in make_objects(stack):
        address = f"{type_name}.{name}"
        head = {"address": address, "mode": "managed", "type": type_name, "name": name}
        planned.append({**head, "provider_name": provider, "schema_version": 0, "values": after, "sensitive_values": {}})
        change = {"actions": ["create"], "before": None, "after": after, "after_unknown": {"id": True}}
        change |= {"before_sensitive": False, "after_sensitive": {}}
        changes.append({**head, "provider_name": provider, "change": change})
        constants = {key: {"constant_value": value} for key, value in after.items() if value}
        key = provider.rsplit("/", 1)[1]
        blocks.append({**head, "provider_config_key": key, "expressions": constants, "schema_version": 0})
    providers = {
        "aws": {"name": "aws", "full_name": AWS, "expressions": {"region": {"constant_value": "eu-west-1"}}},
        "google": {"name": "google", "full_name": GOOGLE},
    }
    return {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "timestamp": "2026-11-24T08:00:00Z",
        "planned_values": {"root_module": {"resources": planned}},
        "resource_changes": changes,
        "configuration": {"provider_config": providers, "root_module": {"resources": blocks}},
    }


def write_approvals(folder):
    """Write one approval for each grant but the last of each stack, a file a stack."""
    quote = json.dumps
    (folder / "authority.hcl").write_text(
        'process_owner = "security"\n'
        'system "apps" { owner = "team-apps" }\n'
        'authority "apps" {\n  approvers = ["lee"]\n  systems = ["apps"]\n  max_duration = "400d"\n}\n'
    )
    for stack in range(STACKS):
        text = []
        for at, (type_name, _, _, after) in enumerate(make_objects(stack)):
            if at == GRANTS - 1:
                continue
            text.append(
                f'approval "SEC-{stack * GRANTS + at}" {{\n  justification = "the service needs it"\n'
                '  system = "apps"\n  requester = "ana"\n  approvers = ["lee"]\n'
                '  approved_on = "2026-11-01"\n  expires_on = "2027-02-01"\n'
            )
            if type_name == "aws_iam_role_policy":
                key = f"{stack:03}-{at:02}"
                for service, (actions, name) in SERVICES.items():
                    text.append(
                        f'  grant "aws" {{\n    principals = ["arn:aws:iam::{ACCOUNT}:role/app-{key}"]\n'
                        f"    actions = {quote([f'{service}:{action}' for action in actions])}\n"
                        f"    resources = [{quote(name.format(key=key))}]\n  }}\n"
                    )
            else:
                project = "//cloudresourcemanager.googleapis.com/projects/" + after["project"]
                text.append(
                    f'  grant "google" {{\n    principals = [{quote(after["member"])}]\n'
                    f'    roles = ["roles/storage.objectViewer"]\n    resources = [{quote(project)}]\n  }}\n'
                )
            text.append("}\n")
        (folder / f"stack-{stack:03}.hcl").write_text("".join(text))


def run(command, **streams):
    """Return CPU seconds, megabytes and the exit code of a process."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **streams)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--lines", type=int, nargs="*", default=[200, 2000, 10000])
    args = parser.parse_args()
    temporary = tempfile.TemporaryDirectory()
    folder = args.folder or Path(temporary.name)
    approvals = folder / "approvals"
    approvals.mkdir(parents=True, exist_ok=True)
    write_approvals(approvals)
    plans = [json.dumps(make_plan(stack), separators=(",", ":")) for stack in range(STACKS)]
    program = str(args.program.resolve())
    common = ["--without-sources", "--approvals", str(approvals), "--as-of", AS_OF]
    print(f"{STACKS * (GRANTS - 1)} approvals; a plan has {sum(map(len, plans)) / STACKS / 1000:.0f} kB")
    print("| way | plans | CPU s | ms a plan | MB |\n|---|---|---|---|---|")

    def say(way, count, measured):
        seconds, megabytes, code = measured
        if code != 1:
            sys.exit(f"{way}: exit {code}, and 1 was due")
        print(f"| {way} | {count} | {seconds:.2f} | {1000 * seconds / count:.1f} | {megabytes:.0f} |", flush=True)

    for count in args.lines:
        lines = folder / f"{count}.jsonl"
        with lines.open("w") as out:
            for at in range(count):
                facts = json.dumps({"aws.account": ACCOUNT})
                out.write(f'{{"id":"ws-{at:05}","plan":{plans[at % STACKS]},"facts":{facts}}}\n')
        say("`--jsonl`", count, run([program, "check", str(lines), "--jsonl", *common]))
    fact = ["--fact", f"aws.account={ACCOUNT}", "--format", "json"]
    for count in args.lines[:2]:
        place = folder / f"plans-{count}"
        place.mkdir(exist_ok=True)
        for at in range(count):
            (place / f"ws-{at:05}.json").write_text(plans[at % STACKS])
        say("a folder", count, run([program, "check", str(place), *common, *fact]))
    started, count, total = time.time(), 20, [0.0, 0.0]
    for at in range(count):
        seconds, megabytes, _ = run([program, "check", str(place / f"ws-{at:05}.json"), *common, *fact])
        total = [total[0] + seconds, max(total[1], megabytes)]
    say("one process a plan", count, (*total, 1))
    print(f"{time.time() - started:.0f} s for the last row by the clock, load {os.getloadavg()[0]:.0f}")


if __name__ == "__main__":
    main()
