"""One folder in which Terraform has planned: its findings, its modules, and what stands at a site."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

AS_OF = "2026-11-30"
MANIFEST = 'process_owner = "places"\n'
ADDRESS_PART = re.compile(r'\.?([^.\["]+)((?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?)')


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
