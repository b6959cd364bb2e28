from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    name = "throughline.messaging"
    label = "messaging"

    def ready(self) -> None:
        from throughline.agreements.domain.obeyed import register
        from throughline.commitments.domain.origins import tell_itself
        from throughline.foundation.live.topics import register_topic
        from throughline.foundation.rights.holdings import register_holdings
        from throughline.ledger.actions import register_producer
        from throughline.messaging import jobs, receivers  # noqa: F401  they register themselves
        from throughline.messaging.access import thing_for
        from throughline.messaging.contacts import facts
        from throughline.messaging.kinds import MESSAGE, NOTICES, OBEYED, REPLY
        from throughline.messaging.queries import open_items_of
        from throughline.messaging.queries.choosing import choices, find_in
        from throughline.messaging.receivers import accept_reply
        from throughline.messaging.rights import HOLDINGS
        from throughline.messaging.sockets import ConversationTopic
        from throughline.notices.domain.answers import answer_kind
        from throughline.notices.domain.kinds import register_kind as register_notice
        from throughline.relationships.things import ThingKind, register_kind

        register_kind(
            ThingKind(MESSAGE, _("message"), find=thing_for, open_items=open_items_of, choices=choices, find_in=find_in)
        )
        for kind in NOTICES:
            register_notice(kind)
        answer_kind(REPLY, accept_reply)
        tell_itself(MESSAGE)
        register_topic(ConversationTopic())
        register_producer("messaging", facts)
        register(OBEYED)
        register_holdings(HOLDINGS)
