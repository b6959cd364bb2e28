from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "throughline.calendars"
    label = "calendars"

    def ready(self) -> None:
        from throughline.calendars import jobs  # noqa: F401  they register themselves
        from throughline.calendars.actions import take_answer
        from throughline.calendars.invitations import NOTICES
        from throughline.calendars.kinds import ANSWER
        from throughline.calendars.rights import HOLDINGS, PERIODS
        from throughline.foundation.rights.holdings import register_holdings
        from throughline.foundation.rights.periods import register_periods
        from throughline.notices.domain.answers import answer_kind
        from throughline.notices.domain.kinds import register_kind

        answer_kind(ANSWER, take_answer)
        for notice in NOTICES:
            register_kind(notice)
        register_holdings(HOLDINGS)
        register_periods(PERIODS)
