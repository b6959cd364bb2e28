"""Draws the pictures by which devices show an installed Throughline, after static/mark.svg: python tools/icons.py"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

OUT = Path(__file__).parent.parent / "throughline/foundation/static/icons"
ACCENT, PAPER = (14, 102, 85), (250, 246, 240)
CURVES = (
    ((3, 22), (8.5, 22), (9.5, 10), (16, 10)),
    ((16, 10), (22.5, 10), (23.5, 22), (29, 22)),
)  # of the mark, in 32nds
FINE = 4  # drawn larger and made smaller, so that edges are smooth


def drawn(size: int, share: float, round_corners: bool) -> Image.Image:
    """size: pixels. share: how much of the width the mark takes; a mask may cut off all but the middle 80 %."""
    whole = size * FINE
    image = Image.new("RGBA", (whole, whole), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, whole - 1, whole - 1), radius=whole * 0.22 if round_corners else 0, fill=ACCENT)
    unit = whole * share / 32
    left, top = whole * (1 - share) / 2, whole * (1 - share) / 2

    def dot(x: float, y: float, radius: float) -> None:
        x, y, radius = left + x * unit, top + y * unit, radius * unit
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=PAPER)

    for a, b, c, d in CURVES:
        for step in range(401):
            t = step / 400
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            x, y = (sum(w * point[axis] for w, point in zip(weights, (a, b, c, d), strict=True)) for axis in (0, 1))
            dot(x, y, 1.5)
    dot(16, 10, 3.6)
    return image.resize((size, size), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    for name, size, share, round_corners in (
        ("app-192", 192, 0.72, True),
        ("app-512", 512, 0.72, True),
        ("maskable-512", 512, 0.56, False),
        ("touch-180", 180, 0.66, False),
    ):
        drawn(size, share, round_corners).save(OUT / f"{name}.png", optimize=True)
