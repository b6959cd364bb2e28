"""What people chose about our news, and what they agreed on, named by what is returned."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from throughline.accounts.domain.channels import known
from throughline.notices.domain.rules import Rule
from throughline.notices.domain.timing import Terms
from throughline.notices.domain.topics import CHOSEN, Rhythm, Topic, Way
from throughline.notices.models import CameBack, ChannelRule, Reach, Target, Wish

if TYPE_CHECKING:
    from throughline.accounts.models import Person


def channel_rule_of(relationship_id: UUID, person_id: UUID) -> Rule | None:
    """What the agreement in force says of reaching this person; None while nothing is signed."""
    found = ChannelRule.objects.filter(relationship_id=relationship_id, person_id=person_id).first()
    return Rule(known(found.quick), found.bodies) if found else None


def relationships_with_rules() -> frozenset[UUID]:
    return frozenset(ChannelRule.objects.values_list("relationship_id", flat=True).distinct())


def terms_of(person_id: UUID) -> Terms:
    row = Reach.objects.filter(pk=person_id).first()
    if row is None:
        return Terms()
    return Terms(Rhythm(row.rhythm), row.working_days_only, row.undisturbed_until)


def who_get_words(person_ids: Iterable[UUID], relationship_id: UUID) -> frozenset[UUID]:
    """Those who chose that mail says what was written to them, where the relationship's mode lets them. One query."""
    closed = ChannelRule.objects.filter(relationship_id=relationship_id, bodies=False).values("person_id")
    rows = Reach.objects.filter(pk__in=list(person_ids), words_since__isnull=False)
    mute = Wish.objects.filter(topic=Topic.MESSAGES, way=Way.MAIL, wanted=False).values("person_id")
    return frozenset(rows.exclude(pk__in=mute).exclude(pk__in=closed).values_list("pk", flat=True))


def wishes_of(person_id: UUID) -> dict[tuple[Topic, Way], bool]:
    """Every choice, the usual where nobody chose: mail for everything, devices and webhooks for what is theirs too."""
    usual = {(topic, way): True for topic in CHOSEN for way in Way}
    rows = Wish.objects.filter(person=person_id).values_list("topic", "way", "wanted")
    return usual | {(Topic(topic), Way(way)): wanted for topic, way, wanted in rows}


def targets_of(person: Person) -> list[Target]:
    """Devices and webhooks, the oldest first."""
    return list(Target.objects.filter(person=person).order_by("made_at", "pk"))


def mail_came_back(person: Person) -> CameBack | None:
    return CameBack.objects.filter(person=person).first()


def reach_of(person: Person) -> dict[str, Any]:
    """As the page's form begins."""
    row = Reach.objects.filter(person=person).first() or Reach(person=person)
    return {"rhythm": row.rhythm, "working_days_only": row.working_days_only, "words": row.words_since is not None}


def ways_for(targets: Iterable[Target]) -> list[Way]:
    """The ways by which this person can be reached: mail, and those for which they have a device or webhook."""
    have = {target.way for target in targets}
    return [way for way in Way if way is Way.MAIL or way in have]
