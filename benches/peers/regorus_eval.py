"""usage: regorus_eval.py POLICY DATA INPUT: evaluates `data.grants.violations` with the bindings of regorus; exits 1 where there are any."""

import sys

import regorus

policy, data, given = sys.argv[1:]
engine = regorus.Engine()
engine.add_policy_from_file(policy)
engine.add_data_json(open(data, encoding="utf-8").read())
engine.set_input_json(open(given, encoding="utf-8").read())
violations = engine.eval_rule("data.grants.violations")
print(violations)
sys.exit(1 if violations else 0)
