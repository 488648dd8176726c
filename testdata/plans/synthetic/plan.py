"""Builds plan JSON in the shape that `terraform show -json` gives it, for providers that no stand-in here can run.

In goes what a reader cares about (type, name, `after`, which parts are unknown); out comes the whole plan, with
`after_unknown` and the sensitivity marks mirroring `after` as Terraform mirrors them.
"""

import copy
import json

UNKNOWN = object()  # stands in `after` where the value is known only after apply
COMPUTED = {"arn", "etag", "id", "tags_all", "unique_id"}  # nobody writes these


class Reference:
    """An expression in `configuration` that refers to other objects."""

    def __init__(self, *references):
        self.references = list(references)


def known(value):
    """What `after` shows: an unknown attribute is left out, an unknown element of a list is null."""
    if isinstance(value, dict):
        return {k: known(v) for k, v in value.items() if v is not UNKNOWN}
    if isinstance(value, list):
        return [None if v is UNKNOWN else known(v) for v in value]
    return value


def unknown(value):
    """What `after_unknown` shows: true where unknown, known leaves left out of objects but false in lists."""
    if isinstance(value, dict):
        return {k: True if v is UNKNOWN else unknown(v) for k, v in value.items() if v is UNKNOWN or isinstance(v, (dict, list))}
    if isinstance(value, list):
        return [True if v is UNKNOWN else unknown(v) if isinstance(v, (dict, list)) else False for v in value]
    return False


def sensitive(value, paths):
    """The marks of `value`, true at the attribute names in `paths`."""
    if isinstance(value, dict):
        marks = {k: sensitive(v, ()) for k, v in value.items() if isinstance(v, (dict, list))}
        return marks | {k: True for k in paths}
    if isinstance(value, list):
        return [sensitive(v, ()) if isinstance(v, (dict, list)) else False for v in value]
    return False


def expressions(after, config):
    """`configuration` of the arguments: a constant where `after` has a value, unless `config` says otherwise (None: not written)."""

    def of(value):
        if isinstance(value, Reference):
            return {"references": value.references}
        if isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
            return [expressions(v, {}) for v in value]
        if isinstance(value, str) and value[:1] in "{[":
            return {}  # a function call, as jsonencode() shows itself
        return {"constant_value": value}

    given = {k: v for k, v in (after or {}).items() if k not in COMPUTED and v is not None and v != [] and not has_unknown(v)}
    return {k: of(v) for k, v in sorted((given | config).items()) if v is not None}


def has_unknown(value):
    if isinstance(value, dict):
        return any(has_unknown(v) for v in value.values())
    if isinstance(value, list):
        return any(has_unknown(v) for v in value)
    return value is UNKNOWN


class Change:
    """One object of `resource_changes`, and what `configuration` says of it."""

    def __init__(self, kind, name, after=None, *, before=None, actions=None, provider=None, config=None, secret=(), **more):
        self.kind, self.name, self.after, self.before = kind, name, after, before
        self.actions = actions or (["create"] if before is None else ["delete"] if after is None else ["update"])
        self.provider = provider or "registry.terraform.io/hashicorp/" + kind.split("_")[0]
        self.config, self.secret, self.more = config or {}, secret, more
        self.mode = more.pop("mode", "managed")
        self.importing = more.pop("importing", None)
        self.provisioners = more.pop("provisioners", None)
        self.address = more.pop("address", ("data." if self.mode == "data" else "") + f"{kind}.{name}")

    def head(self):
        return {"mode": self.mode, "type": self.kind, "name": self.name}

    def to_json(self):
        change = {
            "actions": self.actions,
            "before": self.before,
            "after": known(self.after),
            "after_unknown": unknown(self.after) if self.after is not None else {},
            "before_sensitive": sensitive(self.before, self.secret) if self.before is not None else False,
            "after_sensitive": sensitive(known(self.after), self.secret) if self.after is not None else False,
        }
        if self.importing:
            change["importing"] = self.importing
        top = dict(self.more)
        reason = {"action_reason": top.pop("action_reason")} if "action_reason" in top else {}
        return {"address": self.address, **self.head(), **top, "provider_name": self.provider, "change": change, **reason}

    def configuration(self):
        block = {
            "address": ("data." if self.mode == "data" else "") + f"{self.kind}.{self.name}",
            **self.head(),
            "provider_config_key": self.provider.rsplit("/", 1)[-1],
        }
        if self.provisioners:
            block["provisioners"] = self.provisioners
        return block | {"expressions": expressions(self.after or self.before, self.config), "schema_version": 0}


def plan(*changes, providers=None, **top):
    """The whole plan of `changes`. `top` replaces or adds top-level keys; a value of `...` removes one."""
    changes = sorted(changes, key=lambda c: c.address)
    managed = [c for c in changes if c.mode == "managed" and c.after is not None]
    full = {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {
            "root_module": {
                "resources": [
                    {
                        "address": c.address,
                        **c.head(),
                        "provider_name": c.provider,
                        "schema_version": 0,
                        "values": known(c.after),
                        "sensitive_values": sensitive(known(c.after), c.secret),
                    }
                    for c in managed
                ]
            }
        },
        "resource_changes": [c.to_json() for c in changes],
        "configuration": {
            "provider_config": providers
            or {
                name.rsplit("/", 1)[-1]: {"name": name.rsplit("/", 1)[-1], "full_name": name}
                for name in sorted({c.provider for c in changes})
            },
            "root_module": {"resources": [c.configuration() for c in changes]} if changes else {},
        },
        "timestamp": "2026-11-23T09:00:00Z",
        "applyable": bool(changes),
        "complete": True,
        "errored": False,
    }
    full = copy.deepcopy(full) | top
    return {k: v for k, v in full.items() if v is not ...}


def text(value):
    """On one line, as Terraform writes it: no spaces, HTML characters escaped."""
    line = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return line.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026") + "\n"
