import subprocess
import sys
from pathlib import Path

import pytest
from arae_finetune.cli import main

SOURCES = Path(__file__).parents[1] / "src"


def test_transformers_is_not_imported_before_unsloth_could_be():
    script = "import sys; import arae_finetune.train; print([name for name in ('transformers', 'trl', 'peft') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=SOURCES, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_resume_and_restart_exclude_each_other(capsys):
    assert main(["train", "--resume", "--restart"]) == 2
    assert capsys.readouterr().err == "arae-finetune: --resume and --restart: are both given: leave one out\n"


def test_settings_that_are_wrong(tmp_path, capsys):
    (tmp_path / "settings.json").write_text('{"epochs": "three"}')
    assert main(["train", "--settings", str(tmp_path / "settings.json")]) == 2
    assert capsys.readouterr().err == 'arae-finetune: setting epochs: "three" is not float: mend it\n'


def test_what_nobody_foresaw_ends_with_1_its_stack_and_a_line(monkeypatch, capsys):
    import arae_finetune.train

    def broken(*_, **__):
        raise RuntimeError("odd\nmore")

    monkeypatch.setattr(arae_finetune.train, "train", broken)
    assert main(["train", "--data", "none"]) == 1
    lines = capsys.readouterr().err.rstrip("\n").split("\n")
    assert lines[0].startswith("Traceback")
    assert lines[-1] == "arae-finetune: RuntimeError: odd: the stack stands above, train --resume goes on"


def test_no_command_is_a_usage_error():
    with pytest.raises(SystemExit) as caught:
        main([])
    assert caught.value.code == 2
