from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitmentsConfig(AppConfig):
    name = "throughline.commitments"
    label = "commitments"

    def ready(self) -> None:
        from throughline.commitments.queries import KIND, commitment_thing, open_items
        from throughline.commitments.rights import HOLDINGS
        from throughline.foundation.rights.holdings import register_holdings
        from throughline.relationships.things import ThingKind, register_kind

        register_kind(ThingKind(KIND, _("commitment"), find=commitment_thing, open_items=open_items))
        register_holdings(HOLDINGS)
