"""The kinds of notice, as their owners registered them."""
