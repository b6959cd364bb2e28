from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "throughline.practices"
    label = "practices"

    def ready(self) -> None:
        from throughline.practices import measures  # noqa: F401  each file registers its practice
