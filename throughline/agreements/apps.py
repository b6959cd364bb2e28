from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "throughline.agreements"
    label = "agreements"

    def ready(self) -> None:
        from throughline.agreements.access import may_write_words
        from throughline.agreements.kinds import AGREEMENT, NOTICES, WORDS
        from throughline.agreements.rights import HOLDINGS
        from throughline.coediting.access import register_origin
        from throughline.foundation.rights.holdings import register_holdings
        from throughline.notices.domain.kinds import register_kind as register_notice
        from throughline.relationships.things import register_kind

        register_origin(WORDS, may_write_words)
        register_kind(AGREEMENT)
        for notice in NOTICES:
            register_notice(notice)
        register_holdings(HOLDINGS)
