"""Many plans, judged by one process: lines to `countersign check --jsonl` and its answers back."""

import itertools
import json
import os
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Optional, Union

from terraform_countersign.program import find_program

# Every member is written into every line. A plan is put into its line as text, unread: were it no single JSON value, and
# brought members of its own, each of them would stand twice, which the program refuses.
MEMBERS = ("id", "plan", "path", "facts", "workspace", "sources")

Line = Mapping[str, Any]
PathLike = Union[str, "os.PathLike[str]"]


class CountersignError(Exception):
    """The program ended without an answer to each line."""


def check_many(
    lines: Iterable[Line],
    *,
    approvals: Optional[PathLike] = None,
    options: Sequence[str] = (),
    program: Optional[PathLike] = None,
    ahead: int = 64,
) -> Iterator[dict[str, Any]]:
    """Judge many plans in one process and yield an answer for each, in order.

    Args:
        lines: mappings with `id` (text or a whole number), one of `plan` (the plan's JSON, as text or as a mapping) and
            `path`, and perhaps `facts`, `workspace` and `sources`. They are taken in the thread of the caller.
        approvals: the manifest; by default the program looks for it.
        options: further options of `countersign check`, such as `--without-sources` and `--as-of`.
        program: the program; by default the one that this package installed.
        ahead: how many lines are taken before the first of their answers is yielded.

    Yields:
        `{"id": …, "result": {…} or None, "error": {"message": …, "help": …} or None}`. A plan is allowed where `result` is
        there and its `verdict` is `allowed`, and nowhere else.

    Raises:
        CountersignError: the program ended, or was ended, before each line had its answer.
        ValueError, TypeError: a line is none.
    """
    source = iter(lines)
    chunk = list(itertools.islice(source, ahead))
    if not chunk:
        return
    with _Child(approvals, options, program) as child:
        while chunk:
            yield from child.ask(chunk)
            chunk = list(itertools.islice(source, ahead))
        child.finish()


def encode_line(line: Line) -> bytes:
    """Return a line as the program reads it, with its line feed."""
    unknown = sorted(set(line) - set(MEMBERS))
    if unknown:
        raise ValueError(f"a line has no member {unknown[0]!r}; it has {', '.join(MEMBERS)}")
    if not isinstance(line.get("id"), (str, int, type(None))):
        raise TypeError(f"an id is text or a whole number, not {line['id']!r}")
    members = [f"{json.dumps(name)}:{_encode(name, line.get(name))}" for name in MEMBERS]
    return ("{" + ",".join(members) + "}\n").encode("utf-8", "surrogatepass")


def _encode(name: str, value: Any) -> str:
    if name == "plan" and isinstance(value, str):
        return _join_lines(value)
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    return json.dumps(value, separators=(",", ":"))


def _join_lines(plan: str) -> str:
    """Return the JSON of a plan in one line; what is no JSON becomes a text, which the program refuses as a plan."""
    if "\n" not in plan and "\r" not in plan:
        return plan
    try:
        json.loads(plan)
    except (ValueError, RecursionError):
        return json.dumps(plan)
    # Between the values of a JSON text a line feed is no more than a space.
    return plan.replace("\n", " ").replace("\r", " ")


class _Child:
    """One process, fed by a thread of its own, so that neither pipe fills up while the other waits."""

    def __init__(
        self, approvals: Optional[PathLike], options: Sequence[str], program: Optional[PathLike]
    ) -> None:
        command = [os.fspath(program or find_program()), "check", "-", "--jsonl", *options]
        if approvals is not None:
            command += ["--approvals", os.fspath(approvals)]
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 (closed in __exit__)
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said
        )
        self._judged = 0

    def __enter__(self) -> "_Child":
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        # What was not read is of no use to anybody now.
        for stream in (self._process.stdin, self._process.stdout):
            try:
                stream.close()
            except BrokenPipeError:
                pass
        self._process.wait()
        self._said.close()

    def ask(self, lines: Sequence[Line]) -> Iterator[dict[str, Any]]:
        """Yield the answers to some lines."""
        encoded = [encode_line(line) for line in lines]
        feeder = threading.Thread(target=self._feed, args=(encoded,), daemon=True)
        feeder.start()
        for line in lines:
            yield self._read_answer(line.get("id"))
        feeder.join()

    def finish(self) -> None:
        """Close the input, and demand that the program ends as its answers say."""
        self._process.stdin.close()
        more = self._process.stdout.readline()
        exit_code = self._process.wait()
        # 2 is said of input in which nothing could be judged, and then each answer is an error.
        if more or exit_code not in ((0, 1) if self._judged else (2,)):
            raise self._failure(exit_code)

    def _feed(self, encoded: Sequence[bytes]) -> None:
        try:
            for line in encoded:
                self._process.stdin.write(line)
            self._process.stdin.flush()
        except (OSError, ValueError):
            # The process has ended; whoever reads its answers finds out.
            pass

    def _read_answer(self, expected: Union[str, int, None]) -> dict[str, Any]:
        text = self._process.stdout.readline()
        if not text.endswith(b"\n"):
            raise self._failure(self._process.wait())
        answer: dict[str, Any] = json.loads(text)
        if (answer["result"] is None) == (answer["error"] is None):
            raise CountersignError("countersign answered neither with a result nor with an error")
        # A line that could not be read has no id.
        if answer["id"] != expected and (answer["id"] is not None or answer["error"] is None):
            raise CountersignError(f"countersign answered {answer['id']!r}, and {expected!r} was due")
        self._judged += answer["result"] is not None
        return {**answer, "id": expected}

    def _failure(self, exit_code: int) -> CountersignError:
        self._said.seek(0)
        said = self._said.read().decode("utf-8", "replace").strip()
        return CountersignError(f"countersign ended with {exit_code}: {said or 'it said nothing'}")
