"""Policies as formulas over z3's strings, numbers and bit vectors: whether one policy lies within another.

A request is an action in lower case, a resource, a principal, and for each key whether it is there, whether it has a
single value, and its values.
"""

import ipaddress
import re

import z3

import policies
from policies import ORDER, Skip

PRINTABLE = z3.Range(" ", "~")
COLONLESS = z3.Union(z3.Range(" ", "9"), z3.Range(";", "~"))
LOWER = z3.Union(z3.Range(" ", "@"), z3.Range("[", "~"))


def regex(found, fold=False):
    parts = []
    for what, value in found:
        if what == "text":
            cases = {value.lower(), value.upper()} if fold else {value}
            parts.append(z3.Union([z3.Re(one) for one in sorted(cases)]) if len(cases) > 1 else z3.Re(value))
        else:
            char = COLONLESS if value else PRINTABLE
            parts.append(z3.Star(char) if what == "run" else char)
    if not parts:
        return z3.Re("")
    return z3.Concat(parts) if len(parts) > 1 else parts[0]


class Key:
    """The values of one key; a key over whose values nobody ranges has one."""

    def __init__(self, name, kind, lists):
        self.name, self.kind = name, kind
        self.present, self.single = z3.Bool(f"{name} is there"), z3.Bool(f"{name} is single")
        self.values = [self.value(f"{name} {n}") for n in range(max(1, lists))]
        self.on = [z3.Bool(f"{name} {n} counts") for n in range(len(self.values))]
        self.rules = [z3.Implies(self.single, on) if n == 0 else z3.Implies(self.single, z3.Not(on))
                      for n, on in enumerate(self.on)]
        self.rules += [z3.Or(self.on)] + ([] if lists else [self.single])
        if kind == "text":
            self.rules += [z3.InRe(value, z3.Star(PRINTABLE)) for value in self.values]

    def value(self, name):
        if self.kind == "text":
            return z3.String(name)
        if self.kind == "address":
            return z3.Bool(name + " reads"), z3.Bool(name + " is IPv4"), z3.BitVec(name, 128)
        return z3.Bool(name + " reads"), z3.Real(name)


class Question:
    def __init__(self, approved, planned):
        self.rules, self.keys = [], {}
        self.action, self.resource, self.principal = z3.String("action"), z3.String("resource"), z3.String("principal")
        self.rules.append(z3.InRe(self.action, z3.Star(LOWER)))
        self.rules += [z3.InRe(text, z3.Star(PRINTABLE)) for text in (self.resource, self.principal)]
        conditions = [condition for policy in (approved, planned) for statement in policy.statements
                      for condition in statement.conditions]
        kinds, lists = {}, {}
        for condition in conditions:
            if condition.kind != "null" and kinds.setdefault(condition.key, condition.kind) != condition.kind:
                raise Skip("a key of several kinds")
            lists[condition.key] = lists.get(condition.key, 0) + (condition.each is not None)
        if max(lists.values(), default=0) > 5 or "aws:epochtime" in kinds:
            raise Skip("many set operators on a key, or the clock told otherwise")
        for condition in conditions:
            if condition.key not in self.keys:
                self.key(condition.key, kinds.get(condition.key, "text"), lists[condition.key])
        self.formula = z3.And(self.allowed(planned), z3.Not(self.allowed(approved)))

    def key(self, name, kind="text", lists=0):
        if name not in self.keys:
            self.keys[name] = Key(name, kind, lists)
            self.rules += self.keys[name].rules
        return self.keys[name]

    def allowed(self, policy):
        said = [(statement.allows, self.speaks(policy, statement)) for statement in policy.statements]
        return z3.And(z3.Or([formula for allows, formula in said if allows]),
                      z3.Not(z3.Or([formula for allows, formula in said if not allows])))

    def speaks(self, policy, statement):
        action = z3.Or([z3.InRe(self.action, regex(policies.pieces(text.lower(), False)))
                        for text in statement.actions])
        named = z3.Or([self.matches(policies.resource(text, policy.variables), self.resource)
                       for text in statement.resources])
        who = statement.principals is None or z3.Or(
            [self.matches(policies.pieces(text, False), self.principal) for text in statement.principals])
        return z3.And(action != statement.not_action, named != statement.not_resource, who,
                      *[self.holds(policy, condition) for condition in statement.conditions])

    def matches(self, found, text, fold=False):
        variables = [value for what, value in found if what == "variable"]
        if not variables:
            return z3.InRe(text, regex(found, fold))
        keys = [self.key(name) for name in variables]
        if any(key.kind != "text" for key in keys):
            raise Skip("a variable that is no text")
        open_end = found[-1] == ("run", False)
        parts = found[:-1] if open_end else found
        if any(what in ("one", "run") for what, _ in parts):
            raise Skip("a variable among wildcards")
        spelled = [z3.StringVal(value) if what == "text" else self.keys[value].values[0] for what, value in parts]
        whole = z3.Concat(spelled) if len(spelled) > 1 else spelled[0]
        there = [z3.And(key.present, key.single) for key in keys]
        return z3.And(*there, z3.PrefixOf(whole, text) if open_end else text == whole)

    def holds(self, policy, condition):
        key = self.keys[condition.key]
        if condition.kind == "null":
            return z3.Not(key.present) if condition.values[0] == "true" else key.present
        tests = [self.test(policy, condition, value) for value in key.values]
        if condition.each == "any":
            met = z3.Or([z3.And(on, test) for on, test in zip(key.on, tests)])
        elif condition.each == "all":
            met = z3.And([z3.Implies(on, test) for on, test in zip(key.on, tests)])
        else:
            met = z3.And(key.single, tests[0])
        return z3.If(key.present, met, z3.BoolVal(condition.absent()))

    def test(self, policy, condition, value):
        if condition.kind == "text":
            if condition.operator == "Bool":
                true = self.matches([("text", char) for char in "true"], value, True)
                return z3.Or([true if text.lower() == "true" else z3.Not(true) for text in condition.values])
            fold = "IgnoreCase" in condition.operator
            found = z3.Or([self.matches(policies.condition_pieces(condition, text, policy.variables), value, fold)
                           for text in condition.values])
            return z3.Not(found) if condition.negated else found
        if condition.kind == "address":
            found = z3.Or([lies_in(value, ipaddress.ip_network(text, strict=False)) for text in condition.values])
            return z3.Not(found) if condition.negated else found
        reads, known = value
        read = policies.number if condition.kind == "number" else policies.instant
        sign = ORDER[re.sub("^(Numeric|Date)", "", condition.operator)]
        theirs = [read(text) for text in condition.values]
        if None in theirs:
            raise Skip("a value that can't be read")
        checks = [signed(sign, known, z3.RealVal(f"{value:f}")) for value in theirs]
        return z3.And(reads, z3.And(checks) if condition.negated else z3.Or(checks))

    def answer(self, milliseconds):
        solver = z3.Solver()
        solver.set("timeout", milliseconds)
        solver.add(*self.rules, self.formula)
        return {"sat": "exceeds", "unsat": "contained"}.get(str(solver.check()), "unknown")


def lies_in(value, net):
    reads, four, bits = value
    width = 32 if net.version == 4 else 128
    first, keep = int(net.network_address), ((1 << net.prefixlen) - 1) << (width - net.prefixlen)
    family = four if net.version == 4 else z3.Not(four)
    return z3.And(reads, family, (bits & z3.BitVecVal(keep, 128)) == z3.BitVecVal(first & keep, 128))


def signed(sign, one, other):
    return {"==": one == other, "!=": one != other, "<": one < other, "<=": one <= other, ">": one > other,
            ">=": one >= other}[sign]
