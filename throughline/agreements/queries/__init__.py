"""Reads about agreements, named by what they return."""

from throughline.agreements.queries.force import VersionSummary, terms_in_force, version_in_force

__all__ = ["VersionSummary", "terms_in_force", "version_in_force"]
