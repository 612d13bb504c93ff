"""Addresses of documents and letters."""

from django.urls import path

from bolwerk.documents.views import files, letters

app_name = "documents"
urlpatterns = [
    path("brieven/<uuid:letter_id>/", letters.letter, name="letter"),
    path("brieven/<uuid:letter_id>/blad/<int:number>/", letters.page, name="page"),
    path("brieven/<uuid:letter_id>/wijzigen/", letters.write, name="write"),
    path("brieven/<uuid:letter_id>/bewaren/", letters.keep, name="keep"),
    path("brieven/<uuid:letter_id>/weggooien/", letters.drop, name="drop"),
    path("brieven/<uuid:letter_id>/bewerkbaar/", letters.editable, name="editable"),
    path("<uuid:document_id>/", files.document, name="document"),
    path("<uuid:document_id>/weghalen/", files.remove, name="remove"),
    path("<uuid:document_id>/<slug:part>/<str:ticket>/", files.fetch, name="fetch"),
]
