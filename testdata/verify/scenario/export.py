"""Writes what `aws iam get-account-authorization-details` prints: all pages, put together as the CLI does."""

import json
import sys

import boto3

pages = boto3.client("iam").get_paginator("get_account_authorization_details").paginate()
whole = {"UserDetailList": [], "GroupDetailList": [], "RoleDetailList": [], "Policies": []}
for page in pages:
    for key, items in whole.items():
        items.extend(page[key])
json.dump(whole | {"IsTruncated": False}, sys.stdout, indent=1, default=str)
