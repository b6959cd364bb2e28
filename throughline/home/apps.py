from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "throughline.home"
    label = "home"

    def ready(self) -> None:
        from throughline.foundation.live.topics import register_topic
        from throughline.foundation.places import TODAY, Place, register_place
        from throughline.home.sockets import PersonTopic

        register_place(Place(TODAY, _("Today"), "sun", 0))
        register_topic(PersonTopic())
