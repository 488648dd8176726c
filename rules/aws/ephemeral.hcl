# Ephemeral resources, https://registry.terraform.io/providers/hashicorp/aws
#
# One that is not listed is judged as well, without these words.

opens {
  aws_cognito_identity_openid_token_for_developer_identity = "makes a token of an identity"
  aws_ecr_authorization_token                              = "makes a token for a registry"
  aws_eks_cluster_auth                                     = "makes a token for a cluster"
  aws_kms_secrets                                          = "decrypts secrets"
  aws_lambda_invocation                                    = "runs a function"
  aws_secretsmanager_random_password                       = "makes a random text"
  aws_secretsmanager_secret_version                        = "reads a secret"
  aws_ssm_parameter                                        = "reads a parameter, which may be a secret"
}
