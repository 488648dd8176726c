"""Plans of Google, Azure, Entra ID, Kubernetes, GitHub, GitLab and of providers nobody knows.

Attribute names and defaults follow google 6.50, azurerm 4.55, azuread 3.7, kubernetes 2.38, github 6.9, gitlab 18.6.
"""

import json

from plan import UNKNOWN, Change, Reference, plan

GITHUB = "registry.terraform.io/integrations/github"
GITLAB = "registry.terraform.io/gitlabhq/gitlab"


# Google


def google(kind, label, condition=None, /, config=None, before=None, **after):
    """A `google_*_iam_{member,binding,policy}`; the first two take a condition, the third has none."""
    full = {**after, "etag": UNKNOWN, "id": UNKNOWN} if before is None else {**after, "etag": "BwX", "id": before["id"]}
    if not kind.endswith("_policy"):
        full["condition"] = [condition] if condition else []
    return Change(kind, label, dict(sorted(full.items())), config=config, before=before)


def when(expression, title, description=None):
    return {"description": description, "expression": expression, "title": title}


def service_account(name):
    return Change(
        "google_service_account",
        name,
        {
            "account_id": name, "create_ignore_already_exists": None, "description": None, "disabled": False, "display_name": "CI",
            "email": f"{name}@acme-prod.iam.gserviceaccount.com", "id": UNKNOWN,
            "member": f"serviceAccount:{name}@acme-prod.iam.gserviceaccount.com", "name": UNKNOWN, "project": "acme-prod",
            "timeouts": None, "unique_id": UNKNOWN,
        },
        config={"email": None, "member": None, "disabled": None, "project": Reference("var.project")},
    )


def google_plans():
    yield "google-project-member", plan(
        google("google_project_iam_member", "plain", project="acme-prod", role="roles/artifactregistry.writer", member="serviceAccount:ci@acme-prod.iam.gserviceaccount.com"),
        google(
            "google_project_iam_member", "until",
            when('request.time < timestamp("2027-02-20T00:00:00Z")', "SEC-2001", "Expires with SEC-2001"),
            project="acme-prod", role="roles/viewer", member="user:ana@example.com",
        ),
        google("google_storage_bucket_iam_member", "federated", bucket="acme-artifacts", role="roles/storage.objectViewer",
            member="principalSet://iam.googleapis.com/projects/1234567890/locations/global/workloadIdentityPools/ci/attribute.repository/acme/payments"),
    )
    members = ["group:payments@example.com", "user:ana@example.com"]
    old = {"bucket": "b/acme-artifacts", "condition": [], "etag": "BwX", "id": "b/acme-artifacts/roles/storage.objectViewer", "members": members[:1], "role": "roles/storage.objectViewer"}
    yield "google-binding-widened", plan(
        google("google_storage_bucket_iam_binding", "readers", before=old, bucket="b/acme-artifacts", role="roles/storage.objectViewer", members=members),
        google("google_project_iam_binding", "owners", project="acme-prod", role="roles/owner", members=["domain:example.com"]),
    )
    data = {"bindings": [
        {"members": ["user:ana@example.com"], "role": "roles/viewer"},
        {"condition": {"expression": 'resource.name.startsWith("projects/_/buckets/acme-")', "title": "acme"}, "members": ["group:payments@example.com"], "role": "roles/storage.admin"},
    ]}
    yield "google-policy", plan(
        google("google_project_iam_policy", "project", project="acme-prod", policy_data=json.dumps(data, separators=(",", ":")), config={"policy_data": Reference("data.google_iam_policy.project.policy_data", "data.google_iam_policy.project")}),
    )
    yield "google-policy-deferred", plan(
        Change(
            "google_iam_policy", "dataset",
            {"audit_config": [], "binding": [{"condition": [], "members": [UNKNOWN, "user:ana@example.com"], "role": "roles/bigquery.dataOwner"}], "id": UNKNOWN, "policy_data": UNKNOWN},
            mode="data", actions=["read"], action_reason="read_because_config_unknown",
            config={"binding": None},
        ),
        google("google_bigquery_dataset_iam_policy", "dataset", dataset_id="payments", project="acme-prod", policy_data=UNKNOWN, config={"policy_data": Reference("data.google_iam_policy.dataset.policy_data", "data.google_iam_policy.dataset")}),
    )
    yield "google-service-account-key", plan(
        service_account("ci"),
        Change(
            "google_service_account_key", "ci",
            {"id": UNKNOWN, "keepers": None, "key_algorithm": "KEY_ALG_RSA_2048", "name": UNKNOWN, "private_key": UNKNOWN, "private_key_type": "TYPE_GOOGLE_CREDENTIALS_FILE", "public_key": UNKNOWN,
             "public_key_data": None, "public_key_type": "TYPE_X509_PEM_FILE", "service_account_id": UNKNOWN, "valid_after": UNKNOWN, "valid_before": UNKNOWN},
            secret=("private_key",),
            config={"service_account_id": Reference("google_service_account.ci.name", "google_service_account.ci"), "key_algorithm": None, "private_key_type": None, "public_key_type": None},
        ),
        google("google_project_iam_member", "ci", project="acme-prod", role="roles/run.developer", member="serviceAccount:ci@acme-prod.iam.gserviceaccount.com", config={"member": Reference("google_service_account.ci.member", "google_service_account.ci")}),
        google("google_service_account_iam_member", "impersonate", service_account_id=UNKNOWN, role="roles/iam.serviceAccountTokenCreator", member="user:ana@example.com", config={"service_account_id": Reference("google_service_account.ci.name", "google_service_account.ci")}),
    )
    role = {"deleted": UNKNOWN, "description": "", "id": UNKNOWN, "name": UNKNOWN, "permissions": ["storage.objects.delete", "storage.objects.get"], "project": "acme-prod", "role_id": "payments", "stage": "GA", "title": "Payments"}
    yield "google-custom-role", plan(
        Change("google_project_iam_custom_role", "payments", role),
        google("google_project_iam_member", "payments", project="acme-prod", role=UNKNOWN, member="group:payments@example.com", config={"role": Reference("google_project_iam_custom_role.payments.id", "google_project_iam_custom_role.payments")}),
    )
    settled = role | {"deleted": False, "id": "projects/acme-prod/roles/payments", "name": "projects/acme-prod/roles/payments"}
    yield "google-custom-role-widened", plan(
        Change("google_project_iam_custom_role", "payments", settled | {"permissions": settled["permissions"] + ["storage.objects.setIamPolicy"]}, before=settled),
    )
    yield "google-organization-binding", plan(
        google("google_organization_iam_binding", "admins", org_id="123456789012", role="roles/resourcemanager.organizationAdmin", members=["group:platform@example.com"]),
        google("google_folder_iam_member", "viewer", folder="folders/987654321", role="roles/viewer", member="group:audit@example.com"),
    )
    yield "google-public", plan(
        google("google_storage_bucket_iam_member", "all", bucket="acme-artifacts", role="roles/storage.objectViewer", member="allUsers"),
        google("google_cloud_run_v2_service_iam_member", "any", name="api", location="europe-west1", project="acme-prod", role="roles/run.invoker", member="allAuthenticatedUsers"),
    )
    yield "google-unknown-members", plan(
        google("google_project_iam_binding", "editors", project="acme-prod", role="roles/editor", members=UNKNOWN, config={"members": Reference("google_service_account.ci.member", "google_service_account.ci")}),
        google("google_project_iam_member", "elsewhere", project=UNKNOWN, role="roles/viewer", member="user:ana@example.com", config={"project": Reference("google_project.new.project_id", "google_project.new")}),
    )
    deny = {
        "display_name": "No deletion", "etag": "BwX", "id": "cloudresourcemanager.googleapis.com%2Fprojects%2Facme-prod/no-deletion", "name": "no-deletion",
        "parent": "cloudresourcemanager.googleapis.com%2Fprojects%2Facme-prod",
        "rules": [{"deny_rule": [{"denial_condition": [], "denied_permissions": ["cloudresourcemanager.googleapis.com/projects.delete"], "denied_principals": ["principalSet://goog/public:all"], "exception_permissions": [], "exception_principals": []}], "description": ""}],
        "timeouts": None,
    }
    yield "google-deny-policy-deleted", plan(Change("google_iam_deny_policy", "no_deletion", before=deny, action_reason="delete_because_no_resource_config"))


# Azure

SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000001"
GROUP = SUBSCRIPTION + "/resourceGroups/payments"
PERSON = "00000000-0000-0000-0000-00000000abcd"
OWNER = "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"


def role_assignment(name, config=None, **given):
    after = {
        "condition": None, "condition_version": UNKNOWN, "delegated_managed_identity_resource_id": None, "description": None, "id": UNKNOWN, "name": UNKNOWN,
        "principal_id": PERSON, "principal_type": UNKNOWN, "role_definition_id": UNKNOWN, "role_definition_name": UNKNOWN, "scope": GROUP,
        "skip_service_principal_aad_check": UNKNOWN, "timeouts": None,
    }
    return Change("azurerm_role_assignment", name, after | given, config=config)


def pim(kind, name, config=None, **given):
    after = {
        "condition": None, "condition_version": None, "id": UNKNOWN, "justification": None, "principal_id": PERSON, "principal_type": UNKNOWN, "role_definition_id": SUBSCRIPTION + OWNER,
        "schedule": [{"expiration": [{"duration_days": None, "duration_hours": 8, "end_date_time": UNKNOWN}], "start_date_time": UNKNOWN}], "scope": GROUP,
        "ticket": [{"number": "SEC-3001", "system": "jira"}], "timeouts": None,
    }
    after |= given
    if kind == "azurerm_pim_active_role_assignment":
        after = {k: v for k, v in after.items() if not k.startswith("condition")}
    return Change(kind, name, after, config=config)


def azure_plans():
    yield "azurerm-role-assignment", plan(
        role_assignment("by_name", role_definition_name="Storage Blob Data Reader", description="SEC-3000"),
        role_assignment("by_id", role_definition_id=SUBSCRIPTION + OWNER, scope=SUBSCRIPTION, principal_type="User"),
        role_assignment(
            "conditional", role_definition_name="Storage Blob Data Contributor", condition_version="2.0",
            condition="((!(ActionMatches{'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'})) OR (@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name] StringEquals 'payments'))",
        ),
        role_assignment("unknown_principal", role_definition_name="Reader", principal_id=UNKNOWN, config={"principal_id": Reference("azurerm_user_assigned_identity.ci.principal_id", "azurerm_user_assigned_identity.ci")}),
    )
    definition = Change(
        "azurerm_role_definition", "payments",
        {
            "assignable_scopes": [SUBSCRIPTION], "description": None, "id": UNKNOWN, "name": "Payments operator",
            "permissions": [{"actions": ["Microsoft.Storage/*"], "data_actions": [], "not_actions": ["Microsoft.Storage/storageAccounts/delete"], "not_data_actions": []}],
            "role_definition_id": UNKNOWN, "role_definition_resource_id": UNKNOWN, "scope": SUBSCRIPTION, "timeouts": None,
        },
    )
    yield "azurerm-custom-role", plan(
        definition,
        role_assignment("payments", role_definition_id=UNKNOWN, config={"role_definition_id": Reference("azurerm_role_definition.payments.role_definition_resource_id", "azurerm_role_definition.payments")}),
    )
    yield "azurerm-pim-ticket", plan(
        pim("azurerm_pim_eligible_role_assignment", "eligible", justification="On call"),
        pim("azurerm_pim_active_role_assignment", "active", ticket=[], schedule=UNKNOWN, config={"schedule": None}),
    )
    rule = {
        "id": UNKNOWN, "listen": True, "manage": True, "name": "root", "namespace_id": GROUP + "/providers/Microsoft.ServiceBus/namespaces/payments", "primary_connection_string": UNKNOWN,
        "primary_connection_string_alias": UNKNOWN, "primary_key": UNKNOWN, "secondary_connection_string": UNKNOWN, "secondary_connection_string_alias": UNKNOWN, "secondary_key": UNKNOWN,
        "send": True, "timeouts": None,
    }
    yield "azurerm-key", plan(
        Change("azurerm_servicebus_namespace_authorization_rule", "root", rule, secret=("primary_connection_string", "primary_connection_string_alias", "primary_key", "secondary_connection_string", "secondary_connection_string_alias", "secondary_key")),
    )
    yield "azurerm-key-vault-access-policy", plan(
        Change(
            "azurerm_key_vault_access_policy", "ana",
            {"application_id": None, "certificate_permissions": None, "id": UNKNOWN, "key_permissions": None, "key_vault_id": GROUP + "/providers/Microsoft.KeyVault/vaults/payments", "object_id": PERSON,
             "secret_permissions": ["Get", "List", "Purge"], "storage_permissions": None, "tenant_id": "00000000-0000-0000-0000-000000000002", "timeouts": None},
        ),
    )
    identity = {"client_id": UNKNOWN, "id": UNKNOWN, "isolation_scope": None, "location": "westeurope", "name": "ci", "principal_id": UNKNOWN, "resource_group_name": "payments", "tags": {"ticket": "SEC-3002"}, "tenant_id": UNKNOWN, "timeouts": None}
    yield "azurerm-federated-identity", plan(
        Change("azurerm_user_assigned_identity", "ci", identity),
        Change(
            "azurerm_federated_identity_credential", "ci",
            {"audience": ["api://AzureADTokenExchange"], "id": UNKNOWN, "issuer": "https://token.actions.githubusercontent.com", "name": "ci", "parent_id": UNKNOWN, "resource_group_name": "payments", "subject": "repo:acme/payments:ref:refs/heads/main", "timeouts": None},
            config={"parent_id": Reference("azurerm_user_assigned_identity.ci.id", "azurerm_user_assigned_identity.ci")},
        ),
    )
    def password(name, **given):
        after = {"application_id": "/applications/00000000-0000-0000-0000-0000000000f1", "display_name": UNKNOWN, "end_date": UNKNOWN, "end_date_relative": None, "id": UNKNOWN, "key_id": UNKNOWN, "rotate_when_changed": None, "start_date": UNKNOWN, "timeouts": None, "value": UNKNOWN}
        return Change("azuread_application_password", name, after | given, secret=("value",))
    yield "azuread-application-password", plan(
        password("no_end"), password("short", end_date="2026-12-23T00:00:00Z"), password("relative", end_date_relative="240h"), password("for_ever", end_date="2299-12-31T00:00:00Z"),
    )
    yield "azuread-directory-role-assignment", plan(
        Change("azuread_directory_role_assignment", "global_admin", {"app_scope_id": None, "directory_scope_id": UNKNOWN, "id": UNKNOWN, "principal_object_id": PERSON, "role_id": "62e90394-69f5-4237-9190-012177145e10", "timeouts": None}),
    )
    yield "azuread-app-role-assignment", plan(
        Change(
            "azuread_app_role_assignment", "role_management",
            {"app_role_id": "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8", "id": UNKNOWN, "principal_display_name": UNKNOWN, "principal_object_id": PERSON, "principal_type": UNKNOWN, "resource_display_name": UNKNOWN,
             "resource_object_id": "00000000-0000-0000-0000-0000000000aa", "timeouts": None},
        ),
        Change("azuread_group_member", "ana", {"group_object_id": "00000000-0000-0000-0000-0000000000bb", "id": UNKNOWN, "member_object_id": PERSON, "timeouts": None}),
    )


# Kubernetes

RBAC = "rbac.authorization.k8s.io"


def metadata(name, namespace=None, **more):
    found = {"annotations": None, "generate_name": None, "generation": UNKNOWN, "labels": None, "name": name}
    if namespace:
        found["namespace"] = namespace
    return [found | {"resource_version": UNKNOWN, "uid": UNKNOWN} | more]


def rule(groups, resources, verbs, names=None, urls=None, cluster=False):
    found = {"api_groups": groups, "resource_names": names, "resources": resources, "verbs": verbs}
    return found | {"non_resource_urls": urls} if cluster else found


def subject(kind, name, namespace="default", group=RBAC):
    return {"api_group": "" if kind == "ServiceAccount" else group, "kind": kind, "name": name, "namespace": namespace}


def role_ref(kind, name):
    return [{"api_group": RBAC, "kind": kind, "name": name}]


def manifest(name, content):
    observed = json.loads(json.dumps(content))
    if "metadata" in observed:
        observed["metadata"] |= {key: None for key in ("annotations", "labels", "generateName")} | {"uid": UNKNOWN, "resourceVersion": UNKNOWN}
    return Change("kubernetes_manifest", name, {"computed_fields": None, "field_manager": [], "manifest": content, "object": observed, "timeouts": [], "wait": [], "wait_for": None}, config={"manifest": Reference(), "object": None})


def kubernetes_plans():
    yield "kubernetes-role", plan(
        Change("kubernetes_role_v1", "deployer", {"id": UNKNOWN, "metadata": metadata("deployer", "payments", annotations={"example.com/ticket": "SEC-4001"}), "rule": [rule(["apps"], ["deployments"], ["get", "patch"], ["api"])]}),
        Change("kubernetes_role_binding_v1", "deployer", {"id": UNKNOWN, "metadata": metadata("deployer", "payments"), "role_ref": role_ref("Role", "deployer"), "subject": [subject("ServiceAccount", "deployer", "payments")]},
            config={"role_ref": [{"api_group": RBAC}]}),
        Change("kubernetes_role_binding", "edit", {"id": UNKNOWN, "metadata": metadata("edit", "payments"), "role_ref": role_ref("ClusterRole", "edit"), "subject": [subject("Group", "payments-team"), {"api_group": UNKNOWN, "kind": "User", "name": "ana", "namespace": "default"}]}),
    )
    yield "kubernetes-cluster-role", plan(
        Change("kubernetes_cluster_role", "reader", {"aggregation_rule": [], "id": UNKNOWN, "metadata": metadata("reader"), "rule": [rule([""], ["secrets"], ["get", "list"], cluster=True), rule(None, None, ["get"], urls=["/metrics"], cluster=True)]}),
        Change("kubernetes_cluster_role_v1", "aggregate", {"aggregation_rule": [{"cluster_role_selectors": [{"match_expressions": [], "match_labels": {"rbac.example.com/aggregate": "true"}}]}], "id": UNKNOWN, "metadata": metadata("aggregate"), "rule": UNKNOWN}, config={"rule": None}),
        Change("kubernetes_cluster_role_binding", "admin", {"id": UNKNOWN, "metadata": metadata("ci-admin"), "role_ref": role_ref("ClusterRole", "cluster-admin"), "subject": [subject("ServiceAccount", "ci", "ci")]}),
        Change("kubernetes_cluster_role_binding_v1", "anyone", {"id": UNKNOWN, "metadata": metadata("anyone"), "role_ref": role_ref("ClusterRole", "view"), "subject": [subject("Group", "system:unauthenticated")]}),
    )
    binding = {"apiVersion": RBAC + "/v1", "kind": "ClusterRoleBinding", "metadata": {"name": "ci-admin"}, "roleRef": {"apiGroup": RBAC, "kind": "ClusterRole", "name": "cluster-admin"}, "subjects": [{"kind": "ServiceAccount", "name": "ci", "namespace": "ci"}]}
    yield "kubernetes-manifest-cluster-role-binding", plan(manifest("admin", binding))
    quiet = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings", "namespace": "payments"}, "data": {"a": "b"}}
    yield "kubernetes-manifest-list", plan(manifest("bundle", {"apiVersion": "v1", "kind": "List", "items": [quiet, binding]}))
    yield "kubernetes-manifest-harmless", plan(manifest("settings", quiet))
    yield "kubernetes-token-secret", plan(
        Change(
            "kubernetes_secret_v1", "token",
            {"binary_data": None, "binary_data_wo": None, "binary_data_wo_revision": None, "data": UNKNOWN, "data_wo": None, "data_wo_revision": None, "id": UNKNOWN, "immutable": None,
             "metadata": metadata("ci-token", "ci", annotations={"kubernetes.io/service-account.name": "ci"}), "timeouts": None, "type": "kubernetes.io/service-account-token", "wait_for_service_account_token": True},
            secret=("data", "binary_data"),
        ),
        Change("kubernetes_service_account_v1", "ci", {"automount_service_account_token": True, "default_secret_name": UNKNOWN, "id": UNKNOWN, "image_pull_secret": [], "metadata": metadata("ci", "ci"), "secret": [], "timeouts": None}),
    )
    yield "kubernetes-aws-auth", plan(
        Change("kubernetes_config_map_v1_data", "aws_auth",
            {"data": {"mapRoles": "- rolearn: arn:aws:iam::123456789012:role/ci\n  username: ci\n  groups:\n  - system:masters\n"}, "field_manager": "Terraform", "force": True, "id": UNKNOWN, "metadata": [{"name": "aws-auth", "namespace": "kube-system"}]}),
    )


# GitHub, GitLab, and providers nobody knows


def github(kind, name, after, **more):
    return Change(kind, name, after, provider=GITHUB, **more)


def github_plans():
    def collaborator(name, permission):
        return github("github_repository_collaborator", name, {"id": UNKNOWN, "invitation_id": UNKNOWN, "permission": permission, "permission_diff_suppression": False, "repository": "payments-api", "username": name})
    yield "github-collaborator", plan(collaborator("ana", "pull"), collaborator("eve", "admin"))
    yield "github-team", plan(
        github("github_team_repository", "payments", {"etag": UNKNOWN, "id": UNKNOWN, "permission": "maintain", "repository": "payments-api", "team_id": "payments"}),
        github("github_team_repository", "new_team", {"etag": UNKNOWN, "id": UNKNOWN, "permission": "push", "repository": "payments-api", "team_id": UNKNOWN}, config={"team_id": Reference("github_team.new.id", "github_team.new")}),
        github("github_team", "new", {"create_default_maintainer": False, "description": "SEC-5001", "etag": UNKNOWN, "id": UNKNOWN, "ldap_dn": None, "members_count": UNKNOWN, "name": "new", "node_id": UNKNOWN, "parent_team_id": None, "parent_team_read_id": UNKNOWN, "parent_team_read_slug": UNKNOWN, "privacy": "closed", "slug": UNKNOWN}),
        github("github_team_membership", "ana", {"etag": UNKNOWN, "id": UNKNOWN, "role": "maintainer", "team_id": "payments", "username": "ana"}),
        github("github_membership", "ana", {"downgrade_on_destroy": False, "etag": UNKNOWN, "id": UNKNOWN, "role": "admin", "username": "ana"}),
    )
    def key(name, read_only):
        return github("github_repository_deploy_key", name, {"etag": UNKNOWN, "id": UNKNOWN, "key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample", "read_only": read_only, "repository": "payments-api", "title": name})
    yield "github-deploy-key", plan(key("read", True), key("write", False))
    public = {"etag": 'W/"1"', "full_name": "acme/payments-api", "has_issues": True, "id": "payments-api", "name": "payments-api", "private": True, "visibility": "private", "template": [], "topics": []}
    yield "github-repository-made-public", plan(github("github_repository", "api", public | {"private": False, "visibility": "public"}, before=public, config={"private": None, "etag": None, "id": None, "full_name": None}))
    yield "gitlab-membership", plan(
        Change("gitlab_group_membership", "ana", {"access_level": "owner", "expires_at": "2027-01-31", "group_id": "12345", "id": UNKNOWN, "member_role_id": None, "skip_subresources_on_destroy": False, "unassign_issuables_on_destroy": False, "user_id": 1337}, provider=GITLAB),
        Change("gitlab_project_access_token", "ci", {"access_level": "maintainer", "active": UNKNOWN, "created_at": UNKNOWN, "description": None, "expires_at": "2027-01-31", "id": UNKNOWN, "name": "ci", "project": "acme/payments", "revoked": UNKNOWN, "rotation_configuration": None, "scopes": ["api"], "token": UNKNOWN, "user_id": UNKNOWN, "validate_past_expiration_date": False},
            provider=GITLAB, secret=("token",)),
    )
    yield "unknown-provider", plan(
        Change("widgets_access_grant", "eve", {"id": UNKNOWN, "role": "admin", "user": "eve"}, provider="registry.terraform.io/acme/widgets"),
        Change("widgets_widget", "w", {"colour": "red", "id": UNKNOWN}, provider="registry.terraform.io/acme/widgets"),
    )
    policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::payments/*"}]}'
    yield "evil-aws", plan(
        Change("aws_iam_role_policy", "app", {"id": UNKNOWN, "name": "app", "name_prefix": UNKNOWN, "policy": policy, "role": "app"}, provider="registry.terraform.io/evil/aws"),
    )


def plans():
    for group in (google_plans, azure_plans, kubernetes_plans, github_plans):
        yield from group()
