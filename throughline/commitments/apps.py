from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitmentsConfig(AppConfig):
    name = "throughline.commitments"
    label = "commitments"

    def ready(self) -> None:
        from throughline.commitments.queries import KIND, choices, commitment_thing, find_in, open_items
        from throughline.commitments.rights import HOLDINGS
        from throughline.foundation.rights.holdings import register_holdings
        from throughline.relationships.things import ThingKind, register_kind

        register_kind(
            ThingKind(KIND, _("commitment"), commitment_thing, open_items=open_items, choices=choices, find_in=find_in)
        )
        register_holdings(HOLDINGS)
