#!/usr/bin/env bash
# Tests of all Python packages, in an environment of their own (.tmp/venv-train) with the locked versions.
# Ends with "N passed, N failed". Arguments go to pytest. PYTHON names the interpreter (3.11 or later).
set -euo pipefail
cd "$(dirname "$0")"
root="$(cd .. && pwd)"
venv="$root/.tmp/venv-train"
reports="$root/.tmp/python-reports"

find_python() {
  for candidate in "${PYTHON:-}" python3 python3.13 python3.12 python3.11 python; do
    # pyenv has shims for versions that are not switched on, so only running it tells.
    if [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  echo "no Python 3.11 or later: install one, or name it in PYTHON" >&2
  exit 1
}

packages=()
requirements=()
for project in */pyproject.toml; do
  package="$(dirname "$project")"
  packages+=("$package")
  if [ -f "$package/requirements.txt" ]; then requirements+=(-r "$package/requirements.txt"); fi
done

python="$(find_python)"
# The environment is made again only when what it should hold changes.
wanted="$("$python" --version; for project in "${packages[@]}"; do cat "$project/requirements.txt" 2>/dev/null || true; done)"
if [ "$(cat "$venv/wanted.txt" 2>/dev/null)" != "$wanted" ]; then
  rm -rf "$venv"
  "$python" -m venv "$venv"
fi
bin="$venv/bin"
if [ -d "$venv/Scripts" ]; then bin="$venv/Scripts"; fi
if [ ! -f "$venv/wanted.txt" ]; then
  # Most of it is never imported, so Python compiles what is when it is.
  "$bin/python" -m pip install --quiet --disable-pip-version-check --no-compile "${requirements[@]}"
  printf '%s' "$wanted" > "$venv/wanted.txt"
fi

rm -rf "$reports"
mkdir -p "$reports"
files=()
for package in "${packages[@]}"; do
  files+=("$reports/$package.xml")
  echo "== python/$package"
  (cd "$package" && "$bin/python" -m pytest -q --junitxml "$reports/$package.xml" "$@") || true
done
"$bin/python" count_tests.py "${files[@]}"
