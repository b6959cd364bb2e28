"""The agreement's pages: its overview and words, a form for each part, signing, history."""
