from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "throughline.practices"
    label = "practices"
