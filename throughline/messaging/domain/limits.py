"""How much one message may hold, how much is shown at once, and when we write to somebody who is away."""

from datetime import timedelta

LONGEST = 20_000  # characters; about ten pages, so that a pasted draft still fits
PAGE = 50  # messages shown at once
CATCH_UP = 200  # messages sent at once after a lost connection; the page asks for the next ones itself
PATIENCE = timedelta(minutes=5)  # from a message that nobody has seen to the mail that says it waits
SIGNS = ("👍", "❤️", "🎉", "😊", "🤔", "🙏")  # one tap each; few enough that each means something
EXCERPT = 140  # characters of a message that are shown where another replies to it
