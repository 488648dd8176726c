#!/usr/bin/env bash
# Makes plan.json, tfplan and state.json of each configuration anew. Run it inside moto:
#
#   python3 testdata/plans/with_moto.py testdata/reality/regenerate.sh
#
# Needs terraform 1.11, and moto[server] from PyPI for that python3; the provider comes from the registry, or from a
# mirror that TF_CLI_CONFIG_FILE names.
set -euo pipefail

cases=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export TF_IN_AUTOMATION=1 TF_INPUT=0 CHECKPOINT_DISABLE=1

for case in "$cases"/*/; do
  work=$scratch/$(basename "$case")
  cp -R "$case" "$work"
  rm -f "$work/tfplan" "$work/plan.json" "$work/state.json"
  (
    cd "$work"
    terraform init -no-color >init.log 2>&1 || { tail -n 20 init.log; exit 1; }
    terraform plan -out=tfplan -no-color >plan.log 2>&1 || { tail -n 20 plan.log; exit 1; }
    terraform show -json tfplan >plan.json
    terraform apply -no-color tfplan >apply.log 2>&1 || { tail -n 20 apply.log; exit 1; }
    terraform show -json >state.json
    cp tfplan plan.json state.json "$case"
  )
  echo "$(basename "$case")"
done
