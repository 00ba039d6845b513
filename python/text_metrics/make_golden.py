"""Writes golden values of the text metrics: python make_golden.py OUT.json (needs requirements-golden.txt)."""

import json
import random
import sys

from rouge_score.rouge_scorer import RougeScorer
from sacrebleu.metrics import BLEU, CHRF

ROOMS = ["거실", "침실1", "침실2", "주방", "발코니", "욕실", "현관", "드레스룸", "안방"]
WHAT = ["채광", "환기", "수납", "동선", "맞통풍", "가족 융화"]
HOW = ["우수하다", "양호합니다.", "미흡함", "보통이며 보완이 필요하다", "기준(2.5m²)을 넘는다", "불리하다 😀"]


class Characters:
    def tokenize(self, text):
        return [character for character in text if not character.isspace()]


def sentence(draw):
    parts = [
        f"{draw.choice(ROOMS)}은 {draw.choice(WHAT)}이 {draw.choice(HOW)}"
        for _ in range(draw.randint(1, 4))
    ]
    return "  ".join(parts) if draw.random() < 0.2 else ", ".join(parts)


def pair(draw, index):
    special = [("", "거실"), ("거실", ""), ("가", "가"), ("가나", "가나다라마바사"), ("abc", "채광 양호"), ("같은 글", "같은 글")]
    if index < len(special):
        return special[index]
    reference = sentence(draw)
    if draw.random() < 0.4:
        return sentence(draw), reference
    kept = [character for character in reference if draw.random() > 0.15]
    return "".join(kept), reference


def main(path):
    draw = random.Random(42)
    chrf, bleu = CHRF(), BLEU(tokenize="char")
    rouge = RougeScorer(["rougeL"], tokenizer=Characters())
    rows = []
    for index in range(300):
        hypothesis, reference = pair(draw, index)
        rows.append(
            {
                "hypothesis": hypothesis,
                "reference": reference,
                "chrf": chrf.corpus_score([hypothesis], [[reference]]).score,
                "bleu": bleu.corpus_score([hypothesis], [[reference]]).score,
                "rouge_l": rouge.score(reference, hypothesis)["rougeL"].fmeasure,
            }
        )
    hypotheses = [row["hypothesis"] for row in rows]
    references = [[row["reference"] for row in rows]]
    golden = {
        "signature": str(bleu.get_signature()),
        "chrf_signature": str(chrf.get_signature()),
        "chrf": chrf.corpus_score(hypotheses, references).score,
        "bleu": bleu.corpus_score(hypotheses, references).score,
        "pairs": rows,
    }
    with open(path, "w", encoding="utf-8") as file:
        json.dump(golden, file, ensure_ascii=False, indent=1)
        file.write("\n")


main(sys.argv[1])
