"""How much one message may hold."""

LONGEST = 20_000  # characters; about ten pages, so that a pasted draft still fits
PAGE = 50  # messages shown at once
CATCH_UP = 200  # messages sent after a lost connection; who missed more opens the page anew
