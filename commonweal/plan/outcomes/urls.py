from django.urls import path

from .views import concerns, indicators, obligations, outcomes

app_name = "outcomes"

urlpatterns = [
    path("", concerns.concerns, name="concerns"),
    path("problems/new/", concerns.raise_concern, name="raise_concern"),
    path("problems/<uuid:uuid>/", concerns.concern, name="concern"),
    path("problems/<uuid:uuid>/reword/", concerns.reword, name="reword"),
    path("problems/<uuid:uuid>/propose/", outcomes.propose, name="propose"),
    path("<uuid:uuid>/", outcomes.outcome, name="outcome"),
    path("<uuid:uuid>/ask/", outcomes.ask, name="ask"),
    path("<uuid:uuid>/agree/", outcomes.agree, name="agree"),
    path("answers/<uuid:uuid>/", outcomes.answer, name="answer"),
    path("<uuid:uuid>/count/", indicators.define, name="define"),
    path("numbers/<uuid:uuid>/", indicators.indicator, name="indicator"),
    path("numbers/<uuid:uuid>/add/", indicators.record, name="record"),
    path("numbers/<uuid:uuid>/upload/", indicators.upload, name="upload"),
    path("readings/<uuid:uuid>/", indicators.reading, name="reading"),
    path("readings/<uuid:uuid>/correct/", indicators.correct, name="correct"),
    path("<uuid:uuid>/tasks/", obligations.oblige, name="oblige"),
    path("tasks/<uuid:uuid>/", obligations.obligation, name="obligation"),
    path("tasks/<uuid:uuid>/done/", obligations.fulfil, name="fulfil"),
]
