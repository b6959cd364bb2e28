from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "throughline.notices"
    label = "notices"

    def ready(self) -> None:
        from throughline.notices import jobs  # noqa: F401  registers the job
