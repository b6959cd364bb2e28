"""A database of many pairs in the data folder: python -m bench._many PAIRS. See bench/_filling.py."""

from __future__ import annotations

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
LIVED = 10


def main(pairs: int) -> None:
    import django

    django.setup()
    from bench._filling import live_pairs, multiply
    from throughline.config.serve import make_ready

    make_ready()
    live_pairs(LIVED)
    multiply(pairs // LIVED - 1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
