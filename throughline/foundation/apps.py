from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "throughline.foundation"
    label = "foundation"
