"""The ways in which news reach people, one file each.

Mail carries the words of a notice. Everything else (ring.py says what it must offer) says who has news and where to
look, never what was written: it shows on locked screens and in other companies' chats.
"""
