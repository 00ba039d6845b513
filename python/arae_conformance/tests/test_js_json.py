"""Numbers and texts as JavaScript writes them; the right sides were printed by Node."""

import json
import math
import shutil
import struct
import subprocess
from pathlib import Path

import pytest
from arae_conformance.js_json import js_number, js_round, js_text, parse, parse_spelled, stringify

NODE = Path(__file__).resolve().parents[3] / "node_modules" / ".bin" / "node"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.0, "2"), (-0.0, "0"), (0.1, "0.1"), (28.33, "28.33"), (100, "100"), (1e21, "1e+21"), (123456789012345680000, "123456789012345680000"),
        (1e-6, "0.000001"), (1e-7, "1e-7"), (1.5e-7, "1.5e-7"), (1.5e300, "1.5e+300"), (-12.5, "-12.5"), (2**53 + 1, "9007199254740992"),
        (5e-324, "5e-324"), (math.nan, "null"), (math.inf, "null"), (0.00001234, "0.00001234"), (999999999999999900000.0, "999999999999999900000"),
    ],
)  # fmt: skip
def test_numbers(value, text):
    assert js_number(value) == text


@pytest.mark.skipif(not NODE.exists() or shutil.which("bash") is None, reason="npm ci has not been run in the workspace")
def test_20_000_numbers_against_node():
    values = [struct.unpack("<d", struct.pack("<Q", (i * 0x9E3779B97F4A7C15) % 2**64))[0] for i in range(1, 20_001)]
    values = [value for value in values if math.isfinite(value)] + [i / 7 for i in range(1000)]
    script = "let t='';process.stdin.on('data',d=>t+=d).on('end',()=>process.stdout.write(JSON.stringify(JSON.parse(t).map(v=>JSON.stringify(v)))))"
    done = subprocess.run([str(NODE), "-e", script], input=json.dumps(values), capture_output=True, text=True, check=True)
    assert [js_number(value) for value in values] == json.loads(done.stdout)


def test_texts():
    assert stringify('"\\/\n\t\b\x01\x7f\u2028가😀') == '"\\"\\\\/\\n\\t\\b\\u0001\x7f\u2028가😀"'
    assert stringify("\ud800x") == '"\\ud800x"'
    # Two halves that came from two places.
    assert stringify("\ud83d" + "\ude00 \ude00") == '"😀 \\ude00"'


def test_layout():
    value = {"a": [1, {"b": None}], "c": [], "d": {}}
    assert stringify(value) == '{"a":[1,{"b":null}],"c":[],"d":{}}'
    assert stringify(value, 2) == json.dumps(value, indent=2)
    with pytest.raises(TypeError, match="set has no JSON text"):
        stringify({"a": {1}})


def test_spelling_is_kept():
    assert stringify(parse_spelled('{"a":405147.0,"b":1e-05,"c":1.50,"d":[-0]}')) == '{"a":405147.0,"b":1e-05,"c":1.50,"d":[-0]}'
    with pytest.raises(ValueError, match="NaN is no JSON"):
        parse_spelled("[NaN]")


@pytest.mark.parametrize(("value", "rounded"), [(0.5, 1), (-0.5, 0), (1.4999999999999998, 1), (0.49999999999999994, 0), (2833.5, 2834), (1e300, 1e300), (math.inf, math.inf)])
def test_rounding(value, rounded):
    assert js_round(value) == rounded


def test_numbers_of_a_file_are_doubles():
    assert parse("[9007199254740993, 1e400, 12345678901234567890, 1.0]") == [9007199254740992.0, math.inf, 12345678901234567000.0, 1]
    assert [type(value) for value in parse("[1, 9007199254740991, 9007199254740992]")] == [int, int, float]
    for text in ("NaN", "[Infinity]", "01", "\ufeff1", ""):
        with pytest.raises(ValueError, match=r"JSON|Expecting|Extra|BOM"):
            parse(text)


def test_keys_that_are_whole_numbers_come_first():
    assert list(parse('{"b":1,"10":2,"9":3,"01":4,"-1":5,"4294967294":6,"4294967295":7,"b":8}')) == ["9", "10", "4294967294", "b", "01", "-1", "4294967295"]
    assert stringify(parse_spelled('{"b":1.0,"0":2}')) == '{"0":2,"b":1.0}'


@pytest.mark.parametrize(("value", "text"), [("가", "가"), (3.0, "3"), (None, "null"), (True, "true"), (False, "false"), (1e21, "1e+21")])
def test_texts_of_values(value, text):
    assert js_text(value) == text
