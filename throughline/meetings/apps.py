from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "throughline.meetings"
    label = "meetings"

    def ready(self) -> None:
        from throughline.ledger.actions import register_producer
        from throughline.meetings import contacts, jobs, receivers  # noqa: F401  they register themselves

        register_producer("meetings", contacts.facts)
