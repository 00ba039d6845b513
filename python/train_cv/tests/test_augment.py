import numpy as np

from arae_train_cv.augment import draw_view, vary_ink


def test_boxes_go_where_their_ink_goes():
    random = np.random.default_rng(3)
    for _ in range(20):
        sheet = np.full((200, 260), 255, np.uint8)
        sheet[90:120, 100:150] = 0
        view = draw_view(random, (192, 256), np.array([125.0, 105.0]), mirror=True)
        (x0, y0, x1, y1) = view.boxes(np.array([[100.0, 90.0, 150.0, 120.0]]))[0]
        rows, columns = np.nonzero(view.picture(sheet) < 128)
        assert abs(columns.min() - x0) <= 1.5 and abs(columns.max() + 1 - x1) <= 1.5
        assert abs(rows.min() - y0) <= 1.5 and abs(rows.max() + 1 - y1) <= 1.5


def test_labels_lie_under_their_ink():
    random = np.random.default_rng(4)
    labels = np.zeros((100, 120), np.uint8)
    labels[30:60, 40:90] = 5
    sheet = np.where(labels == 5, 0, 255).astype(np.uint8)
    view = draw_view(random, (96, 128), np.array([65.0, 45.0]), mirror=True)
    ink, seen = view.picture(sheet) < 128, view.labels(labels) == 5
    assert (ink & seen).sum() / (ink | seen).sum() > 0.95


def test_letters_are_never_mirrored():
    random = np.random.default_rng(5)
    for _ in range(30):
        matrix = draw_view(random, (96, 96), np.zeros(2), mirror=False).matrix
        assert matrix[0, 0] > 0 and matrix[1, 1] > 0 and matrix[0, 1] == 0


def test_ink_stays_ink_and_paper_paper():
    picture = np.full((64, 64), 255, np.uint8)
    picture[20:40, 20:40] = 0
    for seed in range(20):
        varied = vary_ink(picture, np.random.default_rng(seed))
        assert varied.dtype == np.float32 and 0 <= varied.min() and varied.max() <= 1
        assert np.median(varied[22:38, 22:38]) < 0.45 < 0.85 < np.median(varied[45:, 45:])


def test_the_same_seed_gives_the_same_picture():
    picture = np.random.default_rng(0).integers(0, 256, (64, 64), dtype=np.uint8)
    first, second = (vary_ink(picture, np.random.default_rng([1, 2])) for _ in range(2))
    assert np.array_equal(first, second)
