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
# `${aws:username}` and `${aws:PrincipalTag/eks:eks-cluster-name}` are variables of the cloud and no holes.
HOLE = re.compile(r"\$\{(?![a-z0-9-]+:[A-Za-z0-9/:._-]+\})((?:[^{}\"]|\"[^\"]*\")*)\}")
# Objects of one type that are tried for one name.
MOST_CANDIDATES = 4
# A name shorter than this is no name that a person would approve by its beginning.
SHORTEST_PREFIX = 2
MODULE = r"(?:module\.[\w-]+(?:\[(?:\d+|\"[^\"]*\")\])?\.)*"
REFERENCE = re.compile(rf"({MODULE}(?:aws|null|random|terraform)_\w+\.[\w-]+(?:\[(?:\d+|\"[^\"]*\")\])?)\.(\w+)(:generated)?")
# A version of a function, which AWS counts: whoever approves one approves the next.
VERSION = re.compile(r":function:.*:\$\{[^{}]*\.version\}$")
# What may stand directly before and after a reference in a longer name: the manifest refuses the rest.
BEFORE, AFTER = "/:#=|", "/:#|"
# Which type a person would refer to for a name of that form; by its `arn`, but for a condition key.
TYPES = (
    (r":(?:sub|aud|amr)$", "aws_iam_openid_connect_provider"),
    (r":role/", "aws_iam_role"),
    (r":policy/", "aws_iam_policy"),
    (r":user/", "aws_iam_user"),
    (r":group/", "aws_iam_group"),
    (r":instance-profile/", "aws_iam_instance_profile"),
    (r":oidc-provider/", "aws_iam_openid_connect_provider"),
    (r":lambda:[^/]*:function:", "aws_lambda_function"),
    (r":logs:[^/]*:log-group:", "aws_cloudwatch_log_group"),
    (r"^arn:[^:]*:s3:::", "aws_s3_bucket"),
    (r":table/", "aws_dynamodb_table"),
    (r":kms:.*:key/", "aws_kms_key"),
    (r":secretsmanager:.*:secret:", "aws_secretsmanager_secret"),
    (r":sns:", "aws_sns_topic"),
    (r":sqs:", "aws_sqs_queue"),
    (r":repository/", "aws_ecr_repository"),
    (r":cluster/", "aws_eks_cluster"),
    (r":cluster/", "aws_ecs_cluster"),
)


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


def write_name(name, style, context):
    """One principal, action, resource or value, as the style approves it."""
    if not HOLE.search(name):
        return quote(name)
    if style is Style.STAR:
        return '"*"'
    if style is Style.STAR_INSIDE:
        return quote(re.sub(r"\*+", "*", HOLE.sub("*", name)))
    texts = write_references(name, context)
    if texts and style is Style.REFERENCE:
        return texts[min(context.choice, len(texts) - 1)]
    try:
        return quote(HOLE.sub(lambda hole: write_prefix(name, hole), name))
    except NotExpressible:
        if not texts:
            raise
        return texts[min(context.choice, len(texts) - 1)]


class Context:
    """Where a grant is, what the plan makes, and which of several ways to refer to it is tried."""

    def __init__(self, address="", objects=(), choice=0):
        self.choice = choice
        home = re.match(MODULE, address).group(0)
        inside = [each for each in objects if each[0].startswith(home)]
        self.objects = sorted(inside, key=lambda each: each[0].count(".")) + [each for each in objects if each not in inside]


def write_references(name, context):
    """The ways to name an object by reference instead of by a name with holes, the likeliest first."""
    texts = []
    holes = list(HOLE.finditer(name))
    for hole in holes:
        reference = REFERENCE.fullmatch(hole.group(1))
        if not reference:
            continue
        start = max(name.rfind(sign, 0, hole.start()) for sign in BEFORE) + 1
        before, after = name[:start], name[hole.end() :]
        if HOLE.search(before) or HOLE.search(after) or (after and after[0] not in AFTER):
            continue
        identity = "${" + reference.group(1) + "." + reference.group(2) + "}"
        whole = not before and (start == hole.start() or reference.group(3))
        texts.append(f'"{identity}{escape(after)}"' if whole else f'"{escape(before)}{identity}{escape(after)}"')
        if before.startswith("arn:"):
            texts.append(f'"${{{reference.group(1)}.arn}}{escape(after)}"')
    tail = re.search(r"[:/][^${}]*$", name)
    after = tail.group(0) if tail and tail.start() > holes[-1].end() - 1 else ""
    if len(holes) > 1 and all(stands_alone(name, hole) for hole in holes):
        texts.append(f'"{write_parts(name, holes)}"')
    for pattern, type_name in TYPES:
        if re.search(pattern, name):
            made = sort_by_likeness([address for address, type_of in context.objects if type_of == type_name], name)
            attribute = "arn" if name.startswith("arn:") or ":arn:" in name else "url"
            texts += [f'"${{{address}.{attribute}}}{escape(after)}"' for address in made[:MOST_CANDIDATES]]
            if VERSION.search(name):
                texts = [f'"${{{address}.{attribute}}}:*"' for address in made[:MOST_CANDIDATES]] + texts
    return list(dict.fromkeys(texts))


def stands_alone(name, hole):
    """Whether a hole is an attribute of an object, and no text around it makes a longer name of it."""
    reference = REFERENCE.fullmatch(hole.group(1))
    before, after = name[: hole.start()], name[hole.end() :]
    return reference and not reference.group(3) and before[-1:] in BEFORE and (not after or after[0] in AFTER)


def write_parts(name, holes):
    """The name with a reference for each of its holes."""
    ends = [0] + [hole.end() for hole in holes]
    starts = [hole.start() for hole in holes] + [len(name)]
    references = ["${" + hole.group(1) + "}" for hole in holes] + [""]
    return "".join(escape(name[end:start]) + reference for end, start, reference in zip(ends, starts, references))


def sort_by_likeness(addresses, name):
    """The objects whose address shares a word with the known parts of the name come first."""
    words = {word for word in re.split(r"[^a-z0-9]+", HOLE.sub(" ", name).lower()) if len(word) > SHORTEST_PREFIX}
    labels = lambda address: re.split(r"[^a-z0-9]+", re.sub(r"\b(?:module|aws_\w+)\.", "", address.lower()))
    return sorted(addresses, key=lambda address: len(words & set(labels(address))), reverse=True)


def escape(text):
    """A literal part of a name, which says the account as the manifest has to before a reference."""
    return quote(text)[1:-1].replace(ACCOUNT, "${account}")


def write_prefix(name, hole):
    """`*` for a hole behind a known beginning of the same segment."""
    segment = re.split(r"[:/]|\$\{[^}]*\}", name[: hole.start()])[-1]
    if len(segment.strip("-_.")) < SHORTEST_PREFIX:
        raise NotExpressible(name)
    return "*"


def write_list(attribute, names, style, context):
    return f"    {attribute} = [{', '.join(dict.fromkeys(write_name(name, style, context) for name in names))}]"


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


# What a program says of a condition whose key it does not know: the condition itself stands beside it.
RESTS_ON = "a condition that rests on "


def write_condition(condition, style, context):
    if "expression" in condition:
        return f"    expression = {quote(condition['expression'])}"
    operator, values = operator_of(condition)
    listed = ", ".join(write_name(value, style, context) for value in values)
    if HOLE.search(condition["key"]):
        key = write_name(condition["key"], style, context)
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


def write_except(statement, style, context):
    lines = []
    for part in ("principals", "actions", "resources"):
        names = statement.get("not_" + part)
        if names:
            lines += ["    except {", "  " + write_list(part, names, style, context), "    }"]
    return lines


def is_role(dialect, action):
    if dialect == "aws":
        return action.startswith(("arn:", "${"))
    return dialect == "google" and action.startswith(("roles/", "projects/", "organizations/"))


def write_grant(dialect, statement, style, context):
    """One `grant` block for one statement that allows."""
    actions = statement["actions"]
    credentials = [action.removeprefix("credential:") for action in actions if action.startswith("credential:")]
    roles = [action for action in actions if is_role(dialect, action)]
    plain = [action for action in actions if action not in roles and not action.startswith("credential:")]
    lines = [f"  grant {quote(dialect)} {{", write_list("principals", statement["principals"], style, context)]
    for attribute, names in (("actions", plain), ("roles", roles), ("credentials", credentials)):
        if names:
            lines.append(write_list(attribute, names, style, context))
    if statement["resources"] and not credentials:
        lines.append(write_list("resources", statement["resources"], style, context))
    elif dialect != "aws":
        lines.append('    resources = ["*"]')
    conditions = [each for each in statement["conditions"] if not each.get("expression", "").startswith(RESTS_ON)]
    for condition in conditions:
        is_mode = condition.get("key", "").startswith("mode:")
        lines.append(write_mode(condition) if is_mode else write_condition(condition, style, context))
    return "\n".join(lines + write_except(statement, style, context) + ["  }"])


def write_run(address, run):
    listed = [run["sha256"]] if isinstance(run["sha256"], str) else run["sha256"]
    digests = ", ".join(map(quote, listed))
    return f"  run {quote(run['type'])} {{\n    address = {quote(address)}\n    sha256  = {digests if len(listed) == 1 else f'[{digests}]'}\n  }}"


def write_approval(ticket, dialect, statements, style, address=None, placed=True, context=None, runs=()):
    """The text of one approval for the statements of one grant, and for what runs there. Raises `NotExpressible`."""
    place = []
    if address is not None:
        place.append(f"  addresses     = [{quote(address)}]")
    if placed:
        place.append(f'  accounts      = ["{ACCOUNT}"]')
    grants = [write_grant(dialect, each, style, context or Context()) for each in statements if each["effect"] == "allow"]
    grants += [write_run(address, run) for run in runs]
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


def write_everything(types=()):
    """Approves every request of every dialect and every credential of these types, as nobody should."""
    everything = {"effect": "allow", "principals": ["*"], "resources": ["*"], "conditions": []}
    texts = []
    for number, dialect in enumerate(("aws", "terraform", "kubernetes", "github")):
        grant = write_grant(dialect, {**everything, "actions": ["*"]}, Style.STAR, Context())
        more = [grant]
        if dialect == "aws":
            more.append(grant.replace("actions = ", "roles = "))
            made = [f"credential:{type_name}" for type_name in types]
            more += [write_grant(dialect, {**everything, "actions": made}, Style.STAR, Context())] if made else []
        texts.append(TICKET_TEXT.format(ticket=f"ALL-{number}", place="", grants="\n\n".join(more)))
    return "\n".join(texts)
