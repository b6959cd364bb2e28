from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "throughline.meetings"
    label = "meetings"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from throughline.accounts.domain.scopes import register_scope
        from throughline.agreements.domain.obeyed import register
        from throughline.foundation.places import SCHEDULE, register_part
        from throughline.foundation.rights.holdings import register_holdings
        from throughline.ledger.actions import register_producer
        from throughline.meetings import contacts, jobs, receivers  # noqa: F401  they register themselves
        from throughline.meetings.access import meeting_thing, request_thing
        from throughline.meetings.domain.occasions import KIND
        from throughline.meetings.kinds import NOTICES, OBEYED, REQUEST
        from throughline.meetings.queries import open_doors, waiting_for
        from throughline.meetings.queries.choosing import choices, find_in
        from throughline.meetings.rights import HOLDINGS
        from throughline.meetings.views import meeting_aside, offer_times
        from throughline.notices.domain.kinds import register_kind as register_notice
        from throughline.relationships.things import ThingKind, register_kind

        register_producer("meetings", contacts.facts)
        register_scope("meetings:read", _("See my meetings"))
        register_kind(
            ThingKind(
                KIND,
                _("meeting"),
                meeting_thing,
                open_items=open_doors,
                aside=meeting_aside,
                choices=choices,
                find_in=find_in,
            )
        )
        register_kind(ThingKind(REQUEST, _("request about a meeting"), find=request_thing, open_items=waiting_for))
        for notice in NOTICES:
            register_notice(notice)
        register(*OBEYED)
        register_holdings(HOLDINGS)
        register_part(SCHEDULE, offer_times)
