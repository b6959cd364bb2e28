from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "throughline.calls"
    label = "calls"

    def ready(self) -> None:
        from throughline.agreements.domain.obeyed import register
        from throughline.calls import jobs, receivers  # noqa: F401  they register themselves
        from throughline.calls.contacts import facts
        from throughline.calls.kinds import OBEYED
        from throughline.calls.rights import HOLDINGS
        from throughline.calls.sockets import CallTopic, TrialTopic
        from throughline.foundation.live.topics import register_topic
        from throughline.foundation.rights.holdings import register_holdings
        from throughline.ledger.actions import register_producer

        register_topic(CallTopic())
        register_topic(TrialTopic())
        register_producer("calls", facts)
        register(*OBEYED)
        register_holdings(HOLDINGS)
