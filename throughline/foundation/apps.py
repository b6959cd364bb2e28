from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "throughline.foundation"
    label = "foundation"

    def ready(self) -> None:
        from throughline.foundation.live import receivers  # noqa: F401  registers them
