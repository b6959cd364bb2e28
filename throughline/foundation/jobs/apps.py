from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class JobsConfig(AppConfig):
    name = "throughline.foundation.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Import every room's `jobs.py`, so that names are known in the web process and in workers alike."""
        for room in apps.get_app_configs():
            if room.name.startswith("throughline.") and find_spec(f"{room.name}.jobs"):
                import_module(f"{room.name}.jobs")
        from throughline.foundation.jobs.silence import line
        from throughline.foundation.places import EVERY_PAGE, register_part

        register_part(EVERY_PAGE, line)
