"""The three sizes of a figure: millimetres of paper and points of type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SizeName = Literal["single", "double", "slide"]

MM = 72 / 25.4
"""Points in a millimetre."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large a figure is, and how large the letters in it are.

    ``width`` and ``height`` are millimetres; the height is the most that a page may have, or all of it where ``fixed``. ``map_aspect``
    are the least and the most height of the map to its width, ``map_share`` how much of the width it takes. ``columns`` are those of the
    notes. ``margin`` goes around everything; that of a column only keeps edges from being cut, since its page has margins of its own.
    ``names`` is how many names of towns and islands a map may carry. The others are sizes of type in points, and ``badge`` the diameter
    of a number in millimetres.
    """

    name: SizeName
    width: float
    height: float
    fixed: bool
    map_aspect: tuple[float, float]
    map_share: float
    columns: int
    margin: float
    title: float
    deck: float
    note: float
    small: float
    label: float
    badge: float
    names: int

    @property
    def digit(self) -> float:
        """The size of a number in its disc, in points."""
        return max(self.label * 0.92, 6.0)

    @property
    def line(self) -> float:
        """The distance between two lines of a note, in millimetres."""
        return self.note * 1.22 / MM


SIZES: dict[str, Size] = {
    "single": Size(
        name="single", width=89, height=240, fixed=False, map_aspect=(0.95, 1.25), map_share=1.0, columns=1, margin=0.6, title=10.5,
        deck=7.5, note=6.8, small=6.1, label=6.4, badge=3.3, names=16,
    ),
    "double": Size(
        name="double", width=183, height=247, fixed=False, map_aspect=(0.5, 0.8), map_share=1.0, columns=2, margin=0.8, title=14, deck=9,
        note=7.2, small=6.7, label=7.2, badge=3.7, names=34,
    ),
    "slide": Size(
        name="slide", width=338.7, height=190.5, fixed=True, map_aspect=(0.0, 9.0), map_share=0.6, columns=3, margin=9, title=24, deck=14,
        note=11, small=9, label=11, badge=5.6, names=30,
    ),
}  # fmt: skip
"""By name. 89 and 183 mm are the single and the double column of a scientific journal; the slide is 13.33 by 7.5 inches."""
