"""How much one message may hold, how much is shown at once, and when we write to somebody who is away."""

from datetime import timedelta

LONGEST = 20_000  # characters; about ten pages, so that a pasted draft still fits
PAGE = 50  # messages shown at once
CATCH_UP = 200  # messages sent at once after a lost connection; the page asks for the next ones itself
PATIENCE = timedelta(minutes=5)  # from a message that nobody has seen to the mail that says it waits
SIGNS = ("👍", "❤️", "🎉", "😊", "🤔", "🙏")  # one tap each; few enough that each means something
EXCERPT = 140  # characters of a message that are shown where another replies to it
LARGEST_FILE = 25 * 1024 * 1024  # bytes
LARGEST_PIECE = 1024 * 1024  # bytes that come at once: what a proxy takes as it is set up by most
MOST_FILES = 10  # in one message
MOST_UNSENT = 30  # files of one person in one conversation that no message holds yet
UNSENT_KEPT = timedelta(days=2)  # files that were given and never sent
LONGEST_VOICE = timedelta(minutes=5)
BARS = 48  # of a voice note's drawing
MOST_FOUND = 50  # messages shown of a search
