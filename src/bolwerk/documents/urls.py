"""Addresses of documents."""

from django.urls import path

from bolwerk.documents.views import files

app_name = "documents"
urlpatterns = [
    path("<uuid:document_id>/", files.document, name="document"),
    path("<uuid:document_id>/<slug:part>/<str:ticket>/", files.fetch, name="fetch"),
]
