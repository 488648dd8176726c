"""Every statement of docs/fleet.md, over records that `check --record` writes: locally, and over S3.

Skipped where duckdb or sqlglot is missing; the part over S3 where moto, boto3 or the extension `httpfs` is.
"""

import json
import logging
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from terraform_countersign import find_program
from tests.corpus import APPROVALS, PROGRAM, ROOT

try:
    import duckdb
    import sqlglot
except ImportError:
    duckdb = None

try:
    import boto3
    from duckdb_ext import extensions as _extensions  # noqa: F401
    from moto.server import ThreadedMotoServer
except ImportError:
    ThreadedMotoServer = None

PAGE = ROOT / "docs" / "fleet.md"
#: Workspace, day: the last of `orders-prod` is older than a week.
RUNS = [
    ("payments-prod", "2026-11-21"),
    ("payments-prod", "2026-11-24"),
    ("payments-test", "2026-11-24"),
    ("orders-prod", "2026-11-10"),
    ("nothing", "2026-11-24"),
]
EMPTY = {
    "format_version": "1.2",
    "terraform_version": "1.11.4",
    "planned_values": {"root_module": {}},
    "configuration": {"root_module": {}},
    "resource_changes": [],
}


def read_page():
    """Return (dialects, statement, heading) of each block of SQL."""
    heading, found = "", []
    for match in re.finditer(
        r"^### ([^\n]+)$|^```sql ([a-z ]+)\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    ):
        if match[1]:
            heading = match[1]
        else:
            found.append((match[2].split(), match[3].strip(), heading))
    return found


def write_records(folder: Path):
    """Write one record a run, as docs/record.md names them, and return the predicates by workspace and day."""
    predicates = {}
    for workspace, day in RUNS:
        plan = ROOT / "testdata" / "demo" / "plan.json"
        if workspace == "nothing":
            plan = folder / "empty.json"
            plan.write_text(json.dumps(EMPTY))
        place = folder / "records" / f"as_of={day}" / workspace
        place.mkdir(parents=True)
        record = place / f"{day}T12:00:00Z-{workspace}.json"
        command = [PROGRAM or find_program(), "check", str(plan), "--without-sources", "--quiet"]
        command += ["--approvals", str(APPROVALS), "--fact", "aws.account=123456789012"]
        command += ["--as-of", day, "--now", f"{day}T12:00:00Z", "--record", str(record)]
        run = subprocess.run(command, check=False, capture_output=True)
        assert run.returncode in (0, 1), run.stderr.decode()
        predicates[workspace, day] = json.loads(record.read_text())["predicate"]
    return predicates


def expect(predicates):
    """Return what each query has to answer, in rows of text, by its heading."""
    latest = {
        workspace: max(day for one, day in predicates if one == workspace) for workspace, _ in predicates
    }
    grants = [(name, day, grant) for (name, day), one in predicates.items() for grant in one["grants"]]
    last = [(name, grant) for name, day, grant in grants if latest[name] == day]
    shapes = {}
    for name, _, grant in grants:
        if grant["verdict"] == "approved":
            shapes.setdefault(grant["shape_digest"], []).append((name, grant["approved_on"]))
    verdicts = {}
    for (name, _), one in predicates.items():
        runs = verdicts.setdefault(one["verdict"], [])
        runs.append((name, len(one["grants"])))
    return {
        "Who holds what until when": [
            (grant["owner"]["name"], principal, name, grant["address"], grant["verdict"], grant["expires_on"])
            for name, grant in last
            for principal in grant["principals"]
        ],
        "What ended and was there at the last run": [
            (grant["owner"]["name"], name, grant["address"], grant["expires_on"])
            for name, grant in last
            if grant["expires_on"] and grant["expires_on"] <= "2026-11-24"
        ],
        "One grant through time": [
            (day, f"{day}T12:00:00Z-{name}", grant["verdict"], ticket, grant["access_digest"])
            for name, day, grant in grants
            if name == "payments-prod" and grant["address"] == "aws_iam_role_policy.deployer"
            for ticket in grant["tickets"]
        ],
        "The population of a period": [
            (verdict, len(runs), len({name for name, _ in runs}), sum(count for _, count in runs))
            for verdict, runs in verdicts.items()
        ],
        "Workspaces without a record for a week": [
            (name, day) for name, day in latest.items() if day < "2026-11-17"
        ],
        "One shape in many workspaces": [
            (shape, len({name for name, _ in found}), min(day for _, day in found))
            for shape, found in shapes.items()
            if len({name for name, _ in found}) >= 2
        ],
    }


def as_text(rows):
    return sorted(tuple(str(cell) for cell in row) for row in rows)


@unittest.skipIf(duckdb is None, "duckdb and sqlglot are not installed")
class Fleet(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.predicates = write_records(Path(cls.folder.name))
        cls.expected = expect(cls.predicates)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def run_page(self, connection, place):
        """Run every statement over the files at a place, and hold the answers against the records."""
        held = set()
        for dialects, statement, heading in read_page():
            if "duckdb" not in dialects:
                continue
            statement = statement.replace("'records/", f"'{place}records/").replace(
                "'fleet/", f"'{place}fleet/"
            )
            texts = [statement]
            if "trino" in dialects:
                texts += sqlglot.transpile(statement, read="trino", write="duckdb")
                texts += sqlglot.transpile(statement, read="athena", write="duckdb")
            for text in texts:
                rows = connection.execute(text).fetchall()
                if heading in self.expected:
                    held.add(heading)
                    self.assertTrue(self.expected[heading], heading)
                    self.assertEqual(as_text(rows), as_text(self.expected[heading]), heading)
        self.assertEqual(held, set(self.expected))

    def test_every_block_says_for_which_engine_it_is(self):
        blocks = read_page()
        self.assertEqual(len(blocks), PAGE.read_text("utf-8").count("```sql"))
        for dialects, statement, _ in blocks:
            self.assertLessEqual(set(dialects), {"duckdb", "trino", "athena"})
            for dialect in dialects:
                self.assertEqual(len(sqlglot.parse(statement, read=dialect)), 1)

    def test_statements_run_over_local_files(self):
        Path(self.folder.name, "fleet").mkdir(exist_ok=True)
        self.run_page(duckdb.connect(), f"{self.folder.name}/")

    @unittest.skipIf(ThreadedMotoServer is None, "moto, boto3 or duckdb-ext-httpfs is not installed")
    def test_statements_run_over_s3(self):
        names = {
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "eu-west-1",
        }
        os.environ.update(names)
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
        server.start()
        try:
            host, port = server.get_host_and_port()
            s3 = boto3.client("s3", endpoint_url=f"http://{host}:{port}")
            s3.create_bucket(Bucket="fleet", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
            for file in Path(self.folder.name, "records").rglob("*.json"):
                key = str(file.relative_to(self.folder.name))
                s3.put_object(Bucket="fleet", Key=key, Body=file.read_bytes(), IfNoneMatch="*")
                with self.assertRaisesRegex(Exception, "PreconditionFailed"):
                    s3.put_object(Bucket="fleet", Key=key, Body=b"{}", IfNoneMatch="*")
            connection = duckdb.connect()
            connection.execute(f"LOAD '{find_httpfs()}'")
            connection.execute(
                "CREATE SECRET (TYPE s3, KEY_ID 'test', SECRET 'test', REGION 'eu-west-1', "
                f"ENDPOINT '{host}:{port}', USE_SSL false, URL_STYLE 'path')"
            )
            self.run_page(connection, "s3://fleet/")
        finally:
            server.stop()


def find_httpfs() -> Path:
    """Return the extension `httpfs` that PyPI's duckdb-ext-httpfs holds."""
    import duckdb_ext

    folder = Path(next(iter(duckdb_ext.__path__)))
    return next(folder.rglob("httpfs.duckdb_extension"))


if __name__ == "__main__":
    unittest.main()
