"""What a notebook shows: objects that show themselves, frames that explore themselves offline."""

from layers.notebook._frame import PlanFrame
from layers.notebook._show import Shown, plain_words, show

__all__ = ["PlanFrame", "Shown", "plain_words", "show"]
