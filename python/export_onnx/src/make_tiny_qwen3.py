"""Makes the small random network that the tests of libs/embeddings run, and the golden vectors PyTorch gives for it.

The architecture is that of Qwen3-Embedding scaled down; the tokenizer is byte-level BPE over NFC text with the final
<|endoftext|> of the original. Needs torch, transformers and onnx:

    python python/export_onnx/src/make_tiny_qwen3.py libs/embeddings/src/testing/tiny-qwen3
"""

import json
import sys
import unicodedata
from pathlib import Path

import torch
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast, Qwen3Config, Qwen3Model

END = "<|endoftext|>"
MAX_LENGTH = 32
DIMENSIONS = 48
SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
CORPUS = [
    "판상형 건축물 4Bay 침실 3개, 거실과 주방이 넓다.",
    "타워형 건축물 2Bay 침실 2개: 주방에 창이 없다.",
    "채광과 환기, 수납과 가족융화를 평가한다. 안방에는 창이 있어야 한다.",
    "Instruct: Given a floor plan, retrieve criteria\nQuery:혼합형",
]
TEXTS = {
    "query": "판상형 건축물 3Bay 침실 3개",
    "nfd": unicodedata.normalize("NFD", "판상형 건축물 3Bay 침실 3개"),
    "english": "A kitchen without a window.",
    "one": "창",
    "empty": "",
    "spaces": "  거실\n\n주방  ",
    "emoji": "🏠 안방",
    "long": "거실과 주방이 넓고 채광이 좋다. " * 20,
}


def make_tokenizer() -> PreTrainedTokenizerFast:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(SPLIT), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(
        CORPUS,
        trainers.BpeTrainer(
            vocab_size=500,
            special_tokens=[END],
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"$A {END}", special_tokens=[(END, tokenizer.token_to_id(END))]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token=END, eos_token=END, padding_side="left", model_max_length=32768
    )


class Exported(torch.nn.Module):
    """The network with its mask written out, which exporters follow more easily than transformers' own."""

    def __init__(self, model: Qwen3Model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask, position_ids):
        length = input_ids.shape[1]
        places = torch.arange(length)
        seen = (places[None, :] <= places[:, None])[None, None] & (attention_mask[:, None, None, :] > 0)
        mask = torch.where(seen, 0.0, -1e9)
        return self.model(
            input_ids=input_ids, attention_mask=mask, position_ids=position_ids, use_cache=False
        ).last_hidden_state


def golden(model: Qwen3Model, tokenizer: PreTrainedTokenizerFast) -> dict:
    """One text at a time through transformers itself: the truth that batches must give too."""
    values = {}
    for name, text in TEXTS.items():
        ids = tokenizer(text)["input_ids"]
        if len(ids) > MAX_LENGTH:
            ids = ids[: MAX_LENGTH - 1] + ids[-1:]
        with torch.no_grad():
            hidden = model(input_ids=torch.tensor([ids])).last_hidden_state[0]
        values[name] = {"text": text, "ids": ids}
        for pooling, vector in (("last_token", hidden[-1]), ("mean", hidden.mean(0))):
            for dimensions in (DIMENSIONS, hidden.shape[1]):
                unit = torch.nn.functional.normalize(vector[:dimensions], dim=0)
                values[name][f"{pooling}_{dimensions}"] = [round(v, 7) for v in unit.tolist()]
    return values


def main(folder: Path) -> None:
    torch.manual_seed(42)
    tokenizer = make_tokenizer()
    config = Qwen3Config(
        vocab_size=len(tokenizer), hidden_size=64, intermediate_size=128, num_hidden_layers=3,
        num_attention_heads=4, num_key_value_heads=2, head_dim=16, max_position_embeddings=32768,
        rope_theta=1000000.0, rms_norm_eps=1e-6, tie_word_embeddings=True, attn_implementation="eager",
        initializer_range=0.2,
    )
    model = Qwen3Model(config).eval().float()
    values = golden(model, tokenizer)
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    ids = torch.ones(2, 5, dtype=torch.int64)
    names = ["input_ids", "attention_mask", "position_ids"]
    torch.onnx.export(
        Exported(model), (ids, ids, torch.arange(5).repeat(2, 1)), str(folder / "onnx" / "model.onnx"),
        input_names=names, output_names=["last_hidden_state"],
        dynamic_axes={name: {0: "batch", 1: "length"} for name in [*names, "last_hidden_state"]},
        dynamo=False, opset_version=17,
    )
    fields = config.to_dict()
    fields["architectures"] = ["Qwen3Model"]
    (folder / "config.json").write_text(json.dumps(fields, indent=2) + "\n", encoding="utf-8")
    tokenizer.save_pretrained(folder)
    (folder / "golden.json").write_text(
        json.dumps(
            {"max_length": MAX_LENGTH, "dimensions": DIMENSIONS, "texts": values},
            ensure_ascii=False,
        )
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
