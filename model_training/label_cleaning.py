"""Label cleaning: which of the strangers' training digits are surely not what their label says.

`python -m model_training.label_cleaning` trains one small network a fold on the other folds' writers, asks it
about each digit that it hasn't seen, and writes the surely wrong ones into `doubtful_labels.json`, with a
page of them for the model card. After Northcutt, Jiang and Chuang, "Confident Learning: Estimating
Uncertainty in Dataset Labels" (2021), without its estimate of how often each class is mistaken.
Validation collections and writers are never looked at.
"""

import json
import sys
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np
from tqdm import tqdm

from model_training.datasets import DataUnavailableError, Drawing, Images, load_pendigits, split_pendigits
from model_training.fused_norm import with_fused_norms
from model_training.model_file import MODEL_PATH
from model_training.network import CLASSES, build_cnn, predict
from model_training.packed_strokes import key_of
from model_training.strangers import split_strangers, style_of
from model_training.stroke_augmentation import label_indices, render, render_variants
from model_training.unipen import load_unipen

DOUBTFUL = Path(__file__).with_name("doubtful_labels.json")
PAGE = MODEL_PATH.with_name("doubtful_labels.png")
FOLDS = 3
VARIANTS, EPOCHS, BATCH = 3, 4, 128
# At so low a probability of its own label. On a page of the training digits in this order, up to here nearly
# all are wrong, and past it right ones in odd hands begin.
SURELY_WRONG = 0.04


def read_doubtful() -> dict:
    """What was found: `keys` of the doubtful drawings, and how many there are by collection and style."""
    return json.loads(DOUBTFUL.read_text())


def without_doubtful(drawings: list[Drawing]) -> list[Drawing]:
    """`drawings` less those whose labels are surely wrong."""
    doubtful = set(read_doubtful()["keys"])
    return [drawing for drawing in drawings if key_of(drawing) not in doubtful]


def own_probabilities(drawings: list[Drawing], others: list[Drawing], seed: int = 1) -> np.ndarray:
    """The probability of each drawing's label, (n,), by a network that never saw its writer.

    `others` are trained on in every fold.
    """
    rng = np.random.default_rng(seed)
    writers = np.array([d.writer for d in drawings])
    numbers = rng.permutation(np.unique(writers))
    fold_of = dict(zip(numbers, np.arange(len(numbers)) % FOLDS, strict=True))
    folds = np.array([fold_of[writer] for writer in writers])
    labels = label_indices(drawings)
    own = np.zeros(len(drawings))
    for fold in range(FOLDS):
        seen = [d for d, of in zip(drawings, folds, strict=True) if of != fold]
        model = _fit(render_variants(seen + others, VARIANTS, seed + fold, _progress(fold)), seed + fold)
        unseen = np.flatnonzero(folds == fold)
        probabilities = predict(model, render([drawings[i] for i in unseen]).images)
        own[unseen] = probabilities[np.arange(len(unseen)), labels[unseen]]
    return own


def _progress(fold: int):
    return lambda items: tqdm(items, desc=f"fold {fold + 1} of {FOLDS}: drawing", unit="digit")


def _fit(images: Images, seed: int) -> keras.Model:
    keras.utils.set_random_seed(seed)
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        model = with_fused_norms(build_cnn())
    finally:
        keras.config.set_dtype_policy("float32")
    steps = len(images) // BATCH * EPOCHS
    classes = keras.Model(model.input, model.output["probabilities"])
    schedule = keras.optimizers.schedules.CosineDecay(2e-3, steps)
    classes.compile(keras.optimizers.Adam(schedule), "categorical_crossentropy", jit_compile=False)
    one_hot = np.eye(CLASSES, dtype=np.float32)[images.labels]
    pixels = images.images[..., None].astype(np.float32)
    classes.fit(pixels, one_hot, batch_size=BATCH, epochs=EPOCHS, verbose=2)
    return model


def main() -> int:
    """Find the doubtful labels, write them down and draw a page of them; return the exit code."""
    try:
        digits = load_unipen("digits")
        pen = split_pendigits(load_pendigits())[0]
    except DataUnavailableError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    if digits is None:
        print("error: UNIPEN_PATH must name the folder of UNIPEN's digits", file=sys.stderr)
        return 1
    training = split_strangers(digits).training
    wrong = surely_wrong(training, own_probabilities(training, pen))
    collections = sorted({d.collection for d in training})
    DOUBTFUL.write_text(
        json.dumps(
            {
                "of": len(training),
                "dropped": len(wrong),
                "by_collection": {str(c): sum(d.collection == c for d in wrong) for c in collections},
                "keys": sorted(key_of(d) for d in wrong),
            },
            indent=1,
        )
        + "\n"
    )
    _draw_page(wrong)
    print(f"{len(wrong)} of {len(training)} labels are surely wrong: {DOUBTFUL.name}, {PAGE.name}")
    return 0


def surely_wrong(drawings: list[Drawing], own: np.ndarray) -> list[Drawing]:
    """The drawings whose label has too low a probability in `own`, (n,), the least probable first.

    One that is written in a known rare style stays, however odd it looks to the networks.
    """
    order = np.argsort(own)
    return [drawings[i] for i in order if own[i] < SURELY_WRONG and style_of(drawings[i]) is None]


def _draw_page(wrong: list[Drawing], rows: int = 6, columns: int = 20) -> None:
    figure, axes = plt.subplots(rows, columns, figsize=(columns * 0.5, rows * 0.68))
    chosen = np.random.default_rng(0).permutation(len(wrong))[: rows * columns]
    for axis in axes.flat:
        axis.axis("off")
    for axis, i in zip(axes.flat, sorted(chosen, key=lambda i: wrong[i].label), strict=False):
        axis.imshow(255 - render([wrong[i]]).images[0], cmap="gray", vmin=0, vmax=255)
        axis.set_title(wrong[i].label, fontsize=7, pad=1)
    figure.tight_layout(pad=0.3)
    figure.savefig(PAGE, dpi=110)
    plt.close(figure)


if __name__ == "__main__":
    sys.exit(main())
