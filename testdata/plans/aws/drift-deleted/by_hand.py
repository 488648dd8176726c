"""What somebody deleted by hand between the apply and the plan."""

import boto3

boto3.client("iam").delete_role_policy(RoleName="app", PolicyName="app")
