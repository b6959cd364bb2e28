from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "throughline.accounts"
    label = "accounts"

    def ready(self) -> None:
        from throughline.accounts import jobs, parcels, photos  # noqa: F401  jobs register themselves
        from throughline.accounts.queries import named_exports, named_photos
        from throughline.accounts.rights import HOLDINGS, PERIODS, what_closing_means
        from throughline.foundation.files.sweeping import register_owner
        from throughline.foundation.places import Place, register_place
        from throughline.foundation.rights.holdings import register_consequence, register_holdings
        from throughline.foundation.rights.periods import register_periods

        register_place(Place("accounts:profile", _("Profile"), "circle-user-round", 90))
        register_holdings(HOLDINGS)
        register_consequence(what_closing_means)
        register_periods(PERIODS)
        register_owner(photos.FOLDER, named_photos)
        register_owner(parcels.FOLDER, named_exports)
