from django.apps import AppConfig
from django.http import HttpRequest


class DemoConfig(AppConfig):
    """Installed in the demonstration alone: see config/settings."""

    name = "throughline.demo"
    label = "demo"

    def ready(self) -> None:
        from throughline.foundation.places import EVERY_PAGE, WELCOME, register_part

        register_part(EVERY_PAGE, strip)
        register_part(WELCOME, cards)


def strip(request: HttpRequest) -> str:
    from django.template.loader import render_to_string

    from throughline.demo.domain.cast import PASSWORD
    from throughline.demo.queries import three_faces

    faces = three_faces() if request.user.is_authenticated else []
    return render_to_string("demo/strip.html", {"faces": faces, "password": PASSWORD}, request)


def cards(request: HttpRequest) -> str:
    from django.template.loader import render_to_string

    from throughline.demo.queries import three_faces

    return render_to_string("demo/cards.html", {"faces": three_faces()}, request)
