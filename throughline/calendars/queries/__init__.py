"""Reads about people's calendars, named by what they return."""

from throughline.calendars.queries.busy import busy_times
from throughline.calendars.queries.entries import feed_of
from throughline.calendars.queries.overview import Overview, overview_of

__all__ = ["Overview", "busy_times", "feed_of", "overview_of"]
