from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "throughline.messaging"
    label = "messaging"

    def ready(self) -> None:
        from throughline.foundation.live.topics import register_topic
        from throughline.ledger.actions import register_producer
        from throughline.messaging.contacts import facts
        from throughline.messaging.kinds import MESSAGE
        from throughline.messaging.sockets import ConversationTopic
        from throughline.relationships.things import register_kind

        register_kind(MESSAGE)
        register_topic(ConversationTopic())
        register_producer("messaging", facts)
