"""Where mail comes in: a port of ours (smtp.py), or a mailbox elsewhere (mailbox.py). Both hand it to take_in."""
