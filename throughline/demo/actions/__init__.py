"""The demonstration is lived, never inserted: every step is the action that a person's click would call."""

from throughline.demo.actions.making import make_demonstration

__all__ = ["make_demonstration"]
