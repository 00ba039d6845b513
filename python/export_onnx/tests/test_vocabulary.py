from pathlib import Path

import pytest

from arae_export_onnx.errors import ExportError
from arae_export_onnx.vocabulary import read_vocabulary


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("v.txt", "-가 나"),
        ("v.txt", "-가 나\n"),
        ("v.txt", "-\n가\n \n나\n"),
        ("v.txt", "-\r\n가\r\n \r\n나\r\n"),
        ("v.txt", "\ufeff-가 나"),
        ("v.txt", "-가 나@"),
        ("v.json", '"-가 나"'),
        ("v.json", '["-", "가", " ", "나", "@"]'),
        ("v.json", '{"0": "-", "1": "가", "2": " ", "3": "나"}'),
    ],
)
def test_the_ways_to_write_one(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_bytes(text.encode())
    assert read_vocabulary(tmp_path / name, 5) == ["-", "가", " ", "나"]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("v.txt", "-가".encode(), "has 2 symbols where the network has 5"),
        ("v.txt", "가".encode("cp949"), "save it as UTF-8"),
        ("v.json", b"{", "is no vocabulary"),
        ("v.json", b"[1, 2]", "is no vocabulary"),
        ("v.json", b'{"0": "a", "2": "b"}', "is no vocabulary"),
    ],
)
def test_files_that_do_not_fit(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ExportError, match=message):
        read_vocabulary(tmp_path / name, 5)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no such file"):
        read_vocabulary(tmp_path / "none.txt", 5)
