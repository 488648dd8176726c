# Secrets and tokens.
#
# A secret of the type `kubernetes.io/service-account-token` is a token without an end. `type` alone is the
# resource's, so the secret's is `self.type`.

rule "kubernetes_secret" "kubernetes_secret_v1" {
  grant "credential" {
    subject    = "workload"
    when       = self.type == "kubernetes.io/service-account-token"
    principals = [
      "ServiceAccount:${coalesce(metadata[0].namespace, "default")}/${metadata[0].annotations["kubernetes.io/service-account.name"]}",
    ]
  }
  grant "credential" {
    subject    = "workload"
    when       = self.type == "bootstrap.kubernetes.io/token"
    principals = ["Group:system:bootstrappers"]
  }
  grant "opaque" {
    when   = metadata[0].labels["argocd.argoproj.io/secret-type"] != null
    reason = "says which repositories and clusters Argo CD acts on, and as whom"
  }
}

rule "kubernetes_token_request_v1" {
  grant "credential" {
    principals = ["ServiceAccount:${coalesce(metadata[0].namespace, "default")}/${metadata[0].name}"]
    ttl        = coalesce(spec[0].expiration_seconds, 3600)
  }
}

# Whoever the request says gets a certificate of the cluster.
rule "kubernetes_certificate_signing_request" "kubernetes_certificate_signing_request_v1" {
  grant "credential" {
    principals = ["certificate:${spec[0].signer_name}:${metadata[0].name}"]
  }
}
