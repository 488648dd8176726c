"""Judges the plans of a PySpark DataFrame: one `countersign check --jsonl` process for each partition.

The manifest is read on the driver and travels with the job, and the day is fixed there, so that every worker judges by
the same. Plans hold secrets: none of their columns is in what comes out. Needs pyspark and pyarrow, which are no
dependencies of this package.
"""

import datetime
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from terraform_countersign.lines import PathLike, check_many
from terraform_countersign.program import find_program

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

#: The columns that come out. A row is a `run` (one for each plan), a `grant` or a `finding`.
SCHEMA = (
    "id string, kind string, verdict string, address string, type string, provider string, "
    "principals array<string>, tickets array<string>, code string, severity string, side string, "
    "owner string, message string, remedy string, as_of string, error string"
)
_COLUMNS = [column.split()[0] for column in SCHEMA.split(", ")]
_LISTS = {"principals", "tickets"}


def check(
    df: "DataFrame",
    approvals: PathLike,
    plan: str = "plan",
    id: str = "workspace",
    *,
    facts: Optional[str] = None,
    as_of: Optional[datetime.date] = None,
    options: Sequence[str] = (),
    program: Optional[PathLike] = None,
) -> "DataFrame":
    """Judge each row of a DataFrame.

    Args:
        df: one row for each plan. It is judged in as many processes at a time as it has partitions, so `repartition` it
            where one small file became one partition.
        approvals: the manifest, a file or a folder on the driver.
        plan: the column with the plan's JSON.
        id: the column that names the plan.
        facts: a column of `map<string,string>` with the facts of each plan.
        as_of: the day on which approvals are judged; by default today, UTC.
        options: further options of `countersign check`, such as `--without-sources`.
        program: the program on every worker; by default the one that this package installed there.

    Returns:
        A DataFrame with the columns of `SCHEMA`. A plan that could not be judged is a row of the kind `run` with an `error`
        and no verdict: it blocks, as every verdict but `allowed` does. A process that ends before its last answer fails
        the job.
    """
    day = as_of or datetime.datetime.now(datetime.timezone.utc).date()
    manifest = _read_manifest(Path(approvals))
    version = _read_version(program)
    columns = [df[id].cast("string").alias("id"), df[plan].alias("plan")]
    if facts is not None:
        columns.append(df[facts].alias("facts"))
    judge = _PartitionJudge(manifest, version, [*options, "--as-of", day.isoformat()], program)
    return df.select(*columns).mapInArrow(judge, SCHEMA)


def rows_of(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows that one answer of `check_many` becomes."""
    name, result, error = answer["id"], answer["result"], answer["error"]
    if error is not None:
        yield {"id": name, "kind": "run", "error": error["message"]}
        return
    yield {"id": name, "kind": "run", "verdict": result["verdict"], "as_of": result["as_of"]}
    for grant in result["grants"]:
        kept = ("verdict", "address", "type", "provider", "principals", "tickets")
        yield {"id": name, "kind": "grant", **{column: grant[column] for column in kept}}
    for finding in result["findings"]:
        kept = ("address", "code", "severity", "side", "message", "remedy")
        tickets = [] if finding["ticket"] is None else [finding["ticket"]]
        more = {"tickets": tickets, "owner": finding["owner"]["name"]}
        yield {"id": name, "kind": "finding", **{column: finding[column] for column in kept}, **more}


class _PartitionJudge:
    """What Spark calls with the batches of one partition."""

    def __init__(
        self,
        manifest: dict[str, bytes],
        version: str,
        options: Sequence[str],
        program: Optional[PathLike],
    ) -> None:
        self._manifest = manifest
        self._version = version
        self._options = list(options)
        self._program = program

    def __call__(self, batches: "Iterator[pyarrow.RecordBatch]") -> "Iterator[pyarrow.RecordBatch]":
        import pyarrow

        types = {name: pyarrow.list_(pyarrow.string()) for name in _LISTS}
        schema = pyarrow.schema([(name, types.get(name, pyarrow.string())) for name in _COLUMNS])
        found = _read_version(self._program)
        if found != self._version:
            raise RuntimeError(f"this worker has {found}, and the driver has {self._version}")
        with tempfile.TemporaryDirectory() as folder:
            for name, content in self._manifest.items():
                path = Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            lines = (_line_of(row) for batch in batches for row in batch.to_pylist())
            answers = check_many(lines, approvals=folder, options=self._options, program=self._program)
            for answer in answers:
                rows = list(rows_of(answer))
                columns = {name: [row.get(name) for row in rows] for name in _COLUMNS}
                yield pyarrow.RecordBatch.from_pydict(columns, schema=schema)


def _line_of(row: dict[str, Any]) -> dict[str, Any]:
    # Arrow hands over a map as a list of pairs.
    facts = row.get("facts")
    return {"id": row["id"], "plan": row["plan"], "facts": None if facts is None else dict(facts)}


def _read_manifest(path: Path) -> dict[str, bytes]:
    """Return the files of the manifest by their names; a symbolic link is refused, as the program refuses it."""
    if path.is_file():
        return {path.name: path.read_bytes()}
    if not path.is_dir():
        raise FileNotFoundError(f"no manifest at {path}")
    files: dict[str, bytes] = {}
    for folder, folders, names in os.walk(path):
        for name in [*folders, *names]:
            if Path(folder, name).is_symlink():
                raise ValueError(f"{Path(folder, name)} is a symbolic link, which is not followed")
        for name in names:
            file = Path(folder, name)
            files[str(file.relative_to(path))] = file.read_bytes()
    return files


def _read_version(program: Optional[PathLike]) -> str:
    command = [os.fspath(program or find_program()), "--version"]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    return said.decode("utf-8").splitlines()[0]
