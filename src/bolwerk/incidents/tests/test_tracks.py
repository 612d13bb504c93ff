"""Tracks: who sees which tab of an incident."""

from bolwerk.incidents.queries.tracks import PAGES
from bolwerk.incidents.rules import HANDLERS, TRACK_READERS, Hat, Track, tracks_for


def test_every_track_has_readers_and_a_page() -> None:
    assert TRACK_READERS.keys() == PAGES.keys() == set(Track)
    assert all(TRACK_READERS.values())


def test_whoever_reported_it_sees_no_track_of_the_handlers() -> None:
    assert tracks_for(frozenset({Hat.REPORTER})) == []


def test_a_handler_reads_the_report_first() -> None:
    assert {tracks_for(frozenset({hat}))[0] for hat in HANDLERS} == {Track.REPORT}
