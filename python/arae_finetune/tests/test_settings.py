import json

import pytest
from arae_finetune.errors import UsageError
from arae_finetune.settings import Settings, read_settings


def test_names_in_a_file_are_camel_case(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(Settings(lora_rank=8, max_seq_length=None).to_json()))
    assert read_settings(path) == Settings(lora_rank=8)
    assert read_settings(path, {"lora_rank": 16, "seed": None}).lora_rank == 16


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ({"lora_rank": 8}, 'there is no setting "lora_rank"'),
        ({"loraRank": "8"}, 'setting loraRank: "8" is not int'),
        ({"loraRank": True}, "setting loraRank: true is not int"),
        ({"loraRank": 0}, "setting loraRank: 0 is not over 0"),
        ({"loraDropout": 1}, "setting loraDropout: 1.0 is not from 0 to under 1"),
        ({"precision": "8bit"}, 'setting precision: "8bit" is not 4bit, 16bit'),
        ({"revision": 1}, "setting revision: 1 is not str or null"),
        ({"checkpointsKept": 1}, "setting checkpointsKept: 1 is under 2"),
        ([], "is no JSON object"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path, document, said):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(document))
    with pytest.raises(UsageError) as caught:
        read_settings(path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_none(tmp_path):
    with pytest.raises(UsageError, match="cannot be read as JSON"):
        read_settings(tmp_path / "none.json")
