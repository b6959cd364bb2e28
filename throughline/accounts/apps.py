from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "throughline.accounts"
    label = "accounts"

    def ready(self) -> None:
        from throughline.accounts.rights import HOLDINGS
        from throughline.foundation.places import Place, register_place
        from throughline.foundation.rights.holdings import register_holdings

        register_place(Place("accounts:profile", _("Profile"), "circle-user-round", 90))
        register_holdings(HOLDINGS)
