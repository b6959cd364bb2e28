from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "throughline.home"
    label = "home"

    def ready(self) -> None:
        from throughline.agreements.domain.obeyed import Obeyed, register
        from throughline.foundation.live.topics import register_topic
        from throughline.foundation.places import TODAY, Place, register_place
        from throughline.home.sockets import PersonTopic

        register_place(Place(TODAY, _("Today"), "sun", 0))
        register(
            Obeyed("home", ("channels.quick",), _("Your page offers the first way first, and names the fallback."))
        )
        register_topic(PersonTopic())
