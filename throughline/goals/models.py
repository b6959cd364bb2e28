"""Goals, what they are measured by, and what was recorded of them. Nothing is overwritten: each state is a row.

A goal without a Sharing row is private to whoever wrote it. What people wrote, and every number of theirs, is sealed;
days and kinds stay plain, because the software acts on them.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from throughline.foundation import clock
from throughline.foundation.encryption.fields import SealedJson, SealedText
from throughline.foundation.ids import new_id
from throughline.goals.domain.ends import End
from throughline.goals.domain.measure import Kind

PERSON = settings.AUTH_USER_MODEL
RELATIONSHIP = "relationships.Relationship"
KINDS = [
    (Kind.NONE.value, _("not said yet")),
    (Kind.NUMBER.value, _("a number")),
    (Kind.MILESTONES.value, _("milestones")),
    (Kind.LEVELS.value, _("five levels")),
]
ENDS = [(End.REACHED.value, _("reached")), (End.DROPPED.value, _("let go")), (End.SPLIT.value, _("split"))]


class Goal(models.Model):
    """words: {"sentence", "why", "outcome", "aim"}: aim is the objective it came from, outcome how both will know.

    picture: what lists show of its measure and points, written anew whenever one of them changes.
    begun_on, due: whole days of the owner. first_due: the first one that was said, for good. last_at: when progress
    was last recorded. origin_version, origin_number: the objective of the agreement that it came from.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relationship = models.ForeignKey(RELATIONSHIP, models.CASCADE, related_name="+")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    owner = models.ForeignKey(PERSON, models.PROTECT, related_name="+", null=True)
    words = SealedJson()
    picture = SealedJson()
    begun_on = models.DateField()
    due = models.DateField(null=True)
    first_due = models.DateField(null=True)
    made_at = models.DateTimeField(default=clock.now)
    last_at = models.DateTimeField(null=True)
    split_from = models.ForeignKey("self", models.CASCADE, related_name="+", null=True)
    origin_version = models.UUIDField(null=True)
    origin_number = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["relationship", "origin_version", "origin_number"],
                condition=models.Q(origin_version__isnull=False),
                name="one_goal_for_an_objective",
            )
        ]
        indexes = [models.Index(fields=["relationship", "made_at"], name="goals_of_a_relationship")]

    def __str__(self) -> str:
        return f"goal {self.pk}"


class Sharing(models.Model):
    """From here on everybody in the relationship sees the goal."""

    goal = models.OneToOneField(Goal, models.CASCADE, primary_key=True, related_name="sharing")
    relationship = models.ForeignKey(RELATIONSHIP, models.CASCADE, related_name="+")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.goal_id} shared"


class Rewording(models.Model):
    """The words, or the owner, that a goal had before. before: as Goal.words, with "owner"."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="rewordings")
    relationship = models.ForeignKey(RELATIONSHIP, models.CASCADE, related_name="+")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    before = SealedJson()

    def __str__(self) -> str:
        return f"rewording of {self.goal_id}"


class Measure(models.Model):
    """What a goal is measured by from `at` on. number counts a goal's measures from 1.

    count: points belong to a count; a measure in another unit begins a new one. A measure by levels is in force once
    everybody has agreed to it (Agreed), and the one before stays in force until then.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="measures")
    relationship = models.ForeignKey(RELATIONSHIP, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=KINDS)
    count = models.PositiveIntegerField()
    content = SealedJson()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "number"], name="one_measure_for_a_number")]

    def __str__(self) -> str:
        return f"measure {self.number} of {self.goal_id}"


class Agreed(models.Model):
    """Somebody agrees to the five levels, as they are written."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="agreements")
    relationship = models.ForeignKey(RELATIONSHIP, models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "person"], name="agreed_once")]

    def __str__(self) -> str:
        return f"{self.person_id} agrees to {self.measure_id}"


class Milestone(models.Model):
    """A step on the way. It is done when a point says so. first_due stays what was said first."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="milestones")
    relationship = models.ForeignKey(RELATIONSHIP, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    words = SealedText()
    due = models.DateField(null=True)
    first_due = models.DateField(null=True)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "number"], name="one_milestone_for_a_number")]

    def __str__(self) -> str:
        return f"milestone {self.number} of {self.goal_id}"


class NewDate(models.Model):
    """A goal's date, or one of its milestones', was moved. The first is kept where it was said."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="new_dates")
    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="+", null=True)
    relationship = models.ForeignKey(RELATIONSHIP, models.CASCADE, related_name="+")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    before = models.DateField(null=True)
    after = models.DateField(null=True)
    reason = SealedText()

    def __str__(self) -> str:
        return f"{self.goal_id}: {self.before} to {self.after}"


class Point(models.Model):
    """Progress on one day, as it reads now. entry: {"value", "note", "link", "thing": [kind, id]}.

    count: the goal's count that it belongs to; measure: the levels that its level is one of. corrections: how often
    it was corrected, which a correction must have seen. from_kind, from_id: the thing beside which it was recorded.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="points")
    relationship = models.ForeignKey(RELATIONSHIP, models.CASCADE, related_name="+")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    day = models.DateField()
    count = models.PositiveIntegerField()
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="+", null=True)
    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="points", null=True)
    entry = SealedJson()
    corrections = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True)
    from_kind = models.CharField(max_length=64, blank=True)
    from_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["milestone"], condition=models.Q(withdrawn_at__isnull=True), name="a_milestone_is_done_once"
            )
        ]
        indexes = [
            models.Index(fields=["goal", "day", "at"], name="points_of_a_goal"),
            models.Index(fields=["relationship", "at"], name="points_of_a_relationship"),
        ]

    def __str__(self) -> str:
        return f"point of {self.goal_id}"


class Correction(models.Model):
    """What a point said before. before: as Point.entry, with "day" and "withdrawn"."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    point = models.ForeignKey(Point, models.CASCADE, related_name="history")
    relationship = models.ForeignKey(RELATIONSHIP, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    before = SealedJson()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["point", "number"], name="one_correction_for_a_number")]

    def __str__(self) -> str:
        return f"correction {self.number} of {self.point_id}"


class Closing(models.Model):
    """Reached, let go with a reason, or split. undone: opened again, and who did it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="closings")
    relationship = models.ForeignKey(RELATIONSHIP, models.CASCADE, related_name="+")
    end = models.CharField(max_length=8, choices=ENDS)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    reason = SealedText()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["goal"], condition=models.Q(undone_at__isnull=True), name="one_closing_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.goal_id}: {self.end}"


class Link(models.Model):
    """What a goal goes together with: a page somewhere, or a thing here. what: {"link"} or {"thing": [kind, id]}."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="links")
    relationship = models.ForeignKey(RELATIONSHIP, models.CASCADE, related_name="+")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    what = SealedJson()

    def __str__(self) -> str:
        return f"link of {self.goal_id}"


class Opening(models.Model):
    """Somebody looked at a shared goal: what says whether a session touched it. Once in five minutes at most.

    slot: the five minutes since 1970, so that opening twice is one row.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="+")
    relationship = models.ForeignKey(RELATIONSHIP, models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    slot = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "person", "slot"], name="one_opening_in_a_slot")]
        indexes = [models.Index(fields=["relationship", "at"], name="goals_openings_by_time")]

    def __str__(self) -> str:
        return f"{self.person_id} opened {self.goal_id}"


class Asking(models.Model):
    """Somebody wants to be asked about a goal of theirs by mail, while it is quiet. asked_at: when they were last.

    ignored: after how many of the last mails nothing was recorded. stopped_at: by them, or since two were ignored.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="+")
    relationship = models.ForeignKey(RELATIONSHIP, models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    asked_at = models.DateTimeField(null=True)
    ignored = models.PositiveSmallIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "person"], condition=models.Q(stopped_at__isnull=True), name="asked_about_a_goal_once"
            )
        ]
        indexes = [
            models.Index(fields=["asked_at"], name="goals_to_ask_about", condition=models.Q(stopped_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.person_id} is asked about {self.goal_id}"


class Bringing(models.Model):
    """A goal was taken in from a file. said: what the file says that nobody here has seen: "owner", and "history", a
    list of what happened (domain/filed.py)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    goal = models.OneToOneField(Goal, models.CASCADE, related_name="+")
    relationship = models.ForeignKey(RELATIONSHIP, models.CASCADE, related_name="+")
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    said = SealedJson()

    def __str__(self) -> str:
        return f"{self.goal_id} came from a file"
