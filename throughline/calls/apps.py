from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "throughline.calls"
    label = "calls"
