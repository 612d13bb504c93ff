"""Addresses of Veilig werken."""

from django.urls import path, re_path

from bolwerk.incidents.views import documents, exporting, figures, handling, importing, leaving, reporting, setting
from bolwerk.incidents.views.response import ladder, measures, people, track

app_name = "incidents"
urlpatterns = [
    path("", handling.worklist, name="worklist"),
    path("nieuw/", reporting.report, name="report"),
    path("mijn/", reporting.own, name="own"),
    path("mijn/<uuid:incident_id>/", reporting.own_incident, name="own_incident"),
    path("mijn/<uuid:incident_id>/verstuurd/", reporting.receipt, name="receipt"),
    path("mijn/<uuid:incident_id>/aanvullen/", reporting.add_details, name="add_details"),
    path("mijn/<uuid:incident_id>/wie-keek/", reporting.who_looked, name="who_looked"),
    path("export/", exporting.export, name="export"),
    path("export/alles/", leaving.everything, name="everything"),
    re_path(r"^export/schema/(?P<name>reports|benchmark)/$", leaving.schema, name="schema"),
    path("cijfers/<int:year>/vergelijking/", leaving.benchmark, name="benchmark"),
    path("importeren/", importing.choose, name="import"),
    path("importeren/<uuid:file_id>/", importing.preview, name="import_preview"),
    path("importeren/<uuid:file_id>/kolommen/", importing.columns, name="import_columns"),
    path("importeren/<uuid:file_id>/woorden/", importing.words, name="import_words"),
    path("importeren/<uuid:file_id>/weg/", importing.forget, name="import_forget"),
    path("cijfers/", figures.latest, name="figures"),
    path("cijfers/<int:year>/", figures.figures, name="figures_of"),
    path("cijfers/<int:year>/bestand/", figures.figures_file, name="figures_file"),
    path("instellingen/", setting.terms, name="terms"),
    path("instellingen/ladder/", ladder.ladder, name="ladder"),
    path("instellingen/ladder/<slug:step>/", ladder.ladder_step, name="ladder_step"),
    path("instellingen/<slug:duty>/", setting.term, name="term"),
    path("personen/", people.requests, name="people"),
    path("personen/<uuid:perpetrator_id>/", people.known, name="known_person"),
    path("personen/<uuid:perpetrator_id>/samen/", people.merge, name="merge_person"),
    path("<uuid:incident_id>/reactie/", track.track, name="response"),
    path("<uuid:incident_id>/reactie/feiten/", track.findings, name="response_findings"),
    path("<uuid:incident_id>/reactie/horen/", track.hearing, name="response_hearing"),
    path("<uuid:incident_id>/reactie/persoon/", people.person, name="response_person"),
    path("<uuid:incident_id>/reactie/eerder/", people.earlier, name="response_earlier"),
    path("<uuid:incident_id>/reactie/maatregel/", measures.propose, name="propose_measure"),
    path("<uuid:incident_id>/reactie/bezwaar/<uuid:objection_id>/", measures.answer, name="answer_objection"),
    path("<uuid:incident_id>/reactie/<uuid:measure_id>/brief/", measures.letter, name="measure_letter"),
    path("<uuid:incident_id>/reactie/<uuid:measure_id>/bezwaar/", measures.objection, name="object_measure"),
    path("<uuid:incident_id>/reactie/<uuid:measure_id>/<slug:event>/", measures.move, name="move_measure"),
    path("<uuid:incident_id>/", handling.incident, name="incident"),
    path("<uuid:incident_id>/toewijzen/", handling.assign, name="assign"),
    path("<uuid:incident_id>/status/", handling.change_status, name="change_status"),
    path("<uuid:incident_id>/contact/", handling.contact, name="contact"),
    path("<uuid:incident_id>/opvang/", handling.reception_talk, name="reception_talk"),
    path("<uuid:incident_id>/brief/", documents.letter, name="letter"),
    path("<uuid:incident_id>/bestand/", documents.file, name="file"),
    path("<uuid:incident_id>/terugkoppeling/", handling.feedback, name="feedback"),
]
