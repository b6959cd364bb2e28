"""Small rules of the pages. Plain Python."""
