"""Draw the program's icon from shapes: one notice above, divided among three units, one of which is done.

The same shapes give the .svg for Linux menus, the .png in every size and the .ico for Windows:
``python dist/icon.py FOLDER``.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

GRID = 64
"""The drawing is this many units wide and high."""
PNG_SIZES = (16, 24, 32, 48, 64, 128, 256)
_FINE = 8
"""Drawn this much larger and scaled down, so that edges are smooth."""
_BLUE, _PALE, _WHITE, _GREEN = "#1f4e9c", "#9db8e6", "#ffffff", "#3fae5a"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with round corners."""

    left: float
    top: float
    right: float
    bottom: float
    radius: float
    fill: str

    def svg(self) -> str:
        """As an element of an .svg file."""
        size = f'width="{self.right - self.left}" height="{self.bottom - self.top}"'
        return f'<rect x="{self.left}" y="{self.top}" {size} rx="{self.radius}" fill="{self.fill}"/>'

    def draw(self, canvas: ImageDraw.ImageDraw, scale: float) -> None:
        """On a bitmap."""
        corners = [self.left * scale, self.top * scale, self.right * scale - 1, self.bottom * scale - 1]
        canvas.rounded_rectangle(corners, self.radius * scale, self.fill)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through some points, with round joints."""

    points: tuple[tuple[float, float], ...]
    width: float
    colour: str

    def svg(self) -> str:
        """As an element of an .svg file."""
        points = " ".join(f"{x},{y}" for x, y in self.points)
        look = f'stroke="{self.colour}" stroke-width="{self.width}" stroke-linecap="round" stroke-linejoin="round"'
        return f'<polyline points="{points}" fill="none" {look}/>'

    def draw(self, canvas: ImageDraw.ImageDraw, scale: float) -> None:
        """On a bitmap."""
        points = [(x * scale, y * scale) for x, y in self.points]
        canvas.line(points, self.colour, round(self.width * scale), joint="curve")
        reach = self.width * scale / 2
        for x, y in points:
            canvas.ellipse([x - reach, y - reach, x + reach, y + reach], self.colour)


SHAPES: tuple[Box | Stroke, ...] = (
    Box(2, 2, 62, 62, 12, _BLUE),
    Stroke(((32, 26), (32, 34)), 3, _PALE),
    Stroke(((14.5, 42), (14.5, 34), (49.5, 34), (49.5, 42)), 3, _PALE),
    Stroke(((32, 34), (32, 42)), 3, _PALE),
    Box(18, 10, 46, 28, 3, _WHITE),
    Stroke(((23, 16), (41, 16)), 2.5, _BLUE),
    Stroke(((23, 22), (35, 22)), 2.5, _BLUE),
    Box(8, 40, 21, 54, 3, _WHITE),
    Box(25.5, 40, 38.5, 54, 3, _WHITE),
    Box(43, 40, 56, 54, 3, _GREEN),
    Stroke(((46.2, 47.2), (48.6, 49.8), (52.8, 44.4)), 2.2, _WHITE),
)


def svg() -> str:
    """The drawing as an .svg file."""
    shapes = "\n".join(shape.svg() for shape in SHAPES)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {GRID} {GRID}">\n{shapes}\n</svg>\n'


def bitmap(size: int) -> Image.Image:
    """The drawing as a square bitmap of ``size`` pixels."""
    image = Image.new("RGBA", (size * _FINE, size * _FINE), (0, 0, 0, 0))
    canvas = ImageDraw.Draw(image)
    for shape in SHAPES:
        shape.draw(canvas, size * _FINE / GRID)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def write(folder: Path) -> None:
    """Write fengong.svg, fengong.ico and fengong-SIZE.png into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fengong.svg").write_text(svg(), encoding="utf-8")
    bitmaps = {size: bitmap(size) for size in PNG_SIZES}
    for size, image in bitmaps.items():
        image.save(folder / f"fengong-{size}.png", optimize=True)
    others = [bitmaps[size] for size in PNG_SIZES[:-1]]
    sizes = [(size, size) for size in PNG_SIZES]
    bitmaps[PNG_SIZES[-1]].save(folder / "fengong.ico", sizes=sizes, append_images=others)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
