"""What somebody does behind Terraform's back: attaches the administrator's policy and an inline policy to a managed role, makes
another version of a managed policy the default one, and makes a user."""

import json

import boto3


def allow(action, resource):
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


iam = boto3.client("iam")
iam.attach_role_policy(RoleName="worker", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
iam.put_role_policy(RoleName="worker", PolicyName="backdoor", PolicyDocument=allow("iam:*", "*"))
send = "arn:aws:iam::123456789012:policy/send"
iam.create_policy_version(PolicyArn=send, PolicyDocument=allow("sqs:*", "*"), SetAsDefault=True)
iam.create_user(UserName="mallory")
iam.put_user_policy(UserName="mallory", PolicyName="all", PolicyDocument=allow("*", "*"))
