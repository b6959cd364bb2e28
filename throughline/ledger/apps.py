from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "throughline.ledger"
    label = "ledger"

    def ready(self) -> None:
        from throughline.foundation.rights.holdings import register_holdings
        from throughline.ledger.rights import HOLDINGS

        register_holdings(HOLDINGS)
