"""What somebody changed by hand between the apply and the plan."""

import json

import boto3

EVERYTHING = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
ANYONE = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}],
    }
)

iam = boto3.client("iam")
iam.put_role_policy(RoleName="app", PolicyName="app", PolicyDocument=EVERYTHING)
iam.update_assume_role_policy(RoleName="app", PolicyDocument=ANYONE)
