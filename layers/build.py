"""What setup makes once, so that no map has to: the world's land and borders, decoded (``python -m layers.build``)."""

from __future__ import annotations

import sys

from layers._world import SCALES, keep_world

if __name__ == "__main__":
    if sum(keep_world(scale) for scale in SCALES):
        print("land and borders built", file=sys.stderr)
