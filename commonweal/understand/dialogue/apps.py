from django.apps import AppConfig


class DialogueConfig(AppConfig):
    name = "commonweal.understand.dialogue"
    label = "dialogue"
