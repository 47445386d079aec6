"""Pictures for the notebooks: each function draws one figure and returns it."""

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from model_training.alphabets import DIGITS
from model_training.datasets import Images

INK = "#1f3a5f"
ACCENT = "#c8553d"


def show_images(
    images: Sequence[np.ndarray], titles: Sequence[str] = (), columns: int = 10, colour: str = "black"
) -> Figure:
    """Show (28, 28) images in rows, ink dark on light, each under its title."""
    rows = -(-len(images) // columns)
    height = 1.35 if titles else 1.0
    figure, axes = plt.subplots(rows, columns, figsize=(columns, rows * height), squeeze=False)
    for axis in axes.flat:
        axis.axis("off")
    for axis, image in zip(axes.flat, images, strict=False):
        axis.imshow(image, cmap="gray_r", vmin=0, vmax=255)
    for axis, title in zip(axes.flat, titles, strict=False):
        axis.set_title(title, fontsize=8, color=colour)
    figure.tight_layout(pad=0.3)
    return figure


def show_pictures(
    pictures: Sequence[np.ndarray], titles: Sequence[str] = (), columns: int = 2, width: float = 4.5
) -> Figure:
    """Show pictures of any size, 2-D grey levels or (height, width, 3), each `width` inches wide."""
    rows = -(-len(pictures) // columns)
    tallest = max(picture.shape[0] / picture.shape[1] for picture in pictures)
    height = width * min(tallest, 1.2) + (0.5 if titles else 0.1)
    figure, axes = plt.subplots(rows, columns, figsize=(columns * width, rows * height), squeeze=False)
    for axis in axes.flat:
        axis.axis("off")
    for axis, picture in zip(axes.flat, pictures, strict=False):
        axis.imshow(picture, cmap="gray", vmin=0, vmax=255)
    for axis, title in zip(axes.flat, titles, strict=False):
        axis.set_title(title, fontsize=9)
    figure.tight_layout(pad=0.4)
    return figure


def show_each_class(images: Images, per_class: int = 12, seed: int = 0) -> Figure:
    """Show random samples, a row a digit."""
    rng = np.random.default_rng(seed)
    rows = [rng.choice(np.flatnonzero(images.labels == digit), per_class) for digit in range(10)]
    return show_images(images.images[np.concatenate(rows)], columns=per_class)


def show_mean_images(images: Images) -> Figure:
    """Show the mean image of each digit."""
    means = [images.images[images.labels == digit].mean(axis=0) for digit in range(10)]
    return show_images(means, [str(digit) for digit in range(10)])


def plot_class_counts(sets: Mapping[str, Images]) -> Figure:
    """Plot how many images of each digit every set holds."""
    figure, axes = plt.subplots(1, len(sets), figsize=(4 * len(sets), 2.6), squeeze=False)
    for axis, (name, images) in zip(axes.flat, sets.items(), strict=True):
        axis.bar(range(10), np.bincount(images.labels, minlength=10), color=INK)
        axis.set(title=f"{name} ({len(images):,})", xticks=range(10))
    figure.tight_layout()
    return figure


def plot_history(history: Mapping[str, Sequence[float]]) -> Figure:
    """Plot training and validation loss and accuracy over the epochs."""
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.2))
    for axis, measure in zip(axes, ("loss", "accuracy"), strict=True):
        epochs = range(1, len(history[measure]) + 1)
        axis.plot(epochs, history[measure], color=INK, label="training (augmented)")
        axis.plot(epochs, history[f"val_{measure}"], color=ACCENT, label="validation")
        axis.set(xlabel="epoch", title=measure)
        axis.grid(alpha=0.3)
    axes[0].set_yscale("log")
    axes[1].set_ylim(0.9, 1.0)
    axes[1].legend()
    figure.tight_layout()
    return figure


def plot_confusion(matrix: np.ndarray, title: str, labels: Sequence[str] = DIGITS.labels) -> Figure:
    """Plot a confusion matrix of `labels`, rows true and columns predicted, its diagonal left pale."""
    mistakes = matrix * (1 - np.eye(len(matrix), dtype=int))
    side = max(5.0, 0.36 * len(labels))
    figure, axis = plt.subplots(figsize=(side + 0.4, side))
    axis.imshow(mistakes, cmap="Reds", vmin=0, vmax=max(mistakes.max(), 1) * 1.3)
    for (row, column), count in np.ndenumerate(matrix):
        if count:
            axis.text(column, row, count, ha="center", va="center", fontsize=8)
    ticks = range(len(labels))
    axis.set(xlabel="predicted", ylabel="true", title=title)
    axis.set_xticks(ticks, labels)
    axis.set_yticks(ticks, labels)
    figure.tight_layout()
    return figure


def plot_reliability(bins_by_set: Mapping[str, Sequence[dict]]) -> Figure:
    """Plot accuracy against confidence; calibrated answers lie on the diagonal."""
    figure, axes = plt.subplots(
        1, len(bins_by_set), figsize=(3.6 * len(bins_by_set), 3.4), squeeze=False, sharey=True
    )
    for axis, (name, bins) in zip(axes.flat, bins_by_set.items(), strict=True):
        sizes = [10 + 12 * np.log1p(b["n"]) for b in bins]
        axis.plot([0, 1], [0, 1], color="grey", linewidth=1)
        axis.scatter([b["confidence"] for b in bins], [b["accuracy"] for b in bins], s=sizes, color=INK)
        axis.set(xlabel="confidence", title=name, xlim=(0, 1.03), ylim=(0, 1.03))
        axis.grid(alpha=0.3)
    axes[0, 0].set_ylabel("accuracy")
    figure.tight_layout()
    return figure


def plot_robustness(curves: Mapping[str, Mapping[str, Mapping[float, float]]]) -> Figure:
    """Plot accuracy against the level of each corruption, a line a model.

    `curves[corruption][model]` maps a level to an accuracy.
    """
    columns = 3
    rows = -(-len(curves) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(4 * columns, 2.9 * rows), squeeze=False, sharey=True)
    for axis, (corruption, by_model) in zip(axes.flat, curves.items(), strict=False):
        for model, accuracies in by_model.items():
            axis.plot(list(accuracies), list(accuracies.values()), marker="o", markersize=3, label=model)
        axis.set(title=corruption, ylim=(0, 1.02))
        axis.grid(alpha=0.3)
    axes[0, 0].legend(fontsize=8)
    axes[0, 0].set_ylabel("accuracy")
    figure.tight_layout()
    return figure


def plot_bars(probabilities: np.ndarray, images: Sequence[np.ndarray], titles: Sequence[str]) -> Figure:
    """Show each image over the bars of its ten probabilities."""
    figure, axes = plt.subplots(
        2, len(images), figsize=(1.6 * len(images), 2.8), gridspec_kw={"height_ratios": [3, 2]}, squeeze=False
    )
    for column, (row, image, title) in enumerate(zip(probabilities, images, titles, strict=True)):
        axes[0, column].imshow(image, cmap="gray_r", vmin=0, vmax=255)
        axes[0, column].set_title(title, fontsize=8)
        axes[0, column].axis("off")
        axes[1, column].bar(range(10), row, color=INK)
        axes[1, column].set(ylim=(0, 1), yticks=[])
        axes[1, column].set_xticks(range(10), [str(d) for d in range(10)], fontsize=6)
    figure.tight_layout(pad=0.4)
    return figure


def plot_scores(scores: Mapping[str, np.ndarray], threshold: float) -> Figure:
    """Plot how the scores of "is this a digit" spread, a row a set; left of the line is refused."""
    figure, axis = plt.subplots(figsize=(8, 0.45 * len(scores) + 1))
    rng = np.random.default_rng(0)
    for row, values in enumerate(scores.values()):
        shown = rng.choice(values, min(len(values), 400), replace=False)
        axis.scatter(shown, row + rng.uniform(-0.3, 0.3, len(shown)), s=3, color=INK, alpha=0.4)
    axis.axvline(threshold, color=ACCENT)
    axis.set_yticks(range(len(scores)), list(scores))
    axis.invert_yaxis()
    axis.set(xlabel="score", xlim=(-0.02, 1.02))
    figure.tight_layout()
    return figure


def plot_evidence(images: Sequence[np.ndarray], maps: Sequence[np.ndarray], titles: Sequence[str]) -> Figure:
    """Show maps, (28, 28) in -1..1, over their images: blue speaks for the answer, red against it."""
    figure, axes = plt.subplots(1, len(images), figsize=(1.5 * len(images), 1.8), squeeze=False)
    for axis, image, values, title in zip(axes.flat, images, maps, titles, strict=True):
        axis.imshow(image, cmap="gray_r", vmin=0, vmax=600)
        axis.imshow(values, cmap="RdBu", vmin=-1, vmax=1, alpha=np.abs(values))
        axis.set_title(title, fontsize=8)
        axis.axis("off")
    figure.tight_layout(pad=0.4)
    return figure
