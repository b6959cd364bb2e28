from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "throughline.notices"
    label = "notices"
