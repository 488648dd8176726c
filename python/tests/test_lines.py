"""`check_many` answers as the program does for each plan alone, and notices a process that ends too early."""

import os
import signal
import tempfile
import unittest
from pathlib import Path

from terraform_countersign import CountersignError, check_many
from tests.corpus import APPROVALS, OPTIONS, PROGRAM, judge_alone, list_broken, list_plans

FACTS = {"aws.account": "123456789012"}


def check(lines, **more):
    return check_many(lines, approvals=APPROVALS, options=OPTIONS, program=PROGRAM, **more)


class CheckMany(unittest.TestCase):
    def test_answers_are_those_of_single_runs(self):
        plans = list_plans()
        lines = [{"id": at, "plan": plan, "facts": FACTS} for at, plan in enumerate(plans)]
        answers = list(check(lines, ahead=7))
        self.assertEqual([answer["id"] for answer in answers], list(range(len(plans))))
        with tempfile.TemporaryDirectory() as folder:
            for plan, answer in zip(plans, answers):
                self.assertEqual(answer["result"], judge_alone(plan, Path(folder), FACTS)["result"])

    def test_what_cannot_be_judged_is_an_error_and_hides_nothing(self):
        broken, good = list_broken(), list_plans()[0]
        lines = [{"id": f"{at}", "plan": plan} for one in broken for at, plan in enumerate([one, good])]
        answers = list(check(lines))
        self.assertEqual(len(answers), 2 * len(broken))
        for wrong, right in zip(answers[::2], answers[1::2]):
            self.assertEqual((wrong["id"], wrong["result"]), ("0", None))
            self.assertTrue(wrong["error"]["message"])
            self.assertEqual((right["id"], right["error"]), ("1", None))

    def test_a_run_in_which_nothing_can_be_judged_says_so_line_by_line(self):
        answers = list(check([{"id": "a", "plan": ""}, {"id": "b"}]))
        self.assertTrue(all(answer["result"] is None and answer["error"] for answer in answers))

    def test_nothing_is_asked_of_no_lines(self):
        self.assertEqual(list(check([])), [])

    def test_a_process_that_ends_early_is_noticed(self):
        def lines():
            yield {"id": 1, "plan": list_plans()[0]}
            # The child of this very process, which waits for the next line.
            children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
            for child in children:
                os.kill(int(child), signal.SIGKILL)
            yield {"id": 2, "plan": list_plans()[0]}

        answers = check(lines(), ahead=1)
        self.assertEqual(next(answers)["id"], 1)
        with self.assertRaisesRegex(CountersignError, "ended with -9"):
            list(answers)

    def test_a_manifest_that_cannot_be_read_is_said(self):
        lines = [{"id": 1, "plan": list_plans()[0]}]
        with self.assertRaisesRegex(CountersignError, "no manifest at `nowhere`"):
            list(check_many(lines, approvals="nowhere", options=OPTIONS, program=PROGRAM))

    def test_a_line_is_refused_that_is_none(self):
        for line in ({"id": 1, "plan": "{}", "fact": {}}, {"id": 1.5, "plan": "{}"}):
            with self.assertRaises((ValueError, TypeError)):
                list(check([line]))


if __name__ == "__main__":
    unittest.main()
