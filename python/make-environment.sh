#!/usr/bin/env bash
# Makes (or finds) the Python environment of all packages here, .tmp/venv-train with the locked versions, and prints the
# path of its interpreter. PYTHON names the interpreter that it is made with (3.11 or later).
set -euo pipefail
cd "$(dirname "$0")"
venv="$(cd .. && pwd)/.tmp/venv-train"

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

requirements=()
for file in */requirements.txt; do requirements+=(-r "$file"); done

python="$(find_python)"
# The environment is made again only when what it should hold changes.
wanted="$("$python" --version; cat */requirements.txt)"
if [ "$(cat "$venv/wanted.txt" 2>/dev/null)" != "$wanted" ]; then
  rm -rf "$venv"
  "$python" -m venv "$venv"
fi
bin="$venv/bin"
if [ -d "$venv/Scripts" ]; then bin="$venv/Scripts"; fi
if [ ! -f "$venv/wanted.txt" ]; then
  # Most of it is never imported, so Python compiles what is when it is.
  "$bin/python" -m pip install --quiet --disable-pip-version-check --no-compile "${requirements[@]}" >&2
  printf '%s' "$wanted" > "$venv/wanted.txt"
fi
echo "$bin/python"
