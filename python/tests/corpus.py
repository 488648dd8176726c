"""Plans and approvals for the tests, and the program that judges them."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
APPROVALS = ROOT / "testdata" / "demo" / "approvals"
AS_OF = "2026-11-24"
OPTIONS = ["--without-sources", "--as-of", AS_OF]
#: The program under test, where it is another than the one that the package installed.
PROGRAM = os.environ.get("COUNTERSIGN_PROGRAM")


def list_plans() -> list[str]:
    """Return plans as JSON text: the cases of findings, and what is none."""
    cases = sorted((ROOT / "testdata" / "findings").glob("*/plan.json"))
    demo = ROOT / "testdata" / "demo" / "plan.json"
    return [path.read_text("utf-8") for path in [demo, *cases]]


def list_broken() -> list[str]:
    """Return what cannot be judged: broken, empty, too large, no plan, and with members that are not the plan's."""
    large = json.dumps({"format_version": "1" * (25 << 20)})
    good = list_plans()[0].replace("\n", " ")
    return [
        '{"format_version": ',
        "",
        large,
        '{"version": 4}',
        '{}\n{"id": "x"}',
        good + ',"facts":{"aws.account":"1"}',
    ]


def judge_alone(plan: str, folder: Path, facts: dict[str, str]) -> dict[str, Any]:
    """Return the answer that a run of `check` for this plan alone gives, as `check_many` would say it."""
    from terraform_countersign import find_program

    file = folder / "plan.json"
    file.write_text(plan, "utf-8")
    command = [PROGRAM or find_program(), "check", str(file), *OPTIONS, "--format", "json"]
    command += ["--approvals", str(APPROVALS)]
    for name, value in facts.items():
        command += ["--fact", f"{name}={value}"]
    run = subprocess.run(command, check=False, capture_output=True)
    if run.returncode not in (0, 1):
        return {"result": None, "error": run.stderr.decode()}
    return {"result": json.loads(run.stdout), "error": None}
