#!/usr/bin/env bash
# Makes plan.json and tfplan of each configuration in a folder anew, and with --apply state.json, what holds after an apply.
# Where a configuration asks a cloud, run it inside moto:
#
#   testdata/regenerate.sh testdata/resolve
#   python3 testdata/plans/with_moto.py testdata/regenerate.sh testdata/sources
#   python3 testdata/plans/with_moto.py testdata/regenerate.sh testdata/reality --apply
#
# Needs terraform 1.11, and moto[server] from PyPI for that python3; the provider comes from the registry, or from a
# mirror that TF_CLI_CONFIG_FILE names.
set -euo pipefail

cases=$(cd "$1" && pwd)
applies=${2:-}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export TF_IN_AUTOMATION=1 TF_INPUT=0 CHECKPOINT_DISABLE=1

run() { # LOG COMMAND…
  "${@:2}" >"$1" 2>&1 || { tail -n 40 "$1"; return 1; }
}

for case in "$cases"/*/; do
  [[ -f $case/main.tf ]] || continue
  work=$scratch/$(basename "$case")
  cp -R "$case" "$work"
  rm -f "$work/tfplan" "$work/plan.json" "$work/state.json"
  (
    cd "$work"
    run init.log terraform init -no-color
    run plan.log terraform plan -out=tfplan -no-color
    terraform show -json tfplan >plan.json
    cp tfplan plan.json "$case"
    if [[ $applies == --apply ]]; then
      run apply.log terraform apply -no-color tfplan
      terraform show -json >state.json
      cp state.json "$case"
    fi
  )
  echo "$(basename "$case")"
done
