#!/usr/bin/env python3
"""Writes stacks in which blocks stand in every way that Terraform reads, and plans them.

Each stack is a repository with the stack in a folder: native and JSON syntax, override files of both, `count` and `for_each`
with awkward keys, `dynamic` blocks, heredocs, comments that look like blocks, a byte order mark, carriage returns, text of several bytes,
modules in modules, and modules that are fetched from a git repository. Terraform and its AWS provider are needed; nothing
is called over the network.

    benches/places/generate.py FOLDER [--stacks 6]
"""

import argparse
import json
import pathlib
import random
import subprocess
import sys

PROVIDER = """terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}
"""
KEYS = '["plain", "with.dot", "with]bracket", "with\\"quote", "é"]'
TRUST = '{ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] }'


def statement(action):
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]}


class Writer:
    """Writes blocks, each in one of the ways in which it may stand."""

    def __init__(self, seed, tag):
        self.random, self.tag, self.at = random.Random(seed), tag, 0

    def name(self):
        self.at += 1
        return f"{self.tag}_{self.at}"

    def repeat(self):
        return self.random.choice(["", "", "  count = 2\n", f"  for_each = toset({KEYS})\n"])

    def lookalike(self):
        return self.random.choice(["", '# resource "aws_iam_policy" "x" {\n', '/*\nresource "aws_iam_policy" "x" {\n  policy = 1\n*/\n', "\n\n"])

    def policy(self, name):
        """An argument that is a policy, in one of the ways to write it."""
        document = statement("s3:GetObject")
        prefix = self.random.choice(["", "", "/* é } */ ", "/* two\n  lines */ "])
        return prefix + self.random.choice([
            "policy = jsonencode({\n    Version = \"2012-10-17\"\n    Statement = [\n      { Effect = \"Allow\", Action = \"s3:GetObject\", Resource = \"*\" }, # }\n    ]\n  })",
            f"policy = <<-EOT\n    {json.dumps(document)}\n  EOT",
            f"policy = <<EOT\n{json.dumps(document, indent=2)}\nEOT",
            f"policy    =    {json.dumps(json.dumps(document))} // policy = 1",
            f"policy = data.aws_iam_policy_document.{name}.json",
            "policy = (\n    true ? jsonencode({ Version = \"2012-10-17\", Statement = [{ Effect = \"Allow\", Action = \"sqs:*\", Resource = \"*\" }] }) : \"\"\n  )",
        ])

    def block(self):
        name, repeat = self.name(), self.repeat()
        unique = {"": "", "  count = 2\n": "-${count.index}"}.get(repeat, "-${md5(each.key)}")
        policy = self.policy(name)
        data = f'data "aws_iam_policy_document" "{name}" {{\n  statement {{\n    actions   = ["s3:PutObject"]\n    resources = ["*"]\n  }}\n}}\n\n' if "data.aws" in policy else ""
        kind = self.random.choice(["policy", "policy", "role", "role", "dynamic", "role_policy", "user_policy", "attachment", "attachment", "queue", "bucket"])
        role = f'resource "aws_iam_role" "{name}_r" {{\n  name = "{name}"\n  assume_role_policy = jsonencode({TRUST})\n}}\n\n'
        text = {
            "policy": f'resource "aws_iam_policy" "{name}" {{\n{repeat}  name = "{name}{unique}"\n  {policy}\n}}\n',
            "role": f'resource aws_iam_role "{name}" {{\n{repeat}  name = "{name}{unique}"\n  assume_role_policy = jsonencode({TRUST})\n  inline_policy {{\n    name = "i"\n    {policy}\n  }}\n}}\n',
            "dynamic": f'resource "aws_iam_role" "{name}" {{\n{repeat}  name = "{name}{unique}"\n  assume_role_policy = jsonencode({TRUST})\n  dynamic "inline_policy" {{\n    for_each = ["x", "y"]\n    content {{\n      name = inline_policy.value\n      {policy}\n    }}\n  }}\n}}\n',
            "role_policy": f'resource "aws_iam_role_policy" "{name}" {{\n{repeat}  name = "{name}{unique}"\n  role = "{name}"\n  {policy}\n}}\n',
            "user_policy": f'resource "aws_iam_user_policy" "{name}" {{\n{repeat}  user = "u"\n  name = "{name}{unique}"\n  {policy}\n}}\n',
            "attachment": role + f'resource "aws_iam_role_policy_attachment" "{name}" {{\n  role = aws_iam_role.{name}_r.name\n{repeat}  policy_arn = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"\n}}\n',
            "queue": f'resource "aws_sqs_queue_policy" "{name}" {{\n{repeat}  queue_url = "https://sqs.eu-west-1.amazonaws.com/123456789012/{name}"\n  policy = jsonencode({{ Version = "2012-10-17", Statement = [{{ Effect = "Allow", Principal = "*", Action = "sqs:SendMessage", Resource = "*" }}] }})\n}}\n',
            "bucket": f'resource "aws_s3_bucket_policy" "{name}" {{\n{repeat}  bucket = "{name}"\n  policy = jsonencode({{\n    Version = "2012-10-17"\n    Statement = [{{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "arn:aws:s3:::{name}/*" }}]\n  }})\n}}\n',
        }[kind]
        uses = policy if kind not in ("attachment", "queue", "bucket") else ""
        return self.lookalike() + (data if "data.aws" in uses else "") + text

    def native(self, count):
        text = "\n".join(self.block() for _ in range(count))
        style = self.random.choice(["", "", "crlf", "mark"])
        if style == "crlf":
            # Carriage returns become part of heredocs, which a policy may have between its parts.
            text = text.replace("\n", "\r\n")
        return ("\ufeff" if style == "mark" else "") + text

    def json(self, count):
        """A file in JSON syntax, with names and values on lines of their own."""
        resources = {}
        for _ in range(count):
            name = self.name()
            body = {"name": name, "policy": json.dumps(statement("s3:GetObject"))}
            if self.random.random() < 0.5:
                body = {"//": "policy", "for_each": '${toset(["x", "y"])}', **body, "name": name + "-${each.key}"}
            resources[name] = [body] if self.random.random() < 0.2 else body
        text = json.dumps({"resource": {"aws_iam_policy": resources}}, indent=self.random.choice([None, 2, "\t"]))
        return text.replace('"policy": ', '"policy":\n  ') if self.random.random() < 0.5 else text


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def write_module(folder, writer, children=""):
    write(folder / "main.tf", writer.native(6) + "\n" + children)
    write(folder / "more.tf.json", writer.json(3))


def write_overrides(folder, writer):
    """Blocks whose policy an override file replaces, in both syntaxes and in two files."""
    first, second, third = writer.name(), writer.name(), writer.name()
    policy = json.dumps(json.dumps(statement("s3:*")))
    blocks = [f'resource "aws_iam_policy" "{name}" {{\n  name   = "{name}"\n  policy = "{{}}"\n}}\n' for name in (first, second, third)]
    write(folder / "overridden.tf", "\n".join(blocks))
    write(folder / "override.tf", f'resource "aws_iam_policy" "{first}" {{\n  policy = {policy}\n}}\n\nresource "aws_iam_policy" "{third}" {{\n  policy = "{{}}"\n}}\n')
    later = {"resource": {"aws_iam_policy": {name: {"policy": json.dumps(statement("sqs:*"))} for name in (second, third)}}}
    write(folder / "z_override.tf.json", json.dumps(later, indent=2))


def write_stack(root, seed):
    writer = Writer(seed, f"s{seed}")
    stack = root / "stacks" / "live"
    remote = root.parent / f"remote-{seed}"
    write_module(remote / "modules" / "far", Writer(seed, "f"), 'module "near" {\n  source = "./near"\n}\n')
    write_module(remote / "modules" / "far" / "near", Writer(seed, "n"))
    for words in (["init", "-q"], ["add", "-A"], ["-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "m"]):
        subprocess.run(["git", *words], cwd=remote, check=True)
    git = f"git::file://{remote.resolve()}//modules/far"
    calls = f'module "a" {{\n  source   = "../../modules/a"\n  for_each = toset({KEYS})\n}}\n\nmodule "far" {{\n  source = "{git}"\n  count  = 2\n}}\n'
    write(stack / "provider.tf", PROVIDER)
    write_module(stack, writer, calls)
    write(stack / "other.tf", writer.native(10))
    write_overrides(stack, writer)
    inner = f'\nmodule "b" {{\n  source = "./b"\n  count  = 2\n}}\n\nmodule "far" {{\n  source = "{git}"\n}}\n'
    write_module(root / "modules" / "a", Writer(seed, "a"), inner)
    write_module(root / "modules" / "a" / "b", Writer(seed, "b"))
    write_overrides(root / "modules" / "a" / "b", Writer(seed, "bo"))
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    for words in (["init", "-input=false"], ["plan", "-input=false", "-refresh=false", "-out=tfplan"]):
        done = subprocess.run(["terraform", *words, "-no-color"], cwd=stack, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{stack}: {done.stdout[-500:]}{done.stderr[:3000]}")
    shown = subprocess.run(["terraform", "show", "-json", "tfplan"], cwd=stack, capture_output=True, text=True, check=True).stdout
    write(stack / "plan.json", shown)
    print(stack, sum(change["change"]["actions"] != ["no-op"] for change in json.loads(shown)["resource_changes"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--stacks", type=int, default=6)
    args = parser.parse_args()
    for seed in range(1, args.stacks + 1):
        write_stack(args.folder / f"repository-{seed}", seed)


if __name__ == "__main__":
    main()
