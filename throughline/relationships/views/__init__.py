"""The doors for browsers, by what they are about."""
