"""Writes approvals that cover a grant as the tool describes it.

Takes the statements of a finding (`statements` of `countersign check --format json`) and returns the text of one
approval in the language of the manifest. A `Style` says what stands where the plan knows only a hole, `${NAME}`.
Nothing here reads a plan: what the tool does not say of a grant cannot be approved.
"""

import enum
import re

ACCOUNT = "123456789012"
TICKET_TEXT = """approval "{ticket}" {{
  title         = "Written by the measurement"
  justification = "Covers one grant as the tool describes it"
  system        = "stack"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-01"
  expires_on    = "2027-10-01"
{place}
{grants}
}}
"""
OWNERS = """process_owner = "security"

system "stack" {
  owner = "team"

  match {
    addresses = ["*"]
  }
}

authority "stack" {
  approvers    = ["lee"]
  systems      = ["stack"]
  max_duration = "366d"
}
"""
# Approves nothing that a plan holds: a manifest without an approval is an error.
UNRELATED = {
    "effect": "allow",
    "principals": ["arn:aws:iam::999999999999:user/nobody"],
    "actions": ["s3:GetObject"],
    "resources": ["arn:aws:s3:::nothing/nothing"],
    "conditions": [],
}
HOLE = re.compile(r"\$\{((?:[^{}\"]|\"[^\"]*\")*)\}")
# A name shorter than this is no name that a person would approve by its beginning.
SHORTEST_PREFIX = 2
REFERENCE = re.compile(r"(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*aws_\w+\.[\w-]+(?:\[[^\]]*\])?\.\w+")


class Style(enum.Enum):
    """What an approval says where the plan has a hole."""

    REFERENCE = "a reference to the object"
    PREFIX = "the known beginning of the name and `*`"
    STAR_INSIDE = "`*` inside the name"
    STAR = "`*` instead of the whole name"


class NotExpressible(Exception):
    """The style has no sensible text for a name."""


def quote(text):
    """The text as a literal of the manifest."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return '"' + escaped.replace("${", "$${").replace("%{", "%%{") + '"'


def write_name(name, style, hole_start=None):
    """One principal, action, resource or value, as the style approves it."""
    if not HOLE.search(name):
        return quote(name)
    if style is Style.STAR:
        return '"*"'
    if style is Style.STAR_INSIDE:
        return quote(re.sub(r"\*+", "*", HOLE.sub("*", name)))
    if style is Style.PREFIX:
        return quote(HOLE.sub(lambda hole: write_prefix(name, hole), name))
    parts, at = [], 0
    for hole in HOLE.finditer(name):
        if not REFERENCE.fullmatch(hole.group(1)):
            raise NotExpressible(name)
        parts.append(quote(name[at : hole.start()])[1:-1] + "${" + hole.group(1) + "}")
        at = hole.end()
    return '"' + "".join(parts) + quote(name[at:])[1:-1] + '"'


def write_prefix(name, hole):
    """`*` for a hole behind a known beginning of the same segment."""
    segment = re.split(r"[:/]|\$\{[^}]*\}", name[: hole.start()])[-1]
    if len(segment.strip("-_.")) < SHORTEST_PREFIX:
        raise NotExpressible(name)
    return "*"


def write_list(attribute, names, style):
    return f"    {attribute} = [{', '.join(dict.fromkeys(write_name(name, style) for name in names))}]"


def operator_of(condition):
    """The manifest's name of an operator, and of how it is quantified."""
    operator, values = condition["operator"], condition["values"]
    if operator in ("present", "absent"):
        return "Null", ["false" if operator == "present" else "true"]
    negated = operator.startswith("not_")
    kind = operator.removeprefix("not_")
    dated = any(re.match(r"\d{4}-\d\d-\d\d", value) for value in values)
    family = "Date" if dated else "Numeric"
    if kind == "matches":
        if all(value.lower() in ("true", "false") for value in values):
            return "Bool" + ("IfExists" if condition["if_absent"] else ""), [
                value.lower() if not negated else str(value.lower() == "false").lower() for value in values
            ]
        pattern = any(re.search(r"[*?]|\$\{", value) for value in values)
        name = "String" + ("Not" if negated else "") + ("Like" if pattern else "Equals")
    elif kind == "in_network":
        name = "NotIpAddress" if negated else "IpAddress"
    elif kind == "equal":
        name = family + ("NotEquals" if negated else "Equals")
    else:
        order = {"less": "LessThan", "less_or_equal": "LessThanEquals", "greater": "GreaterThan", "greater_or_equal": "GreaterThanEquals"}
        if negated or kind not in order:
            return operator, values
        name = family + order[kind]
    if condition["if_absent"] and not negated and condition["quantifier"] != "all":
        name += "IfExists"
    prefix = {"one": "", "any": "ForAnyValue:", "all": "ForAllValues:"}[condition["quantifier"]]
    return prefix + name, values


def write_condition(condition, style):
    if "expression" in condition:
        return f"    expression = {quote(condition['expression'])}"
    operator, values = operator_of(condition)
    listed = ", ".join(write_name(value, style) for value in values)
    if HOLE.search(condition["key"]):
        key = write_name(condition["key"], style)
        return f"    condition {{\n      operator = {quote(operator)}\n      key      = {key}\n      values   = [{listed}]\n    }}"
    return f"    condition {quote(operator)} {quote(condition['key'])} {{\n      values = [{listed}]\n    }}"


def write_mode(condition):
    """How access is held, which the manifest says with attributes of the grant."""
    value = condition["values"][0]
    return {
        "mode:assignment": f"    assignment = {quote(value)}",
        "mode:grantable": "    grantable = true",
        "mode:ttl": f"    max_ttl = {quote(value + 's')}",
    }[condition["key"]]


def write_except(statement, style):
    lines = []
    for part in ("principals", "actions", "resources"):
        names = statement.get("not_" + part)
        if names:
            lines += ["    except {", "  " + write_list(part, names, style), "    }"]
    return lines


def is_role(dialect, action):
    if dialect == "aws":
        return action.startswith(("arn:", "${"))
    return dialect == "google" and action.startswith(("roles/", "projects/", "organizations/"))


def write_grant(dialect, statement, style):
    """One `grant` block for one statement that allows."""
    actions = statement["actions"]
    credentials = [action.removeprefix("credential:") for action in actions if action.startswith("credential:")]
    roles = [action for action in actions if is_role(dialect, action)]
    plain = [action for action in actions if action not in roles and not action.startswith("credential:")]
    lines = [f"  grant {quote(dialect)} {{", write_list("principals", statement["principals"], style)]
    for attribute, names in (("actions", plain), ("roles", roles), ("credentials", credentials)):
        if names:
            lines.append(write_list(attribute, names, style))
    if statement["resources"] and not credentials:
        lines.append(write_list("resources", statement["resources"], style))
    elif dialect != "aws":
        lines.append('    resources = ["*"]')
    conditions = statement["conditions"]
    for condition in conditions:
        is_mode = condition.get("key", "").startswith("mode:")
        lines.append(write_mode(condition) if is_mode else write_condition(condition, style))
    return "\n".join(lines + write_except(statement, style) + ["  }"])


def write_approval(ticket, dialect, statements, style, address=None, placed=True):
    """The text of one approval for the statements of one grant. Raises `NotExpressible`."""
    place = []
    if address is not None:
        place.append(f"  addresses     = [{quote(address)}]")
    if placed:
        place.append(f'  accounts      = ["{ACCOUNT}"]')
    grants = [write_grant(dialect, each, style) for each in statements if each["effect"] == "allow"]
    if not grants:
        raise NotExpressible("nothing is allowed")
    return TICKET_TEXT.format(ticket=ticket, place="\n".join(place), grants="\n\n".join(dict.fromkeys(grants)))


def count_lines(approvals):
    """Lines of one manifest with the grants of all these approvals, those merged that differ in one list alone."""
    blocks = {block for text in approvals.values() for block in re.findall(r"^  grant .*?^  }$", text, re.M | re.S)}
    for attribute in ("resources", "actions", "roles", "principals"):
        rest = {}
        for block in sorted(blocks):
            line = re.search(rf"^    {attribute} = \[.*\]$", block, re.M)
            key = block.replace(line.group(0), "") if line else block
            rest.setdefault(key, block)
        blocks = set(rest.values())
    frame = len((OWNERS + TICKET_TEXT).splitlines())
    return frame + sum(len(block.splitlines()) + 1 for block in blocks)


def write_everything():
    """Approves every request of every dialect, as nobody should."""
    everything = {"effect": "allow", "principals": ["*"], "resources": ["*"], "conditions": []}
    texts = []
    for number, dialect in enumerate(("aws", "terraform", "kubernetes", "github")):
        grant = write_grant(dialect, {**everything, "actions": ["*"]}, Style.STAR)
        more = [grant]
        if dialect == "aws":
            more.append(grant.replace("actions = ", "roles = "))
        texts.append(TICKET_TEXT.format(ticket=f"ALL-{number}", place="", grants="\n\n".join(more)))
    return "\n".join(texts)
