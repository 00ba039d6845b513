#!/usr/bin/env bash
# Tests of all Python packages, in an environment of their own (.tmp/venv-train) with the locked versions.
# Ends with "N passed, N failed". Arguments go to pytest. PYTHON names the interpreter (3.11 or later).
set -euo pipefail
cd "$(dirname "$0")"
reports="$(cd .. && pwd)/.tmp/python-reports"
python="$(bash make-environment.sh)"

rm -rf "$reports"
mkdir -p "$reports"
files=()
for project in */pyproject.toml; do
  package="$(dirname "$project")"
  files+=("$reports/$package.xml")
  echo "== python/$package"
  (cd "$package" && "$python" -m pytest -q --junitxml "$reports/$package.xml" "$@") || true
done
"$python" count_tests.py "${files[@]}"
