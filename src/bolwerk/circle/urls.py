"""Addresses of the learning circle: a list for each part."""

from django.urls import path

from bolwerk.circle.views import (
    adoptions,
    benchmark,
    card_writing,
    cards,
    case_writing,
    cases,
    circles,
    exchange,
    harvest,
    methods,
    people,
    publications,
    questions,
    sessions,
    trusted_keys,
)

app_name = "circle"
CIRCLES = [
    path("", circles.circles, name="circles"),
    path("nieuw/", circles.found, name="found"),
    path("uitnodiging/<str:link>/", people.invitation, name="invitation"),
    path("<uuid:circle_id>/", circles.circle, name="circle"),
    path("<uuid:circle_id>/wijzigen/", circles.change, name="change"),
    path("<uuid:circle_id>/sluiten/", circles.close, name="close"),
    path("<uuid:circle_id>/begeleiders/", circles.leaders, name="leaders"),
    path("<uuid:circle_id>/begeleiders/stoppen/", circles.stop_leading, name="stop_leading"),
    path("<uuid:circle_id>/deelnemers/", people.people, name="people"),
    path("<uuid:circle_id>/deelnemers/<uuid:member_id>/uitnodigen/", people.invite, name="invite"),
    path("<uuid:circle_id>/deelnemers/<uuid:member_id>/stopt/", people.end_member, name="end_member"),
    path("<uuid:circle_id>/deelnemers/<uuid:participant_id>/eruit/", people.take_out, name="take_out"),
    path("<uuid:circle_id>/huisregels/", people.rules, name="rules"),
    path("<uuid:circle_id>/vertrekken/", people.leave, name="leave"),
]
EXCHANGE = [
    path("uitwisseling/", exchange.exchange, name="exchange"),
    path("uitwisseling/inbrengen/", exchange.upload, name="upload"),
    path("uitwisseling/ophalen/<uuid:key_id>/", exchange.fetch, name="fetch"),
    path("uitwisseling/binnen/<uuid:incoming_id>/", exchange.incoming, name="incoming"),
    path("uitwisseling/binnen/<uuid:incoming_id>/weg/", exchange.drop, name="drop"),
    path("uitwisseling/kopie/<uuid:received_id>/", exchange.received, name="received"),
    path("uitwisseling/kopie/<uuid:received_id>/wijzigen/", exchange.change, name="change_copy"),
    path("uitwisseling/cijfers/", exchange.send_figures, name="send_figures"),
    path("uitwisseling/eruit/<uuid:issued_id>/", exchange.leaving, name="leaving"),
    path("uitwisseling/eruit/<uuid:issued_id>/bestand/", exchange.leaving_file, name="leaving_file"),
    path("uitwisseling/eruit/<uuid:issued_id>/terugnemen/", exchange.withdraw, name="withdraw"),
    path("uitwisseling/sleutels/", trusted_keys.trusted_keys, name="trusted_keys"),
    path("uitwisseling/sleutels/<uuid:key_id>/", trusted_keys.trusted_key, name="trusted_key"),
    path("uitwisseling/sleutels/<uuid:key_id>/intrekken/", trusted_keys.revoke, name="revoke_key"),
    path("aanbod/index.json", exchange.feed, name="feed"),
    path("aanbod/schema/<slug:name>.json", exchange.schema, name="bundle_schema"),
    path("aanbod/<str:file>", exchange.feed_file, name="feed_file"),
]
LIBRARY = [
    path("kaarten/", cards.cards, name="cards"),
    path("kaarten/vergelijken/", cards.compare, name="compare_cards"),
    path("kaarten/nieuw/", card_writing.new_card, name="new_card"),
    path("kaarten/overnames/", adoptions.adoptions, name="adoptions"),
    path("kaarten/overnames/<uuid:adoption_id>/", adoptions.adoption, name="adoption"),
    path("kaarten/overnames/<uuid:adoption_id>/hoe/", adoptions.adoption_plan, name="adoption_plan"),
    path("kaarten/overnames/<uuid:adoption_id>/uitkomst/", adoptions.adoption_result, name="adoption_result"),
    path("kaarten/overnames/<uuid:adoption_id>/<slug:move>/", adoptions.adoption_move, name="adoption_move"),
    path("kaarten/wie-gebruikt-wat/", adoptions.who_uses_what, name="who_uses_what"),
    path("kaarten/gezocht/", adoptions.wishes, name="wishes"),
    path("kaarten/gezocht/<uuid:wish_id>/ook/", adoptions.second_wish, name="second_wish"),
    path("kaarten/<uuid:card_id>/", cards.card, name="card"),
    path("kaarten/<uuid:card_id>/afdrukken/", cards.card_print, name="card_print"),
    path("kaarten/<uuid:card_id>/versie/<int:number>/", cards.card_version, name="card_version"),
    path("kaarten/<uuid:card_id>/overnemen/", adoptions.take_over, name="take_over"),
    path("kaarten/<uuid:card_id>/bellen/", cards.call, name="card_call"),
    path("kaarten/<uuid:card_id>/niet-bellen/", cards.no_calls, name="card_no_calls"),
    path("kaarten/<uuid:card_id>/concept/", card_writing.card_draft, name="card_draft"),
    path("kaarten/<uuid:card_id>/schrijven/", card_writing.write_card, name="write_card"),
    path("kaarten/<uuid:card_id>/vertalen/", card_writing.translate_card, name="translate_card"),
    path("kaarten/<uuid:card_id>/bestanden/", card_writing.card_files, name="card_files"),
    path("kaarten/<uuid:card_id>/intrekken/", card_writing.withdraw_card, name="withdraw_card"),
]
QUESTIONS = [
    path("<uuid:circle_id>/vragen/", questions.questions, name="questions"),
    path("<uuid:circle_id>/vragen/nieuw/", questions.ask, name="ask"),
    path("vragen/<uuid:question_id>/", questions.question, name="question"),
    path("vragen/<uuid:question_id>/opgelost/", questions.solve, name="solve_question"),
]
SESSIONS = [
    path("<uuid:circle_id>/bijeenkomsten/", sessions.sessions, name="sessions"),
    path("<uuid:circle_id>/bijeenkomsten/nieuw/", sessions.plan_session, name="plan_session"),
    path("<uuid:circle_id>/bijeenkomsten/<uuid:session_id>/", sessions.session, name="session"),
    path("<uuid:circle_id>/bijeenkomsten/<uuid:session_id>/dag/", sessions.choose_day, name="choose_day"),
    path(
        "<uuid:circle_id>/bijeenkomsten/<uuid:session_id>/agenda/", sessions.session_calendar, name="session_calendar"
    ),
    path("<uuid:circle_id>/bijeenkomsten/<uuid:session_id>/scherm/", sessions.session_screen, name="session_screen"),
    path("<uuid:circle_id>/bijeenkomsten/<uuid:session_id>/stand/", sessions.session_version, name="session_version"),
    path("<uuid:circle_id>/bijeenkomsten/<uuid:session_id>/opschrijven/", harvest.capture, name="capture"),
    path("<uuid:circle_id>/bijeenkomsten/<uuid:session_id>/vragen/", harvest.rate, name="rate"),
    path("<uuid:circle_id>/bijeenkomsten/<uuid:session_id>/vragen/sluiten/", harvest.close_rating, name="close_rating"),
    path("<uuid:circle_id>/bijeenkomsten/<uuid:session_id>/verslag/", harvest.minutes, name="minutes"),
    path("<uuid:circle_id>/bijeenkomsten/<uuid:session_id>/<slug:move>/", sessions.move_session, name="move_session"),
    path("<uuid:circle_id>/beloften/<uuid:harvest_id>/", harvest.promise, name="promise"),
    path("<uuid:circle_id>/citaten/<uuid:harvest_id>/<slug:answer>/", harvest.consent, name="consent"),
]
METHODS = [
    path("<uuid:circle_id>/methoden/", methods.methods, name="methods"),
    path("<uuid:circle_id>/methoden/<slug:method_code>/", methods.method, name="method"),
    path("<uuid:circle_id>/methoden/<slug:method_code>/afdrukken/", methods.method_print, name="method_print"),
]
CASES = [
    path("<uuid:circle_id>/casussen/", cases.cases, name="cases"),
    path("<uuid:circle_id>/casussen/nieuw/", case_writing.new_case, name="new_case"),
    path("<uuid:circle_id>/casussen/lijst/", case_writing.own_words, name="own_words"),
    path("<uuid:circle_id>/casussen/lijst/<uuid:word_id>/weg/", case_writing.drop_own_word, name="drop_own_word"),
    path("<uuid:circle_id>/casussen/concept/<uuid:draft_id>/", case_writing.check_case, name="check_case"),
    path("<uuid:circle_id>/casussen/concept/<uuid:draft_id>/schrijven/", case_writing.write_case, name="write_case"),
    path("<uuid:circle_id>/casussen/concept/<uuid:draft_id>/delen/", case_writing.share_case, name="share_case"),
    path("<uuid:circle_id>/casussen/concept/<uuid:draft_id>/weg/", case_writing.throw_away_case, name="throw_away"),
    path("<uuid:circle_id>/casussen/<uuid:case_id>/", cases.case, name="case"),
    path("<uuid:circle_id>/casussen/<uuid:case_id>/plannen/", cases.plan_case, name="plan_case"),
    path("<uuid:circle_id>/casussen/<uuid:case_id>/wijzigen/", cases.change_case, name="change_case"),
    path("<uuid:circle_id>/casussen/<uuid:case_id>/terugnemen/", cases.withdraw_case, name="withdraw_case"),
]
PUBLICATION = [
    path("<uuid:circle_id>/cijfers/", benchmark.figures, name="figures"),
    path("<uuid:circle_id>/cijfers/<int:year>/uitbrengen/", benchmark.publish, name="publish_figures"),
    path("<uuid:circle_id>/uitgave/", publications.publication, name="publication"),
    path("<uuid:circle_id>/uitgave/<uuid:edition_id>/", publications.edition, name="edition"),
    path("<uuid:circle_id>/uitgave/<uuid:edition_id>/nieuw/", publications.add_item, name="add_item"),
    path("<uuid:circle_id>/uitgave/<uuid:edition_id>/<uuid:entry_id>/", publications.change_item, name="change_item"),
    path("<uuid:circle_id>/uitgave/<uuid:edition_id>/uitbrengen/", publications.bring_out, name="bring_out"),
    path("<uuid:circle_id>/uitgave/<uuid:edition_id>/pdf/", publications.edition_pdf, name="edition_pdf"),
    path("<uuid:circle_id>/uitgave/<uuid:edition_id>/website/", publications.edition_site, name="edition_site"),
]
urlpatterns = [*QUESTIONS, *CIRCLES, *SESSIONS, *METHODS, *CASES, *LIBRARY, *EXCHANGE, *PUBLICATION]
