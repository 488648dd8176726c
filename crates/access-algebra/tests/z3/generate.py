"""Random pairs of AWS policies over few words, so that they often meet; the same seed gives the same pairs."""

import copy
import random

ACTIONS = ["s3:GetObject", "s3:Get*", "s3:*Object", "S3:putobject", "s3:Put?bject", "s3:*", "*", "iam:PassRole", "iam:*"]
RESOURCES = ["*", "arn:aws:s3:::b", "arn:aws:s3:::b/*", "arn:aws:s3:::*/x", "arn:aws:s3:::b/x", "arn:aws:*:::b/?",
             "arn:aws:s3:*:*:b/*", "arn:aws:s3*", "arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/${aws:username}/*",
             "arn:aws:s3:::b/${aws:PrincipalTag/team}*"]
PRINCIPALS = ["*", {"AWS": "111122223333"}, {"AWS": "arn:aws:iam::111122223333:role/ci"},
              {"Service": "ec2.amazonaws.com"}, {"AWS": ["arn:aws:iam::111122223333:role/ci", "444455556666"]}]
TEXTS = ["a", "A", "b", "ab", "x"]
GLOBS = ["a*", "*b", "*", "?", "a", "${aws:username}", "${aws:PrincipalTag/team}/*"]
ARNS = ["arn:aws:iam::*:role/ci", "arn:aws:iam::111122223333:*", "arn:aws:*::1*:role/*", "arn:aws:iam::1?:role/ci"]
DATES = ["2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z", "1767225600", "2027-01-01"]
NETS = ["10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "0.0.0.0/0", "2001:db8::/32", "::/0", "192.0.2.0/24"]


def some(rng, words, most=2):
    found = rng.sample(words, rng.randint(1, most))
    return found[0] if len(found) == 1 and rng.random() < 0.5 else found


def condition(rng):
    suffix = rng.choice(["", "", "IfExists"])
    draw = rng.random()
    if draw < 0.35:
        key = rng.choice(["aws:username", "aws:PrincipalTag/team", "s3:prefix"])
        operator = rng.choice(["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase",
                               "StringLike", "StringNotLike"])
        return operator + suffix, key, some(rng, GLOBS if operator.endswith("Like") else TEXTS)
    if draw < 0.55:
        prefix = rng.choice(["ForAnyValue:", "ForAllValues:"])
        operator = rng.choice(["StringEquals", "StringLike", "StringNotEquals", "StringNotLike"])
        return prefix + operator + suffix, "aws:TagKeys", some(rng, TEXTS)
    if draw < 0.65:
        return rng.choice(["Numeric" + sign for sign in ("Equals", "NotEquals", "LessThan", "LessThanEquals",
                                                         "GreaterThan", "GreaterThanEquals")]) + suffix, \
            "s3:max-keys", some(rng, ["0", "1", "1.5", "10", "1e1"])
    if draw < 0.73:
        return rng.choice(["Date" + sign for sign in ("Equals", "NotEquals", "LessThan", "GreaterThanEquals")]) + suffix, \
            "aws:CurrentTime", some(rng, DATES)
    if draw < 0.83:
        return rng.choice(["IpAddress", "NotIpAddress"]) + suffix, "aws:SourceIp", some(rng, NETS)
    if draw < 0.9:
        return rng.choice(["ArnLike", "ArnNotLike", "ArnEquals"]) + suffix, "aws:SourceArn", some(rng, ARNS)
    if draw < 0.95:
        return "Bool" + suffix, "aws:SecureTransport", rng.choice(["true", "false", True, False])
    return "Null", rng.choice(["aws:username", "aws:TagKeys", "aws:SourceIp", "s3:prefix"]), rng.choice(["true", "false"])


def statement(rng):
    made = {"Effect": "Allow" if rng.random() < 0.75 else "Deny"}
    made["NotAction" if rng.random() < 0.15 else "Action"] = some(rng, ACTIONS)
    made["NotResource" if rng.random() < 0.15 else "Resource"] = some(rng, RESOURCES)
    if rng.random() < 0.25:
        made["Principal"] = rng.choice(PRINCIPALS)
    for _ in range(rng.choice([0, 0, 1, 1, 2])):
        operator, key, values = condition(rng)
        made.setdefault("Condition", {}).setdefault(operator, {})[key] = values
    return made


def policy(rng):
    return {"Version": "2012-10-17", "Statement": [statement(rng) for _ in range(rng.randint(1, 3))]}


def pair(seed):
    """Often alike, since unrelated policies are seldom contained."""
    rng = random.Random(seed)
    approved = policy(rng)
    planned = copy.deepcopy(approved) if rng.random() < 0.7 else policy(rng)
    for _ in range(rng.randint(0, 2)):
        at = rng.randrange(len(planned["Statement"]))
        donor = statement(rng)
        changed = planned["Statement"][at]
        what = rng.choice(["Action", "Resource", "Condition", "Effect", "drop", "add"])
        if what == "drop":
            changed.pop("Condition", None)
        elif what == "add":
            planned["Statement"].append(donor)
        elif what in donor and "Not" + what not in changed:
            changed[what] = donor[what]
    if rng.random() < 0.1:
        del planned["Version"]
    return {"id": f"seed {seed}", "provider": "aws", "approved": approved, "planned": planned}
