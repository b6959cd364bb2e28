from django.apps import AppConfig


class CoeditingConfig(AppConfig):
    name = "throughline.coediting"
    label = "coediting"
