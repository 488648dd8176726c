#!/usr/bin/env python3
"""What other readers of plans cost on the plan that countersign judges, and what each of them decides.

usage: compare.py PROGRAM CORPUS [--runs N] [--peers FOLDER] [--only NAME ...]

PROGRAM is a release build of countersign. CORPUS is a folder with `plan.json` and `approvals`, such as the benchmark
`gate` makes of its mixed shape. Each peer is installed from its public registry into FOLDER (by default a folder beside
the corpus), in the version that `peers.json` names; one whose registry, or whose toolchain, this machine does not have is
listed as not measured. All run in turn, so that whoever else uses the machine slows each of them alike; CPU seconds are
medians, memory is the most. Nothing is sent anywhere.
"""

import argparse
import datetime
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
# A run that takes longer is stopped. The slowest peer that ends needs a tenth of it for 1,000 grants.
LIMIT_SECONDS = 150


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--only", nargs="*")
    args = parser.parse_args()
    folder = (args.peers or args.corpus.parent / "peers").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    plan = args.corpus.absolute() / "plan.json"
    write_allowed(plan, folder)
    peers = json.loads((HERE / "peers.json").read_text())
    peers = [peer for peer in peers if not args.only or peer["name"] in args.only]
    own = [str(args.program.absolute()), "check", str(plan), "--approvals", str(plan.parent / "approvals")]
    own += ["--as-of", "2026-11-24", "--format", "json"]
    commands = {"countersign": own}
    missing = {}
    for peer in peers:
        try:
            commands[peer["name"]] = install(peer, folder, plan)
        except (OSError, subprocess.SubprocessError) as error:
            missing[peer["name"]] = describe(error)
    costs = measure(commands, args.runs)
    print_table(plan, peers, costs, missing)


def describe(error):
    """Says why a peer was not installed."""
    if isinstance(error, FileNotFoundError):
        return f"`{error.filename}` is not on this machine"
    return f"its registry did not give it ({type(error).__name__})"


def install(peer, folder, plan):
    """Installs a peer and returns its command line."""
    words = {"plan": str(plan), "here": str(HERE), "folder": str(folder), "python": sys.executable}
    if peer["from"] == "pypi":
        # Each has an environment of its own, because their dependencies differ.
        home = folder / peer["name"]
        words["bin"] = str(home / "bin")
        if not (home / "installed").exists():
            run_quietly([sys.executable, "-m", "venv", str(home)])
            run_quietly([str(home / "bin/pip"), "install", "--quiet", f"{peer['package']}=={peer['version']}"])
            (home / "installed").touch()
    elif peer["from"] == "go":
        words["bin"] = str(folder / "go" / "bin")
        if not (folder / "go" / "bin" / peer["name"]).exists():
            environment = os.environ | {"GOBIN": words["bin"]}
            run_quietly(["go", "install", f"{peer['package']}@v{peer['version']}"], env=environment)
    return [word.format(**words) for word in peer["command"]]


def run_quietly(command, **options):
    if not Path(command[0]).exists() and not shutil.which(command[0]):
        raise FileNotFoundError(2, "not found", command[0])
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=900, **options)


def measure(commands, runs):
    """Runs all commands in turn, several times; returns CPU seconds, memory and exit code of each run."""
    costs = {name: [] for name in commands}
    stopped = set()
    for _ in range(runs):
        for name, command in commands.items():
            if name in stopped:
                continue
            cost = run_measured(command)
            costs[name].append(cost)
            if cost["stopped"]:
                stopped.add(name)
    return costs


def run_measured(command):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + LIMIT_SECONDS
    stopped = False
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        if time.monotonic() > end and not stopped:
            process.kill()
            stopped = True
        time.sleep(0.005)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = usage.ru_utime + usage.ru_stime
    return {"cpu": seconds, "mb": usage.ru_maxrss / 1024, "exit": process.returncode, "stopped": stopped}


def print_table(plan, peers, costs, missing):
    size = plan.stat().st_size / 1e6
    grants = len(json.loads(plan.read_text())["resource_changes"])
    machine = f"{os.cpu_count()} × {platform.machine()}, {platform.system()}"
    print(f"Plan of {grants:,} objects, {size:.1f} MB; {datetime.date.today()}, {machine}.\n")
    print("| program | CPU s | MB | × countersign | reads | decides | does not |")
    print("|---|---|---|---|---|---|---|")
    own = statistics.median(cost["cpu"] for cost in costs["countersign"])
    row("countersign", costs["countersign"], own, OWN)
    for peer in peers:
        name = f"{peer['name']} {peer['version']}"
        if peer["name"] in missing:
            print(f"| {name} | not measured: {missing[peer['name']]} | | | {peer['reads']} | {peer['decides']} | {peer['not']} |")
        else:
            row(name, costs[peer["name"]], own, peer)


OWN = {
    "reads": "the plan and the approvals",
    "decides": "whether each grant lies within an approval in force, with a witness and one owner",
    "not": "what the cloud already holds beside the plan",
}


def row(name, costs, own, what):
    cpu = statistics.median(cost["cpu"] for cost in costs)
    memory = max(cost["mb"] for cost in costs)
    over = "over " if any(cost["stopped"] for cost in costs) else ""
    ratio = f"{cpu / own:.1f}" if own else "?"
    # Exits that say that the program itself failed: a signal, or a misuse of its command line.
    failed = [cost["exit"] for cost in costs if not cost["stopped"] and cost["exit"] not in what.get("exits", [0, 1])]
    note = f" (exit {failed[0]})" if failed else ""
    print(f"| {name}{note} | {over}{cpu:.2f} | {memory:.0f} | {over}{ratio} | {what['reads']} | {what['decides']} | {what['not']} |")


def write_allowed(plan, folder):
    """Writes what a policy in Rego is given instead of approvals: the grants of the plan themselves, but for `s3:*`."""
    allowed = {}
    for change in json.loads(plan.read_text())["resource_changes"]:
        for key in list_grants(change["type"], change["change"]["after"] or {}):
            if "|s3:*|" not in key:
                allowed[key] = True
    (folder / "allowed.json").write_text(json.dumps({"allowed": allowed}))


def list_grants(kind, after):
    if kind in ("aws_iam_policy", "aws_iam_role_policy") and isinstance(after.get("policy"), str):
        for statement in as_list(json.loads(after["policy"])["Statement"]):
            for action in as_list(statement["Action"]):
                for resource in as_list(statement["Resource"]):
                    yield f"{after.get('role') or after['name']}|{action}|{resource}"
    elif kind == "google_project_iam_member" and "member" in after:
        yield f"{after['member']}|{after['role']}|{after['project']}"
    elif kind == "kubernetes_role_binding":
        for subject in after.get("subject") or []:
            for role in after["role_ref"]:
                for about in after["metadata"]:
                    yield f"{subject['name']}|{role['name']}|{about['namespace']}"


def as_list(value):
    return value if isinstance(value, list) else [value]


if __name__ == "__main__":
    main()
