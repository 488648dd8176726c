# Looks like a grant and is none.

ignore {
  google_project_iam_member_remove            = "takes a member out of a role"
  google_iam_workload_identity_pool_namespace = "a name; identities in it are types of their own"
  google_cloud_identity_group                 = "an empty group; memberships and bindings are types of their own"
  google_tags_tag_key                         = "a name; binding a tag is a type of its own"
  google_gke_hub_membership_binding           = "puts a cluster under a scope of the fleet; roles are bound to the scope"
  google_compute_instance_group_membership    = "puts a machine into a group of machines"
  google_binary_authorization_attestor        = "a name with public keys; the policy that asks for it is a type of its own"
  google_access_context_manager_access_policy = "an empty policy; levels and perimeters in it are types of their own"
  google_certificate_manager_trust_config     = "which certificates a load balancer takes; it opens no identity"
  google_gke_hub_feature_membership           = "switches a feature of a fleet on for a cluster"
  google_gke_hub_membership                   = "puts a cluster into a fleet"
}

ignore "google_*_service_identity" { reason = "makes the agent of a service; what it may do is bound elsewhere" }
ignore "google_compute_*_policy_attachment" "google_*_resource_policy_attachment" { reason = "schedules of snapshots" }
ignore "google_gemini_*_setting_binding" { reason = "switches a setting on for a project" }
ignore "google_composer_user_workloads_*" { reason = "configuration of workloads" }
ignore "google_*_user_created_*" { reason = "connections of a network" }
