"""Spark, `check_many` and single runs give the same rows, and a killed process fails the job.

`COUNTERSIGN_PLANS` is how many plans are judged; all 500 by default. Skipped where pyspark, pyarrow or Java is missing.
"""

import datetime
import os
import shutil
import stat
import sys
import tempfile
import unittest
from pathlib import Path

from terraform_countersign import check_many, find_program
from tests.corpus import APPROVALS, AS_OF, OPTIONS, PROGRAM, judge_alone, list_broken, list_plans

try:
    import pyarrow  # noqa: F401
    import pyspark
except ImportError:
    pyspark = None

PLANS = int(os.environ.get("COUNTERSIGN_PLANS", "500"))
FACTS = {"aws.account": "123456789012"}

#: Ends after its second line, as a process that is out of memory would.
DYING = """#!/bin/sh
if [ "$1" = --version ]; then exec {program} --version; fi
head -n 2 | {program} "$@"
kill -9 $$
"""


def normalize(rows):
    """Return rows without the sentence of an error, sorted: a single run says it in other words."""
    keys = [tuple(str(row.get(name)) for name in sorted(row) if name != "error") for row in rows]
    return sorted(keys)


def run_rows(rows):
    return {row["id"]: bool(row["error"]) for row in rows if row["kind"] == "run"}


@unittest.skipIf(pyspark is None, "pyspark and pyarrow are not installed")
@unittest.skipIf(shutil.which("java") is None, "there is no Java")
class Spark(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        from pyspark.sql import SparkSession

        os.environ["PYSPARK_PYTHON"] = sys.executable
        os.environ["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
        settings = {
            "spark.ui.enabled": "false",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.sql.execution.arrow.maxRecordsPerBatch": "64",
            "spark.task.maxFailures": "1",
        }
        cls.spark = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
        cls.spark.sparkContext.setLogLevel("OFF")
        plans, broken = list_plans(), list_broken()
        texts = [plans[at % len(plans)] for at in range(PLANS - len(broken))] + broken
        cls.plans = [(f"ws-{at:04}", text) for at, text in enumerate(texts)]

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()

    def judge(self, program):
        from terraform_countersign import spark

        rows = [(name, text, FACTS) for name, text in self.plans]
        frame = self.spark.createDataFrame(rows, "workspace string, plan string, facts map<string,string>")
        return spark.check(
            frame.repartition(4),
            APPROVALS,
            facts="facts",
            as_of=datetime.date.fromisoformat(AS_OF),
            options=["--without-sources"],
            program=program,
        )

    def test_three_ways_give_the_same_rows(self):
        from terraform_countersign.spark import SCHEMA, rows_of

        columns = [column.split()[0] for column in SCHEMA.split(", ")]
        by_spark = [row.asDict() for row in self.judge(PROGRAM).collect()]
        lines = [{"id": name, "plan": text, "facts": FACTS} for name, text in self.plans]
        answers = check_many(lines, approvals=APPROVALS, options=OPTIONS, program=PROGRAM)
        fill = {name: None for name in columns}
        by_lines = [{**fill, **row} for answer in answers for row in rows_of(answer)]
        by_runs, known = [], {}
        with tempfile.TemporaryDirectory() as folder:
            for name, text in self.plans:
                if text not in known or PLANS >= 500:
                    known[text] = judge_alone(text, Path(folder), FACTS)
                answer = known[text]
                if answer["error"]:
                    answer = {**answer, "error": {"message": answer["error"]}}
                by_runs += [{**fill, **row} for row in rows_of({"id": name, **answer})]
        self.assertEqual(normalize(by_spark), normalize(by_lines))
        self.assertEqual(run_rows(by_spark), run_rows(by_lines))
        # What is more than one JSON value is one plan with other text around it for a run of its own, and is none either.
        self.assertEqual(normalize(by_spark), normalize(by_runs))
        self.assertEqual(sum(run_rows(by_spark).values()), len(list_broken()))

    def test_a_killed_process_fails_the_job(self):
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder, "dying")
            program.write_text(DYING.format(program=PROGRAM or find_program()))
            program.chmod(program.stat().st_mode | stat.S_IXUSR)
            with self.assertRaisesRegex(Exception, "countersign ended with"):
                self.judge(str(program)).collect()


if __name__ == "__main__":
    unittest.main()
