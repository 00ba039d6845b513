"""Writes what transformers makes of chats with the Qwen3 template: python make_chat_golden.py ../../test-fixtures/chat-template.

The folder holds `qwen3.jinja`, a template of this project that behaves as Qwen3's. Beside it come

- `tokenizer/`: a byte-level BPE tokenizer of Qwen3's kind (NFC, the same way of splitting, the same control tokens), small;
- `golden.json`: chats, and the text that the template makes of them;
- `rows.jsonl` and `rows.counts.json`: 200 training rows, and per row the tokens of the rendered text and of what carries loss.
"""

import json
import random
import sys
import unicodedata
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from transformers import AutoTokenizer, PreTrainedTokenizerFast

SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
CONTROL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
# Ordinary tokens to Qwen3's tokenizer: they stay when control tokens are left out of a decoded text.
THINK = ["<think>", "</think>"]
ROOMS = ["거실", "침실1", "침실2", "주방", "발코니", "욕실", "현관", "드레스룸", "안방"]
CLAIMS = ["채광이 양호하다", "환기가 보통이다", "수납이 부족하다", "맞통풍이 된다", "창이 없다", "기준(2.5m²)을 넘는다"]


def make_tokenizer(template: str) -> PreTrainedTokenizerFast:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SPLIT), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    draw = random.Random(1)
    corpus = [text for _ in range(400) for text in (question(draw), answer(draw))]
    trainer = trainers.BpeTrainer(
        vocab_size=700, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False
    )
    tokenizer.train_from_iterator(corpus, trainer)
    # After the vocabulary, as Qwen3's are.
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in CONTROL])
    tokenizer.add_tokens([AddedToken(token, special=False, normalized=False) for token in THINK])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        eos_token="<|im_end|>",
        pad_token="<|endoftext|>",
        additional_special_tokens=["<|im_start|>"],
        chat_template=template,
        model_max_length=131072,
        clean_up_tokenization_spaces=False,
    )


def question(draw: random.Random) -> str:
    nodes = [{"id": index, "label": draw.choice(ROOMS), "ratio": round(draw.uniform(1, 40), 1)} for index in range(draw.randint(1, 6))]
    return f"다음 도면을 평가하라.\n\n{json.dumps({'nodes': nodes}, ensure_ascii=False, separators=(',', ':'))}"


def answer(draw: random.Random) -> str:
    spaces = [
        {"space_name": draw.choice(ROOMS), "has_window": draw.random() < 0.5, "evaluation_comment": draw.choice(CLAIMS)}
        for _ in range(draw.randint(1, 4))
    ]
    return json.dumps(
        {"structure_type": "판상형", "bay_count": draw.randint(1, 5), "spaces": spaces}, ensure_ascii=False, separators=(",", ":")
    )


def row(draw: random.Random, index: int) -> list[dict[str, str]]:
    odd = ["  앞뒤 공백  ", "\n\n줄바꿈\n", "🏠 안방 👨‍👩‍👧", unicodedata.normalize("NFD", "한글 자모"), "don't\tstop 12345", ""]
    system = "너는 건축 평면 전문가다." + odd[index % len(odd)]
    user = question(draw) + (odd[index % len(odd)] if index % 3 == 0 else "")
    return [
        {"role": "system", "content": system},
        {"role": "user", "content": user},
        {"role": "assistant", "content": answer(draw)},
    ]


def chats() -> list[dict]:
    system = {"role": "system", "content": "너는 건축 평면 전문가다.\n표로 답하지 마라."}
    user = {"role": "user", "content": "  도면: {\"nodes\":[]}\n\n"}
    said = {"role": "assistant", "content": "{\"bay_count\":3}"}
    thought = {"role": "assistant", "content": "<think>\n창을 센다.\n</think>\n\n{\"bay_count\":3}"}
    apart = {"role": "assistant", "content": "{\"bay_count\":3}", "reasoning_content": "\n창을 센다.\n"}
    asked = [system, user]
    return [
        {"name": "training row", "messages": [*asked, said]},
        {"name": "training row without a system text", "messages": [user, said]},
        {"name": "question, thinking off", "messages": asked, "add_generation_prompt": True, "enable_thinking": False},
        {"name": "question, thinking on", "messages": asked, "add_generation_prompt": True, "enable_thinking": True},
        {"name": "question, thinking not named", "messages": asked, "add_generation_prompt": True},
        {"name": "reasoning inside the last answer", "messages": [*asked, thought]},
        {"name": "reasoning beside the last answer", "messages": [*asked, apart]},
        {"name": "two turns, both answers plain", "messages": [*asked, said, user, said]},
        {"name": "two turns, reasoning of the first goes", "messages": [*asked, thought, user, said]},
        {
            "name": "second question, thinking off",
            "messages": [*asked, thought, user],
            "add_generation_prompt": True,
            "enable_thinking": False,
        },
        {"name": "line breaks before an answer go", "messages": [*asked, {"role": "assistant", "content": "\n\n{}\n"}]},
        {"name": "empty texts", "messages": [{"role": "system", "content": ""}, {"role": "user", "content": ""}, said]},
    ]


def render(tokenizer: PreTrainedTokenizerFast, chat: dict) -> str:
    options = {name: chat[name] for name in ("add_generation_prompt", "enable_thinking") if name in chat}
    return tokenizer.apply_chat_template(chat["messages"], tokenize=False, **options)


def count(tokenizer: PreTrainedTokenizerFast, messages: list[dict[str, str]]) -> dict[str, int]:
    """Tokens of the whole row, and of the answer with the token that ends it."""
    whole = tokenizer(render(tokenizer, {"messages": messages}), add_special_tokens=False)["input_ids"]
    prompt = render(tokenizer, {"messages": messages[:-1], "add_generation_prompt": True, "enable_thinking": False})
    start = len(tokenizer(prompt, add_special_tokens=False)["input_ids"])
    end = len(whole) - 1 - whole[::-1].index(tokenizer.eos_token_id)
    return {"tokens": len(whole), "answer_tokens": end + 1 - start}


def main(folder: Path) -> None:
    template = (folder / "qwen3.jinja").read_text(encoding="utf-8")
    make_tokenizer(template).save_pretrained(folder / "tokenizer")
    tokenizer = AutoTokenizer.from_pretrained(folder / "tokenizer")
    golden = [{**chat, "text": render(tokenizer, chat)} for chat in chats()]
    (folder / "golden.json").write_text(json.dumps(golden, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    draw = random.Random(42)
    rows = [row(draw, index) for index in range(200)]
    lines = [json.dumps({"messages": messages}, ensure_ascii=False, separators=(",", ":")) for messages in rows]
    (folder / "rows.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    counts = [json.dumps(count(tokenizer, messages)) for messages in rows]
    (folder / "rows.counts.json").write_text("[\n" + ",\n".join(counts) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
