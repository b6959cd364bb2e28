from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "throughline.notices"
    label = "notices"

    def ready(self) -> None:
        from throughline.foundation.rights.holdings import register_holdings
        from throughline.notices import jobs  # noqa: F401  registers the job
        from throughline.notices.rights import HOLDINGS

        register_holdings(HOLDINGS)
