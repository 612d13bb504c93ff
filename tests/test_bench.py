"""How benchmarks are asked for; what they measure is no test."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.bench import __main__ as bench


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The modules that would have run."""
    names: list[str] = []

    def run(command: list[str], *, check: bool) -> SimpleNamespace:
        names.append(command[-1])
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(bench, "FOLDER", tmp_path)
    return names


@pytest.mark.parametrize("name", ["ingest-bag", "ingest_bag", "bench_ingest_bag"])
def test_a_benchmark_is_named_with_or_without_what_comes_before(started: list[str], name: str) -> None:
    assert bench.main([name]) == 0
    assert started == ["tests.bench.bench_ingest_bag"]


def test_without_a_name_all_of_them_run(started: list[str]) -> None:
    assert bench.main([]) == 0
    assert started == [f"tests.bench.{name}" for name in bench.BENCHMARKS]


def test_an_unknown_name_is_wrong_use_and_nothing_runs(started: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["audit", "ingest-bags"]) == 2
    assert started == []
    said = capsys.readouterr().err
    assert said.startswith("There is no benchmark “ingest-bags”. There are: ")
    assert "ingest-bag," in said
    assert sys.executable not in said
