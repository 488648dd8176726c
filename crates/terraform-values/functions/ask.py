#!/usr/bin/env python3
"""Asks `terraform console` for the answers in tests/functions.txt.

Usage: ask.py FILE

Rewrites the file: of each line only `EXPRESSION` counts, and it becomes `EXPRESSION  =>  ANSWER`, where the answer is what
`jsonencode(EXPRESSION)` gives, or ERR where Terraform refuses it, or
UNKNOWN where it waits for apply. Comments and empty lines stay.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile


def ask(expressions, folder):
    """Returns one answer an expression. The console stops at a parse error, so a batch that fails is halved."""
    lines = "".join(f'try(jsonencode({expression}), "ERR")\n' for expression in expressions)
    environment = dict(os.environ, TF_CLI_CONFIG_FILE=os.devnull)
    command = ["terraform", "console", "-no-color"]
    run = subprocess.run(command, input=lines, capture_output=True, text=True, env=environment, cwd=folder, check=False)
    lines = run.stdout.splitlines()
    answers = [json.loads(line) if line.startswith('"') else "UNKNOWN" for line in lines if line.startswith(('"', "("))]
    if len(answers) == len(expressions):
        return answers
    if len(expressions) == 1:
        sys.exit(f"terraform does not parse {expressions[0]}: {run.stderr}")
    half = len(expressions) // 2
    return ask(expressions[:half], folder) + ask(expressions[half:], folder)


def main():
    path = pathlib.Path(sys.argv[1])
    lines = path.read_text().splitlines()
    is_case = lambda line: line and not line.startswith("#")
    expressions = [line.split("  =>  ")[0] for line in lines if is_case(line)]
    with tempfile.TemporaryDirectory() as folder:
        answers = iter(zip(expressions, ask(expressions, folder)))
    written = ["  =>  ".join(next(answers)) if is_case(line) else line for line in lines]
    path.write_text("".join(f"{line}\n" for line in written))


if __name__ == "__main__":
    main()
