from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RelationshipsConfig(AppConfig):
    name = "throughline.relationships"
    label = "relationships"

    def ready(self) -> None:
        from throughline.accounts.access import register_acquaintance
        from throughline.foundation.encryption.keyring import keyring
        from throughline.foundation.files import sealed
        from throughline.foundation.files.sweeping import register_owner
        from throughline.foundation.places import Place, register_place
        from throughline.foundation.rights.holdings import (
            register_consequence,
            register_holdings,
            register_sharing,
        )
        from throughline.foundation.rights.periods import register_periods
        from throughline.notices.domain.kinds import register_kind as register_notice
        from throughline.relationships import receivers  # noqa: F401  they register themselves
        from throughline.relationships.kinds import TO_GO, about_closing, notices
        from throughline.relationships.queries import know_each_other, named_files, things, wrapped_key_of
        from throughline.relationships.rights import HOLDINGS, PERIODS, readable_relationships, what_closing_means
        from throughline.relationships.things import ThingKind, register_kind

        keyring.kept_by(wrapped_key_of)
        register_acquaintance(know_each_other)
        register_place(Place("relationships:index", _("People"), "users-round", 20))
        register_kind(ThingKind(things.RELATIONSHIP, _("mentoring relationship"), things.relationship_thing))
        register_kind(ThingKind(things.INVITATION, _("invitation"), things.invitation_thing))
        register_kind(ThingKind(things.PAUSE, _("pause"), things.pause_thing, open_items=things.open_pauses))
        for notice in [*notices(things.notice_values), about_closing(things.closing_values), TO_GO]:
            register_notice(notice)
        register_holdings(HOLDINGS)
        register_sharing(readable_relationships)
        register_consequence(what_closing_means)
        register_periods(PERIODS)
        register_owner(sealed.FOLDER, named_files)
