"""AWS policies as the second oracle reads them: written from AWS's documents, apart from countersign.

A document becomes a list of statements; what this reading leaves out raises `Skip`, with the reason. Also here: whether
a policy allows one concrete request, which is how witnesses are checked.
"""

import datetime
import decimal
import ipaddress
import re

# Keys whose requests carry lists, where AWS does not say what an operator without a set prefix means.
LISTS = {"aws:tagkeys", "aws:calledvia", "kms:encryptioncontextkeys", "dynamodb:leadingkeys", "dynamodb:attributes"}

TEXT = {"StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike",
        "StringNotLike", "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "Bool", "BinaryEquals"}
ORDER = {"Equals": "==", "NotEquals": "!=", "LessThan": "<", "LessThanEquals": "<=", "GreaterThan": ">",
         "GreaterThanEquals": ">="}


class Skip(Exception):
    """Why this reading has nothing to say about a document."""


def listed(value):
    return value if isinstance(value, list) else [value]


class Condition:
    """One operator on one key."""

    def __init__(self, operator, key, values):
        self.key = key.lower()
        self.values = [str(value).lower() if isinstance(value, bool) else str(value) for value in listed(values)]
        self.each = None
        for prefix, each in (("ForAnyValue:", "any"), ("ForAllValues:", "all")):
            if operator.startswith(prefix):
                operator, self.each = operator[len(prefix):], each
        self.if_exists = operator.endswith("IfExists")
        self.operator = operator.removesuffix("IfExists")
        self.negated = "Not" in self.operator
        self.kind = kind(self.operator)
        if self.each is None and self.key in LISTS and self.kind != "null":
            raise Skip("a plain operator on a list")
        if self.kind == "null" and (self.each or self.if_exists):
            raise Skip("Null with a prefix")
        # AWS does not say whether a range of IPv6 that holds IPv4 means it.
        if self.kind == "address" and any(value.lower().startswith("::ffff:") for value in self.values):
            raise Skip("IPv4 within IPv6")

    def absent(self):
        """Whether it holds where the key is missing."""
        if self.each == "all":
            return True
        if self.each == "any":
            return self.if_exists
        return self.if_exists or self.negated


def kind(operator):
    if operator in TEXT:
        return "text"
    if operator == "Null":
        return "null"
    if operator in ("IpAddress", "NotIpAddress"):
        return "address"
    for family, name in (("Numeric", "number"), ("Date", "date")):
        if operator.startswith(family) and operator[len(family):] in ORDER:
            return name
    raise Skip(f"the operator {operator}")


class Statement:
    def __init__(self, raw):
        if "NotPrincipal" in raw:
            raise Skip("NotPrincipal")
        self.allows = {"Allow": True, "Deny": False}[raw["Effect"]]
        self.not_action = "NotAction" in raw
        self.actions = listed(raw["NotAction" if self.not_action else "Action"])
        self.not_resource = "NotResource" in raw
        self.resources = listed(raw.get("NotResource", raw.get("Resource", "*")))
        self.principals = principals(raw.get("Principal", "*"))
        self.conditions = [Condition(operator, key, values)
                           for operator, block in raw.get("Condition", {}).items() for key, values in block.items()]


class Policy:
    def __init__(self, document):
        self.variables = document.get("Version") == "2012-10-17"
        self.statements = [Statement(raw) for raw in listed(document["Statement"])]


def principals(raw):
    """`None` for everybody, else patterns: an account stands for all in it."""
    if raw == "*":
        return None
    if not isinstance(raw, dict):
        raise Skip("a principal without a type")
    found = []
    for name, values in raw.items():
        for value in listed(values):
            account = re.fullmatch(r"(\d{12})|arn:aws:iam::(\d{12}):root", value)
            if name == "AWS" and value == "*":
                return None
            if "*" in value or "?" in value or (name == "AWS" and (value[:4] != "arn:" or "/" in value.split("/", 1)[-1])
                                                and not account):
                raise Skip("a principal with wildcards, an id or a path")
            if name == "AWS" and account:
                found.append(f"arn:aws:*::{account[1] or account[2]}:*")
            else:
                found.append(value if name == "AWS" else f"{name}:{value}")
    return found


# A pattern is a list of pieces: ("text", t), ("one", bounded), ("run", bounded), ("variable", key).

def pieces(text, variables, wild=True, bounded=0):
    """`bounded` so many segments at the start do not let a wildcard over a colon, and hold no variables."""
    found, colons, at = [], 0, 0
    cut = bounded and text.count(":") < bounded
    while at < len(text):
        char, inside = text[at], colons < bounded
        variable = re.match(r"\$\{([^}]*)\}", text[at:]) if variables and not inside else None
        if variable:
            name = variable[1]
            if "," in name:
                raise Skip("a variable with a default")
            found.append(("text", name) if name in ("*", "?", "$") else ("variable", name.lower()))
            at += len(variable[0])
            continue
        if wild and char in "*?":
            last = cut and at == len(text) - 1
            found.append(("run" if char == "*" else "one", inside and not last))
        else:
            colons += char == ":"
            found.append(("text", char))
        at += 1
    return found


def resource(text, variables):
    if text == "*":
        return [("run", False)]
    if text[:4] != "arn:" or (text.count(":") < 5 and text[-1] != "*"):
        raise Skip("a resource that is no ARN")
    return pieces(text, variables, bounded=5)


def condition_pieces(condition, value, variables):
    wild = condition.operator.endswith("Like") or condition.operator.startswith("Arn")
    bounded = 5 if condition.operator.startswith("Arn") else 0
    if bounded and "${" in value:
        raise Skip("a variable in an ARN operator")
    if "IgnoreCase" in condition.operator and "${" in value:
        raise Skip("a variable without case")
    return pieces(value, variables, wild, bounded)


# One concrete request.

def as_regex(found, context, fold=False):
    text = ""
    for what, value in found:
        if what == "variable":
            known = context.get(value)
            if not isinstance(known, str):
                return None
            text += re.escape(known)
        elif what == "text":
            text += re.escape(value)
        else:
            text += ("[^:]" if value else ".") + ("*" if what == "run" else "")
    return re.compile(text, re.DOTALL | (re.IGNORECASE if fold else 0))


def matches(found, text, context, fold=False):
    regex = as_regex(found, context, fold)
    return regex is not None and regex.fullmatch(text) is not None


def number(text):
    try:
        return decimal.Decimal(text)
    except decimal.InvalidOperation:
        return None


def instant(text):
    """Seconds since 1970, exactly."""
    if re.fullmatch(r"-?\d+", text):
        return decimal.Decimal(text)
    found = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(\.\d+)?(Z|[+-]\d\d:\d\d))?", text)
    if not found:
        return None
    zone = found[4] if found[4] and found[4] != "Z" else "+00:00"
    whole = datetime.datetime.fromisoformat(f"{found[1]}T{found[2] or '00:00:00'}{zone}")
    epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    since = whole - epoch
    return decimal.Decimal(since.days * 86400 + since.seconds) + decimal.Decimal("0" + (found[3] or ".0"))


def address(text):
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def compare(sign, one, other):
    return {"==": one == other, "!=": one != other, "<": one < other, "<=": one <= other, ">": one > other,
            ">=": one >= other}[sign]


def value_holds(condition, text, context, variables):
    """Whether one value of a request satisfies an operator."""
    if condition.kind == "text":
        if condition.operator == "Bool":
            return any((text.lower() == "true") == (value.lower() == "true") for value in condition.values)
        fold = "IgnoreCase" in condition.operator
        found = any(matches(condition_pieces(condition, value, variables), text, context, fold)
                    for value in condition.values)
        return found != condition.negated
    if condition.kind == "address":
        known = address(text)
        found = known is not None and any(known in ipaddress.ip_network(value, strict=False)
                                          for value in condition.values)
        return found != condition.negated
    read = number if condition.kind == "number" else instant
    known = read(text)
    if known is None:
        return False
    sign = ORDER[re.sub("^(Numeric|Date)", "", condition.operator)]
    values = [read(value) for value in condition.values]
    if None in values:
        raise Skip("a number or day in a spelling that is not read here")
    checks = [compare(sign, known, value) for value in values]
    return all(checks) if condition.negated else any(checks)


def condition_holds(condition, context, variables):
    known = context.get("aws:currenttime" if condition.key == "aws:epochtime" else condition.key)
    if condition.kind == "null":
        return (known is None) == (condition.values[0] == "true")
    if known is None:
        return condition.absent()
    if isinstance(known, str):
        return value_holds(condition, known, context, variables)
    each = [value_holds(condition, text, context, variables) for text in known]
    return {"any": any(each), "all": all(each), None: False}[condition.each]


def allows(policy, request):
    """Whether a policy allows a request as `countersign compare` writes its witnesses."""
    def speaks(statement):
        context = request["context"]
        action = any(matches(pieces(text, False), request["action"], {}, True) for text in statement.actions)
        named = any(matches(resource(text, policy.variables), request["resource"], context)
                    for text in statement.resources)
        who = statement.principals is None or any(
            matches(pieces(text, False), request["principal"], {}) for text in statement.principals)
        return (action != statement.not_action and named != statement.not_resource and who
                and all(condition_holds(condition, context, policy.variables) for condition in statement.conditions))
    said = {statement.allows for statement in policy.statements if speaks(statement)}
    return said == {True}
