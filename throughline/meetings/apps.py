from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "throughline.meetings"
    label = "meetings"
