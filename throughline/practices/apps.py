from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "throughline.practices"
    label = "practices"

    def ready(self) -> None:
        from throughline.agreements.domain.beside import register_beside
        from throughline.agreements.domain.obeyed import Obeyed, register
        from throughline.foundation.rights.holdings import register_holdings
        from throughline.practices import measures  # noqa: F401  each file registers its practice
        from throughline.practices.queries import beside_terms
        from throughline.practices.rights import HOLDINGS

        register_holdings(HOLDINGS)
        register(
            Obeyed(
                "practices",
                ("review.first", "review.every_days"),
                _("How it is going says when you last looked at your agreement, against these dates."),
            )
        )
        register_beside(beside_terms)
