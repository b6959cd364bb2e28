from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "throughline.foundation.jobs"
    label = "jobs"
