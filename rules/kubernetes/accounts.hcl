# Service accounts. An annotation may make one an identity of a cloud; what that identity trusts is judged there.

rule "kubernetes_service_account" "kubernetes_service_account_v1" {
  identity {
    id = "${coalesce(metadata[0].namespace, "default")}/${metadata[0].name}"
  }
  limit "automount_service_account_token" {
    value = automount_service_account_token
    tight = false
  }
  harmless = ["image_pull_secret", "metadata.labels"]
}

rule "kubernetes_default_service_account" "kubernetes_default_service_account_v1" {
  limit "automount_service_account_token" {
    value = automount_service_account_token
    tight = false
  }
}
