# A cluster whose nodes AWS runs. Names of roles are generated behind the name of cluster or group.
process_owner = "security"

system "cluster" {
  owner = "team-cluster"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["cluster"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "cluster"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" {
    principals = ["Service:*.amazonaws.com", "Service:aws_*"]
    actions    = ["sts:AssumeRole", "sts:TagSession", "iam:PassRole"]
    resources  = ["arn:aws:iam::${account}:role/*"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/*"]
    roles      = ["arn:aws:iam::aws:policy/service-role/*"]
  }

  grant "aws" { # the policy that AWS gives a key by default: IAM of the account decides who uses it
    principals = ["arn:aws:iam::${account}:root"]
    actions    = ["kms:*"]
    resources  = [module.eks.module.kms.aws_kms_key.this[0].arn]
  }
}

approval "CLU-4" {
  justification = "AWS runs the cluster and its nodes; pods prove who they are to the account by the cluster's issuer"
  system        = "cluster"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/ex-eks-auto-mode-cluster-*"]
    roles = [
      "arn:aws:iam::aws:policy/AmazonEKSBlockStoragePolicy", "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
      "arn:aws:iam::aws:policy/AmazonEKSComputePolicy", "arn:aws:iam::aws:policy/AmazonEKSLoadBalancingPolicy",
      "arn:aws:iam::aws:policy/AmazonEKSNetworkingPolicy",
    ]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/ex-eks-auto-mode-eks-auto-*"]
    roles = [
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly", "arn:aws:iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy",
    ]
  }

  grant "aws" {
    principals = ["Federated:arn:aws:iam::${account}:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/*"]
    actions    = ["sts:AssumeRoleWithWebIdentity"]
    resources  = ["arn:aws:iam::${account}:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/*"]
  }

  grant "aws" { # who makes the cluster administers it
    principals = ["arn:aws:sts::${account}:user/moto"]
    actions    = ["eks:AccessKubernetesApi"]
    resources  = ["arn:aws:eks:us-west-2:${account}:cluster/ex-eks-auto-mode"]
  }

  grant "aws" {
    principals = ["arn:aws:sts::${account}:user/moto"]
    roles      = ["arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"]
    resources  = ["arn:aws:eks:us-west-2:${account}:cluster/ex-eks-auto-mode"]
  }

  grant "aws" { # what the cluster makes is tagged with the cluster
    principals = ["arn:aws:iam::${account}:role/ex-eks-auto-mode-cluster-*"]
    actions = [
      "ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:CreateNetworkInterface", "ec2:CreateSecurityGroup", "ec2:CreateSnapshot",
      "ec2:CreateVolume", "ec2:RunInstances", "elasticloadbalancing:Create*", "shield:CreateProtection", "shield:TagResource",
    ]
    resources = ["*"]
    condition "StringEquals" "aws:RequestTag/eks:eks-cluster-name" { values = ["$${aws:PrincipalTag/eks:eks-cluster-name}"] }
  }
}
