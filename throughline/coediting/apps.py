from django.apps import AppConfig


class CoeditingConfig(AppConfig):
    name = "throughline.coediting"
    label = "coediting"

    def ready(self) -> None:
        from throughline.coediting import jobs  # noqa: F401  registers it
        from throughline.coediting.sockets import DocumentTopic
        from throughline.foundation.live.topics import register_topic

        register_topic(DocumentTopic())
