"""Saying that something failed without saying what people wrote."""

from __future__ import annotations

import logging
import traceback

log = logging.getLogger("throughline.live")


def log_fault(what: str, error: BaseException) -> None:
    """Where it happened and of which type; not the message, which may hold content."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"
    log.error("%s failed: %s at %s", what, type(error).__name__, where)
