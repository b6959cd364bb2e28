from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "throughline.accounts"
    label = "accounts"

    def ready(self) -> None:
        from throughline.foundation.places import Place, register_place

        register_place(Place("accounts:profile", _("Profile"), "circle-user-round", 90))
