from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "throughline.calendars"
    label = "calendars"

    def ready(self) -> None:
        from throughline.calendars import jobs  # noqa: F401  they register themselves
        from throughline.calendars.rights import HOLDINGS, PERIODS
        from throughline.foundation.rights.holdings import register_holdings
        from throughline.foundation.rights.periods import register_periods

        register_holdings(HOLDINGS)
        register_periods(PERIODS)
