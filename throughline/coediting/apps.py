from django.apps import AppConfig


class CoeditingConfig(AppConfig):
    name = "throughline.coediting"
    label = "coediting"

    def ready(self) -> None:
        from throughline.coediting import jobs  # noqa: F401  registers it
        from throughline.coediting.rights import HOLDINGS
        from throughline.coediting.sockets import DocumentTopic
        from throughline.foundation.live.topics import register_topic
        from throughline.foundation.rights.holdings import register_holdings

        register_topic(DocumentTopic())
        register_holdings(HOLDINGS)
