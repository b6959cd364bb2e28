"""What the pages of home combine from the rooms below."""

from throughline.home.queries.beginnings import Beginning, beginnings_of
from throughline.home.queries.relationship import RelationshipPage, relationship_page_of
from throughline.home.queries.today import Today, today_of

__all__ = ["Beginning", "RelationshipPage", "Today", "beginnings_of", "relationship_page_of", "today_of"]
