#!/usr/bin/env bash
# Trains the compact networks and writes them into libs/cv-models-compact (arguments: --preset, --work, --out, --workers).
set -euo pipefail
cd "$(dirname "$0")/.."
python="$(bash python/make-environment.sh)"
# The shell gives its place to Python, which then gets Ctrl-C itself.
PYTHONPATH="python/train_cv/src:python/export_onnx/src" exec "$python" -m arae_train_cv "$@"
