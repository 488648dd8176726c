# Two clusters with groups of nodes. Names of roles are generated behind the name of cluster or group.
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
    resources = [
      module.eks_al2023.module.kms.aws_kms_key.this[0].arn,
      module.eks_bottlerocket.module.kms.aws_kms_key.this[0].arn,
    ]
  }
}

approval "CLU-3" {
  justification = "AWS runs both clusters and their nodes; pods prove who they are to the account by each cluster's issuer"
  system        = "cluster"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/ex-eks-mng-*"]
    roles      = ["arn:aws:iam::aws:policy/AmazonEKSClusterPolicy", "arn:aws:iam::aws:policy/AmazonEKSVPCResourceController"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/example-eks-node-group-*"]
    roles = [
      "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly", "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
      "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
    ]
  }

  grant "aws" {
    principals = ["Federated:arn:aws:iam::${account}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/*"]
    actions    = ["sts:AssumeRoleWithWebIdentity"]
    resources  = ["arn:aws:iam::${account}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/*"]
  }

  grant "aws" { # what the cluster makes is tagged with the cluster
    principals = ["arn:aws:iam::${account}:role/ex-eks-mng-*"]
    actions = [
      "ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:CreateNetworkInterface", "ec2:CreateSecurityGroup", "ec2:CreateSnapshot",
      "ec2:CreateVolume", "ec2:RunInstances", "elasticloadbalancing:Create*", "shield:CreateProtection", "shield:TagResource",
    ]
    resources = ["*"]
    condition "StringEquals" "aws:RequestTag/eks:eks-cluster-name" { values = ["$${aws:PrincipalTag/eks:eks-cluster-name}"] }
  }
}
