"""Addresses of the Informatieknooppunt."""

from django.urls import path

from bolwerk.hub.views import assessments, exclusions, findings, jobs, outlook, sources, taking_out, yields

app_name = "hub"
urlpatterns = [
    path("", findings.findings, name="findings"),
    path("export/", findings.export, name="export"),
    path("kaart/punten/", findings.points, name="points"),
    path("kaart/bebouwing/", findings.ground, name="ground"),
    path("kaart/grenzen/", findings.borders, name="borders"),
    path("kaart/panden/", findings.buildings, name="buildings"),
    path("signaal/<uuid:finding_id>/", findings.finding, name="finding"),
    path("signaal/<uuid:finding_id>/beoordelen/", findings.review, name="review"),
    path("signaal/<uuid:finding_id>/uitsluiten/", exclusions.leave_out, name="leave_out"),
    path("signaal/<uuid:finding_id>/riec/", taking_out.riec, name="riec"),
    path("uitsluitingen/", exclusions.exclusions, name="exclusions"),
    path("uitsluitingen/nieuw/", exclusions.new_exclusion, name="new_exclusion"),
    path("uitsluitingen/<uuid:exclusion_id>/", exclusions.end_exclusion, name="end_exclusion"),
    path("registers/inlezen/", jobs.read, name="read"),
    path("registers/zoeken/", jobs.run, name="run"),
    path("registers/", sources.sources, name="sources"),
    path("registers/kvk/zonder-adres/", sources.without_object, name="without_object"),
    path("registers/<slug:code>/", sources.source, name="source"),
    path("registers/<slug:code>/dpia/", assessments.assess, name="assess"),
    path("registers/<slug:code>/schakelen/", sources.switch, name="switch"),
    path("registers/<slug:code>/geweigerd/", sources.left_out, name="left_out"),
    path("terugmeldingen/", taking_out.errors, name="errors"),
    path("registers/<slug:rule>/algoritmeregister/", taking_out.register_record, name="register_record"),
    path("registers/<slug:rule>/stand/", yields.move, name="move"),
    path("vooruitblik/", outlook.outlook, name="outlook"),
    path("vooruitblik/nieuw/", outlook.new_study, name="new_study"),
    path("vooruitblik/<slug:about>/", outlook.outlook, name="outlook_of"),
    path("vooruitblik/<slug:about>/bestand/", outlook.outlook_file, name="outlook_file"),
    path("opbrengst/", yields.yields, name="yields"),
    path("werklijsten/", yields.worklists, name="worklists"),
    path("werklijsten/nieuw/", yields.new_worklist, name="new_worklist"),
    path("werklijsten/<uuid:list_id>/", yields.worklist, name="worklist"),
    path("werklijsten/object/<uuid:item_id>/", yields.look, name="look"),
    path("werk/", jobs.jobs, name="jobs"),
    path("werk/<uuid:job_id>/", jobs.job, name="job"),
    path("dpia/<uuid:assessment_id>/", assessments.assessment, name="assessment"),
    path("dpia/<uuid:assessment_id>/oordeel/", assessments.decide, name="decide"),
]
