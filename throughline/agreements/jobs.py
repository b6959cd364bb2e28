"""What agreements do by themselves."""

from __future__ import annotations

from datetime import timedelta

from throughline.agreements.actions import (
    plan_missing_review,
    tell_of_review,
    write_channel_rules_down,
    write_modes_down,
)
from throughline.agreements.queries.reviews import agreements_without_review, reviews_to_tell
from throughline.foundation.jobs.registry import scheduled


@scheduled("agreements.modes", every=timedelta(hours=6))
def modes() -> None:
    write_modes_down()
    write_channel_rules_down()


@scheduled("agreements.reviews", every=timedelta(hours=1))
def reviews() -> None:
    """It says once that a review is due."""
    for agreement_id in agreements_without_review():
        plan_missing_review(agreement_id=agreement_id)
    for review_id in reviews_to_tell():
        tell_of_review(review_id=review_id)
