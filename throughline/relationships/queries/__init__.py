"""Reads about relationships, named by what they return."""

from throughline.relationships.access import is_open
from throughline.relationships.queries.endings import LookedBack, deletion_asked_by, ending_of, reflections_of
from throughline.relationships.queries.invitations import (
    Asked,
    InvitationSeen,
    Scene,
    has_open_invitation,
    invitation_seen,
    link_path,
    newest_link_of,
    standing_of,
    unaccepted_invitations_of,
)
from throughline.relationships.queries.members import (
    Edge,
    Member,
    Summary,
    edges_of,
    know_each_other,
    members_by_relationship,
    members_of,
    relationships_of,
    wrapped_key_of,
)
from throughline.relationships.queries.oversight import Looked, Overseer, looks_of, may_see, overseers_of
from throughline.relationships.queries.states import (
    accepted_by,
    open_pause_of,
    pauses_by_relationship,
    pauses_of,
    started_by_relationship,
    state_of,
    states_of,
)

__all__ = [
    "Asked",
    "Edge",
    "InvitationSeen",
    "Looked",
    "LookedBack",
    "Member",
    "Overseer",
    "Scene",
    "Summary",
    "accepted_by",
    "deletion_asked_by",
    "edges_of",
    "ending_of",
    "has_open_invitation",
    "invitation_seen",
    "is_open",
    "know_each_other",
    "link_path",
    "looks_of",
    "may_see",
    "members_by_relationship",
    "members_of",
    "newest_link_of",
    "open_pause_of",
    "overseers_of",
    "pauses_by_relationship",
    "pauses_of",
    "reflections_of",
    "relationships_of",
    "standing_of",
    "started_by_relationship",
    "state_of",
    "states_of",
    "unaccepted_invitations_of",
    "wrapped_key_of",
]
