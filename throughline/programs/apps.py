from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "throughline.programs"
    label = "programs"
