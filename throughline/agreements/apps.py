from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "throughline.agreements"
    label = "agreements"

    def ready(self) -> None:
        from throughline.agreements.kinds import AGREEMENT, NOTICES
        from throughline.notices.domain.kinds import register_kind as register_notice
        from throughline.relationships.things import register_kind

        register_kind(AGREEMENT)
        for notice in NOTICES:
            register_notice(notice)
