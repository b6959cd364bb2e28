from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelationshipsConfig(AppConfig):
    name = "throughline.relationships"
    label = "relationships"

    def ready(self) -> None:
        from throughline.accounts.access import register_acquaintance
        from throughline.foundation.encryption.keyring import keyring
        from throughline.foundation.places import Place, register_place
        from throughline.foundation.rights.holdings import register_holdings, register_sharing
        from throughline.notices.domain.kinds import register_kind as register_notice
        from throughline.relationships.kinds import notices
        from throughline.relationships.queries import know_each_other, things, wrapped_key_of
        from throughline.relationships.rights import HOLDINGS, readable_relationships
        from throughline.relationships.things import ThingKind, register_kind

        keyring.kept_by(wrapped_key_of)
        register_acquaintance(know_each_other)
        register_place(Place("relationships:index", _("People"), "users-round", 20))
        register_kind(ThingKind(things.RELATIONSHIP, _("mentoring relationship"), things.relationship_thing))
        register_kind(ThingKind(things.INVITATION, _("invitation"), things.invitation_thing))
        register_kind(ThingKind(things.PAUSE, _("pause"), things.pause_thing, open_items=things.open_pauses))
        for notice in notices(things.notice_values):
            register_notice(notice)
        register_holdings(HOLDINGS)
        register_sharing(readable_relationships)
