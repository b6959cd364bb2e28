from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GoalsConfig(AppConfig):
    name = "throughline.goals"
    label = "goals"

    def ready(self) -> None:
        from throughline.accounts.domain.scopes import register_scope
        from throughline.agreements.domain.obeyed import Obeyed, register
        from throughline.foundation.places import BESIDE_COMPOSER, WITH_MESSAGE, register_part
        from throughline.foundation.rights.holdings import register_holdings
        from throughline.goals import jobs  # noqa: F401  it registers itself
        from throughline.goals.kinds import ANSWER, NOTICE
        from throughline.goals.queries.things import KIND, choices, find_in, goal_thing, open_items
        from throughline.goals.receivers import take_answer
        from throughline.goals.rights import HOLDINGS
        from throughline.goals.views.lists import beside_composer, with_message
        from throughline.notices.domain.answers import answer_kind
        from throughline.notices.domain.kinds import register_kind as register_notice
        from throughline.relationships.things import ThingKind, register_kind

        register_holdings(HOLDINGS)
        register_scope("goals:read", _("See my goals"))
        register_scope("goals:write", _("Record progress on my goals"))
        register_notice(NOTICE)
        answer_kind(ANSWER, take_answer)
        register_part(BESIDE_COMPOSER, beside_composer)
        register_part(WITH_MESSAGE, with_message)
        register_kind(ThingKind(KIND, _("goal"), goal_thing, open_items=open_items, choices=choices, find_in=find_in))
        register(
            Obeyed(
                "goals", ("objectives.items",), _("Each objective waits under Goals, to be made a goal with a date.")
            )
        )
