from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    name = "throughline.programs"
    label = "programs"

    def ready(self) -> None:
        from throughline.foundation.places import Place, register_place
        from throughline.foundation.rights.holdings import register_consequence, register_holdings
        from throughline.notices.domain.kinds import register_kind as register_notice
        from throughline.programs.kinds import notices
        from throughline.programs.queries import KIND, enrolment_thing, notice_values, open_enrolments
        from throughline.programs.rights import HOLDINGS, what_closing_means
        from throughline.relationships.things import ThingKind, register_kind

        register_place(Place("programs:index", _("Programmes"), "heart-handshake", 80))
        register_kind(ThingKind(KIND, _("programme"), enrolment_thing, open_items=open_enrolments))
        for notice in notices(notice_values):
            register_notice(notice)
        register_holdings(HOLDINGS)
        register_consequence(what_closing_means)
