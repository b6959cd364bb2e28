from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "throughline.commitments"
    label = "commitments"
