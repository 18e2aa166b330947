"""What setup makes once, so that no map has to: land and borders, decoded and encoded for pages (``python -m layers.build``)."""

from __future__ import annotations

import sys

from layers._world import SCALES, keep_world
from layers.archived._ground import keep_ground

if __name__ == "__main__":
    if sum([*(keep_world(scale) for scale in SCALES), keep_ground()]):
        print("land and borders built", file=sys.stderr)
