from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "throughline.notices"
    label = "notices"

    def ready(self) -> None:
        from throughline.foundation.rights.holdings import register_holdings
        from throughline.foundation.rights.periods import register_periods
        from throughline.notices import jobs  # noqa: F401  registers the job
        from throughline.notices.rights import HOLDINGS, PERIODS

        register_holdings(HOLDINGS)
        register_periods(PERIODS)
