"""Python's side of `npm run bench`: the straightforward way to the same thing, with NumPy, OpenCV and Shapely.

Arguments: name of the work, folder, size. Prints `ready`, then for each line of its input `SECONDS FOUND` (`-`: nothing to compare), and
`peak KIBIBYTES` at the end.
"""

import json
import resource
import sys
import time
from pathlib import Path

import cv2
import numpy as np
from shapely import STRtree
from shapely.geometry import Point, Polygon, box

CONFIDENCE = 0.4
OVERLAP = 0.5
CLASSES = 8
BEST = 5


def search(folder: Path, _size: int):
    rows = list(np.load(folder / "rows.npy"))
    queries = list(np.load(folder / "queries.npy"))

    def unit(vectors):
        table = np.stack(vectors).astype("float64")
        return table / np.linalg.norm(table, axis=1, keepdims=True)

    ready = unit(rows)

    def work():
        similarities = unit(queries) @ ready.T
        found = np.argpartition(-similarities, BEST, axis=1)[:, :BEST]
        values = np.take_along_axis(similarities, found, axis=1)
        return int(np.take_along_axis(found, np.argsort(-values, axis=1, kind="stable"), axis=1).sum())

    return work


def graph(folder: Path, _size: int):
    texts = [path.read_text() for path in sorted((folder / "detections").iterdir())]

    def shape_of(annotation):
        ring = (annotation.get("segmentation") or [[]])[0]
        if len(ring) < 6:
            x, y, width, height = annotation["bbox"]
            return box(x, y, x + width, y + height)
        shape = Polygon(list(zip(ring[::2], ring[1::2])))
        return shape if shape.is_valid else shape.buffer(0)

    def middle_of(annotation):
        x, y, width, height = annotation["bbox"]
        return Point(x + width / 2, y + height / 2)

    def graph_of(text):
        detections = json.loads(text)
        rooms = [(item, shape_of(item)) for item in detections["spa"]]
        tree = STRtree([shape for _, shape in rooms])
        whole = sum(shape.area for _, shape in rooms) or 1
        nodes = [
            {"category": item["category_name"], "area_ratio": shape.area / whole, "label": None, "objects": [], "windows": []}
            for item, shape in rooms
        ]
        for item in detections["ocr"]:
            for place in tree.query(middle_of(item), predicate="within"):
                nodes[place]["label"] = item["attributes"]["OCR"]
        for item in detections["obj"]:
            for place in tree.query(middle_of(item), predicate="within"):
                nodes[place]["objects"].append(item["category_name"])
        edges = []
        for item in detections["str"]:
            shape = shape_of(item)
            nearest = sorted((other.distance(shape), place) for place, (_, other) in enumerate(rooms))
            if item["category_id"] == 11:
                if nearest:
                    nodes[nearest[0][1]]["windows"].append(shape.bounds)
            elif item["category_id"] == 9 and len(nearest) > 1:
                edges.append((nearest[0][1], nearest[1][1], "door"))
        for place, (_, shape) in enumerate(rooms):
            for other in tree.query(shape.buffer(40), predicate="intersects"):
                if other > place:
                    edges.append((place, int(other), "wall"))
        return json.dumps({"nodes": nodes, "edges": edges}, ensure_ascii=False)

    def work():
        for text in texts:
            graph_of(text)

    return work


def input(folder: Path, _size: int):
    files = json.loads((folder / "sheets.json").read_text())

    def work():
        total = 0.0
        for file in files:
            picture = cv2.cvtColor(cv2.imread(file), cv2.COLOR_BGR2RGB)
            height, width = (side // 32 * 32 for side in picture.shape[:2])
            reduced = cv2.resize(picture[:height, :width], (620, 436), interpolation=cv2.INTER_AREA)
            canvas = np.full((448, 640, 3), 255, np.uint8)
            canvas[:436, :620] = reduced
            tensor = np.ascontiguousarray(canvas.transpose(2, 0, 1), dtype=np.float32) / 255
            total += float(tensor[:, 224].sum())
        return round(total)

    return work


def boxes(folder: Path, _size: int):
    output = np.fromfile(folder / "boxes.bin", np.float32).reshape(-1, 5 + CLASSES)

    def work():
        seen = output[output[:, 4] > CONFIDENCE]
        scores = seen[:, 5:] * seen[:, 4:5]
        kinds = scores.argmax(axis=1)
        best = scores.max(axis=1)
        seen, kinds, best = (part[best > CONFIDENCE] for part in (seen, kinds, best))
        moved = seen[:, :2] + kinds[:, None] * 7680
        low, high = moved - seen[:, 2:4] / 2, moved + seen[:, 2:4] / 2
        areas = (high - low).prod(axis=1)
        order = np.argsort(-best, kind="stable")
        kept = 0
        while order.size:
            first, rest = order[0], order[1:]
            kept += 1
            shared = (np.minimum(high[first], high[rest]) - np.maximum(low[first], low[rest])).clip(0).prod(axis=1)
            order = rest[shared / (areas[first] + areas[rest] - shared) <= OVERLAP]
        return kept

    return work


def dataset(folder: Path, _size: int):
    def work():
        stems = json.loads((folder / "sampled_images.json").read_text())
        with open(folder / "plain.jsonl", "w") as rows:
            for stem in stems:
                item = folder / "output" / stem
                topology, context, label = (
                    json.loads((item / name).read_text())
                    for name in ("topology_graph.json", "rag_context.json", "llm_analysis_rule-based.json")
                )
                user = json.dumps(topology, ensure_ascii=False) + json.dumps(context, ensure_ascii=False)
                messages = [
                    {"role": "system", "content": "analyse the plan"},
                    {"role": "user", "content": user},
                    {"role": "assistant", "content": json.dumps(label, ensure_ascii=False)},
                ]
                rows.write(json.dumps({"messages": messages}, ensure_ascii=False) + "\n")

    return work


def peak_kibibytes() -> int:
    """What the system counts for ru_maxrss begins with the size of the process that started this one."""
    try:
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0])
    except (OSError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    name, folder, size = sys.argv[1:]
    work = {"search": search, "graph": graph, "input": input, "boxes": boxes, "dataset": dataset}[name](Path(folder), int(size))
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        found = work()
        seconds = time.perf_counter() - start
        print(seconds, "-" if found is None else found, flush=True)
    print("peak", peak_kibibytes(), flush=True)


main()
