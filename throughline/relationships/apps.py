from django.apps import AppConfig


class RelationshipsConfig(AppConfig):
    name = "throughline.relationships"
    label = "relationships"

    def ready(self) -> None:
        from throughline.foundation.encryption.keyring import keyring
        from throughline.relationships.queries import wrapped_key_of

        keyring.kept_by(wrapped_key_of)
