"""Calendars as values: events to lines of RFC 5545 and back."""
