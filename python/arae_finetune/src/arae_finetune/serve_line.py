"""How to serve base model and adapter with vLLM."""

import shlex
from pathlib import Path

from .settings import Settings
from .write_atomic import write_text

# What vLLM sizes its buffers for.
RANKS = (8, 16, 32, 64, 128, 256, 320, 512)
NAME = "arae"
# The service asks for answers of up to so many tokens.
ANSWER_TOKENS = 8000


def serve_line(settings: Settings, adapter: Path, max_seq_length: int) -> str:
    """The command; the adapter is the model `arae` there, and every request must say `chat_template_kwargs: {enable_thinking: false}`."""
    rank = next((rank for rank in RANKS if rank >= settings.lora_rank), settings.lora_rank)
    room = -(-(max_seq_length + ANSWER_TOKENS) // 1024) * 1024
    revision = [] if settings.revision is None else ["--revision", settings.revision]
    return shlex.join(
        ["vllm", "serve", settings.base_model, *revision, "--enable-lora", "--max-lora-rank", str(rank)]
        + ["--lora-modules", f"{NAME}={adapter.resolve()}", "--max-model-len", str(room)]
    )


def write_serve_script(path: Path, settings: Settings, adapter: Path, max_seq_length: int) -> str:
    line = serve_line(settings, adapter, max_seq_length)
    write_text(
        path,
        "#!/usr/bin/env bash\n"
        f"# Serves the adapter as the model {NAME}. Requests must switch thinking off, as in training:\n"
        '#   "chat_template_kwargs": {"enable_thinking": false}\n'
        f'exec {line} "$@"\n',
    )
    path.chmod(0o755)
    return line
