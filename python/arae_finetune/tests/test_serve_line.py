import os
import shlex

from arae_finetune.serve_line import write_serve_script
from arae_finetune.settings import Settings


def test_the_script_serves_base_and_adapter(tmp_path):
    adapter = tmp_path / "with space" / "adapter_model"
    line = write_serve_script(tmp_path / "serve.sh", Settings(lora_rank=48, revision="abc"), adapter, 6144)
    words = shlex.split(line)
    assert words[:5] == ["vllm", "serve", "Qwen/Qwen3-8B", "--revision", "abc"]
    assert words[words.index("--max-lora-rank") + 1] == "64"
    assert words[words.index("--lora-modules") + 1] == f"arae={adapter}"
    # Question and answer: 6,144 and 8,000 tokens.
    assert words[words.index("--max-model-len") + 1] == "14336"
    assert os.access(tmp_path / "serve.sh", os.X_OK)
    assert '"enable_thinking": false' in (tmp_path / "serve.sh").read_text()
