from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "commonweal.review.learning"
    label = "learning"
