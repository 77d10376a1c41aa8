"""PDFs of the tests' own making: characters and ruling lines exactly where a test wants them."""

from __future__ import annotations

from collections.abc import Iterable


class Pdf:
    """A PDF with one Chinese font that is not embedded; every character is as wide as it is high.

    Coordinates are in points from the top left corner of an A4 page.
    """

    WIDTH, HEIGHT = 595, 842

    def __init__(self) -> None:
        self._pages: list[list[str]] = []
        self.page()

    def page(self) -> None:
        """Begins a new page."""
        self._pages.append([])

    def text(self, x: float, y: float, text: str, size: float = 10, *, bold: bool = False) -> None:
        """A line of text whose upper edge is at ``y``."""
        code = text.encode("utf-16-be").hex()
        baseline = self.HEIGHT - y - 0.88 * size
        self._pages[-1].append(f"BT /{'B' if bold else 'F'} {size} Tf {x} {baseline:.2f} Td <{code}> Tj ET")

    def column(self, x: float, y: float, lines: Iterable[str], size: float = 10, pitch: float = 15) -> None:
        """Lines below one another."""
        for number, line in enumerate(lines):
            self.text(x, y + number * pitch, line, size)

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A ruling line."""
        self._pages[-1].append(f"0.5 w {x0} {self.HEIGHT - y0} m {x1} {self.HEIGHT - y1} l S")

    def frame(self, xs: list[float], ys: list[float]) -> None:
        """All ruling lines of a table without merged cells."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)

    def picture(self) -> None:
        """A picture over the whole page, as a scanner makes it."""
        self._pages[-1].append(f"q {self.WIDTH} 0 0 {self.HEIGHT} 0 0 cm /P Do Q")

    def data(self) -> bytes:
        """The file."""
        objects = [
            "<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Count {len(self._pages)} /Kids "
            f"[{' '.join(f'{10 + 2 * n} 0 R' for n in range(len(self._pages)))}] >>",
            *_font("STSong", 3),
            *_font("STSong-Bold", 6),
            "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
            "/Length 1 >>\nstream\n0\nendstream",
        ]
        for number, page in enumerate(self._pages):
            stream = "\n".join(page)
            objects.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {self.WIDTH} {self.HEIGHT}] "
                f"/Contents {11 + 2 * number} 0 R "
                "/Resources << /Font << /F 3 0 R /B 6 0 R >> /XObject << /P 9 0 R >> >> >>"
            )
            objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        out = "%PDF-1.4\n"
        places = []
        for number, item in enumerate(objects, start=1):
            places.append(len(out))
            out += f"{number} 0 obj\n{item}\nendobj\n"
        table = "".join(f"{place:010d} 00000 n \n" for place in places)
        start = len(out)
        out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF"
        return out.encode("latin-1")


def _font(name: str, number: int) -> tuple[str, str, str]:
    """The three objects of a font, the first of them with that number."""
    return (
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /UniGB-UTF16-H "
        f"/DescendantFonts [{number + 1} 0 R] >>",
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{name} /DW 1000 /FontDescriptor {number + 2} 0 R "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 5 >> >>",
        f"<< /Type /FontDescriptor /FontName /{name} /Flags 6 /FontBBox [0 -120 1000 880] /ItalicAngle 0 "
        "/Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
    )
