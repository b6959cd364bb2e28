from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "throughline.practices"
    label = "practices"

    def ready(self) -> None:
        from throughline.foundation.rights.holdings import register_holdings
        from throughline.practices import measures  # noqa: F401  each file registers its practice
        from throughline.practices.rights import HOLDINGS

        register_holdings(HOLDINGS)
