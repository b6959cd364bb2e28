"""Typeset pages: PDF/A-3 from a template of Typst and plain values, with our fonts and nothing of the machine's."""

from throughline.foundation.paper.setting import CannotSetError, direction_of, typeset

__all__ = ["CannotSetError", "direction_of", "typeset"]
