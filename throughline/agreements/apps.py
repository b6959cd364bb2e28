from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "throughline.agreements"
    label = "agreements"

    def ready(self) -> None:
        from throughline.agreements.access import may_write_words
        from throughline.agreements.domain.obeyed import Obeyed, register
        from throughline.agreements.kinds import AGREEMENT, NOTICES, PROPOSAL, REVIEW, WORDS
        from throughline.agreements.rights import HOLDINGS
        from throughline.agreements.sockets import AgreementTopic
        from throughline.coediting.access import register_origin
        from throughline.foundation.live.topics import register_topic
        from throughline.foundation.rights.holdings import register_holdings
        from throughline.notices.domain.kinds import register_kind as register_notice
        from throughline.relationships.things import register_kind

        register(
            Obeyed(
                "agreements",
                ("confidentiality.mode",),
                _("Every page of your mentoring says who can read it, by the mode that you both sign."),
            ),
            Obeyed(
                "notices",  # which stands below and keeps the rule that signing writes down
                ("channels.quick",),
                _(
                    "Where you agree to write to each other in between, a mail says within minutes that a message "
                    "waits. Where you agree on something else, it leaves four hours to find it, unless the message "
                    "asks for an answer."
                ),
            ),
        )
        register_origin(WORDS, may_write_words)
        register_topic(AgreementTopic())
        register_kind(AGREEMENT)
        register_kind(PROPOSAL)
        register_kind(REVIEW)
        for notice in NOTICES:
            register_notice(notice)
        register_holdings(HOLDINGS)
