#!/usr/bin/env bash
# Makes aws/*/plan.json anew from the sources beside them: all cases, or those named.
#
#   testdata/plans/regenerate.sh [CASE...]
#
# Needs terraform 1.11, python3 and PyPI; the provider comes from the registry, or from a mirror that
# TF_CLI_CONFIG_FILE names. What stands in a case's folder says how its plan is made:
#
#   elsewhere/  applied first, and its state dropped: objects that another configuration made
#   before/     applied first: the prior state
#   by_hand.py  run after that: what somebody changed outside of Terraform
#   plan-flags  flags of `terraform plan`
#   main.tf     what is planned
#
# Two runs differ in timestamps, in the order of `relevant_attributes` (Terraform's), in a session's name, in some unique
# identifiers and in the port of a queue's URL; in nothing that a grant is made of.
set -euo pipefail

plans=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
wanted=("$@")

command -v terraform >/dev/null || { echo "terraform is not installed: nothing regenerated"; exit 0; }

# The first pass prepares the stand-in and calls this script again inside it.
if [[ -z ${REGENERATE_SCRATCH:-} ]]; then
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  python3 -m venv "$scratch/venv"
  "$scratch/venv/bin/pip" install --quiet --disable-pip-version-check 'moto[server]==5.2.5'
  REGENERATE_SCRATCH=$scratch PATH="$scratch/venv/bin:$PATH" \
    "$scratch/venv/bin/python" "$plans/with_moto.py" bash "${BASH_SOURCE[0]}" "$@"
  exit
fi

export TF_IN_AUTOMATION=1 TF_INPUT=0 CHECKPOINT_DISABLE=1

reset_aws() {
  python - <<'PYTHON'
import os, urllib.request
for action in ("reset", "seed?a=1"):
    url = f"{os.environ['AWS_ENDPOINT_URL']}/moto-api/{action}"
    urllib.request.urlopen(urllib.request.Request(url, method="POST"))
PYTHON
}

# use SOURCES: makes them the working folder's configuration; the state stays.
use() {
  find . -mindepth 1 -maxdepth 1 ! -name '.terraform*' ! -name '*.tfstate*' -exec rm -rf {} +
  cp -R "$1"/. .
  rm -rf before elsewhere plan.json
  terraform init -no-color >init.log 2>&1 || { tail -n 20 init.log; return 1; }
}

apply() { terraform apply -auto-approve -no-color -parallelism=1 >apply.log 2>&1 || { tail -n 20 apply.log; return 1; }; }

plan() { # CASE
  local flags=()
  [[ -f $plans/aws/$1/plan-flags ]] && read -ra flags <"$plans/aws/$1/plan-flags"
  if terraform plan -out=tfplan -no-color -parallelism=1 "${flags[@]}" >plan.log 2>&1; then
    [[ $1 != errored ]] || { echo "this plan ought to fail"; return 1; }
  else
    [[ $1 == errored ]] || { tail -n 20 plan.log; return 1; }
  fi
  terraform show -json tfplan >"$plans/aws/$1/plan.json"
}

generate() { # CASE
  local work=$REGENERATE_SCRATCH/$1 folder=$plans/aws/$1
  mkdir "$work"
  cd "$work"
  reset_aws
  if [[ -d $folder/elsewhere ]]; then use "$folder/elsewhere" && apply && rm -f ./*.tfstate*; fi
  if [[ -d $folder/before ]]; then use "$folder/before" && apply; fi
  if [[ -f $folder/by_hand.py ]]; then python "$folder/by_hand.py"; fi
  use "$folder"
  plan "$1"
}

[[ ${#wanted[@]} -gt 0 ]] || mapfile -t wanted < <(cd "$plans/aws" && printf '%s\n' */ | tr -d /)
failed=()
for case in "${wanted[@]}"; do
  # Not `if (generate)`: a condition would switch `errexit` off inside.
  set +e
  (set -e; generate "$case")
  status=$?
  set -e
  [[ $status -eq 0 ]] && echo "$case" || failed+=("$case")
done
[[ ${#failed[@]} -eq 0 ]] || { echo "failed: ${failed[*]}"; exit 1; }
