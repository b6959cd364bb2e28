"""How large a mail may be that comes in, and how many of a mailbox are looked at in one go."""

LARGEST_MAIL = 25 * 1024 * 1024  # bytes, as most providers allow
LOOKED_AT_ONCE = 200
