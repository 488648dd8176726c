# Ephemeral resources, https://registry.terraform.io/providers/hashicorp/kubernetes
#
# One that is not listed is judged as well, without these words.

opens {
  kubernetes_certificate_signing_request_v1 = "has a certificate signed, by which one is somebody in the cluster"
  kubernetes_token_request_v1               = "makes a token of a service account"
}
