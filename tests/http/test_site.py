"""The front door, the home pages, the static files, the releases, the operation."""

import hashlib
from pathlib import Path

import pytest
from tests.http.browser import Browser

from glokal.formats import LANGUAGES
from glokal.release import Release
from glokal.web.site import read_static


@pytest.mark.parametrize(
    ("header", "language"), [("fi", "fi"), ("en-GB, sv;q=0.5", "en"), ("", "sv")]
)
def test_the_front_door_speaks_the_readers_language(
    site: Browser, header: str, language: str
) -> None:
    answer = site.get("/", accept_language=header)
    assert (answer.status_code, answer.headers["location"]) == (302, f"/{language}/")
    assert answer.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize("language", LANGUAGES)
def test_home(site: Browser, language: str) -> None:
    answer = site.get(f"/{language}/")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-language"] == language
    others = [other for other in LANGUAGES if other != language]
    for other in others:
        assert f'</{other}/>; rel="alternate"; hreflang="{other}"' in answer.headers["link"]
    assert site.get(f"/{language}").headers["location"] == f"/{language}/"


def test_static_files_are_found_below_their_folder_only(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "site.css").write_text("body {}")
    (tmp_path / "fonts" / "a.woff2").write_bytes(b"font")
    (tmp_path / "notes.py").write_text("secret")
    files = read_static(tmp_path)
    assert {name: file.content_type for name, file in files.items()} == {
        "site.css": "text/css; charset=utf-8",
        "fonts/a.woff2": "font/woff2",
    }


def test_static_files(site: Browser) -> None:
    static = Path(__file__).parents[2] / "service" / "glokal" / "static"
    names = sorted(read_static(static))
    assert names
    for name in names:
        answer = site.get(f"/static/{name}")
        assert answer.status_code == 200
        assert answer.content == (static / name).read_bytes()
        assert "max-age" in answer.headers["cache-control"]
        again = site.get(f"/static/{name}", if_none_match=answer.headers["etag"])
        assert again.status_code == 304


def test_static_files_are_sent_in_the_coding_that_the_client_likes_best(site: Browser) -> None:
    tags = set()
    for accepted, coding in (("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0, *", "gzip")):
        answer = site.get("/static/editor.js", accept_encoding=accepted, range="bytes=0-")
        assert answer.headers["content-encoding"] == coding
        assert answer.headers["vary"] == "Accept-Encoding"
        tags.add(answer.headers["etag"])
    plain = site.get("/static/editor.js")
    assert "content-encoding" not in plain.headers
    assert len({*tags, plain.headers["etag"]}) == 3
    squeezed = site.get("/static/editor.js", accept_encoding="gzip")
    assert squeezed.content == plain.content


@pytest.mark.parametrize("name", ["../app.py", "..%2fapp.py", "%2e%2e/app.py", "nothing.css", ""])
def test_no_other_files(site: Browser, name: str) -> None:
    assert site.get(f"/static/{name}").status_code == 404


def test_latest_release(site: Browser, release: Release) -> None:
    answer = site.get("/releases/latest")
    version = release.manifest.version
    assert (answer.status_code, answer.headers["location"]) == (302, f"/releases/{version}/")
    assert site.get(f"/releases/{version}/").content == release.manifest.to_json()
    for name in ("", "manifest.json", "dataset.ttl"):
        location = site.get(f"/releases/latest/{name}").headers["location"]
        assert location == f"/releases/{version}/{name}"
    assert site.get("/releases/latest/nothing").status_code == 404


def test_every_file_of_the_release(site: Browser, release: Release) -> None:
    version = release.manifest.version
    assert release.manifest.files
    for file in release.manifest.files:
        answer = site.get(f"/releases/{version}/{file.name}", accept_encoding="gzip")
        assert answer.status_code == 200
        assert hashlib.sha256(answer.content).hexdigest() == file.sha256
        assert answer.headers["etag"] == f'"{file.sha256}"'
        assert answer.headers["content-type"].partition(";")[0] == file.media_type.partition(";")[0]
        assert "immutable" in answer.headers["cache-control"]
        again = site.get(f"/releases/{version}/{file.name}", if_none_match=f'"{file.sha256}"')
        assert again.status_code == 304


def test_a_part_of_a_file(site: Browser, release: Release) -> None:
    path = f"/releases/{release.manifest.version}/dataset.nq"
    answer = site.get(path, range="bytes=0-9")
    assert answer.status_code == 206
    assert answer.content == (release.path / "dataset.nq").read_bytes()[:10]


@pytest.mark.parametrize(
    "path",
    ["store.sha256", "store/CURRENT", "..%2f1.0.0%2fmanifest.json", "%2e%2e%2fmanifest.json", "no"],
)
def test_no_other_file_of_the_release(site: Browser, release: Release, path: str) -> None:
    assert site.get(f"/releases/{release.manifest.version}/{path}").status_code == 404


def test_operation(site: Browser, release: Release) -> None:
    assert site.get("/healthz").json() == {"status": "ok"}
    ready = site.get("/readyz")
    assert ready.headers["cache-control"] == "no-store"
    told = ready.json()
    assert set(told.pop("isolation")) == {
        "guard",
        "descriptors",
        "network_namespace",
        "system_calls",
    }
    assert told == {
        "status": "ready",
        "release": release.manifest.version,
        "digest": release.manifest.digest,
    }
