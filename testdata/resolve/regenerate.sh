#!/usr/bin/env bash
# Makes plan.json and tfplan of each folder anew. No cloud is asked: everything is created.
#
# Needs terraform 1.11; the provider comes from the registry, or from a mirror that TF_CLI_CONFIG_FILE names.
set -euo pipefail

cases=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export TF_IN_AUTOMATION=1 TF_INPUT=0 CHECKPOINT_DISABLE=1

for case in "$cases"/*/; do
  work=$scratch/$(basename "$case")
  cp -R "$case" "$work"
  rm -f "$work/tfplan" "$work/plan.json"
  (
    cd "$work"
    terraform init -no-color >init.log 2>&1 || { tail -n 20 init.log; exit 1; }
    terraform plan -out=tfplan -no-color >plan.log 2>&1 || { tail -n 40 plan.log; exit 1; }
    terraform show -json tfplan >plan.json
    cp tfplan plan.json "$case"
  )
  echo "$(basename "$case")"
done
