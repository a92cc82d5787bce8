"""What every answer keeps: methods, CORS and security headers; and errors told honestly."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from tests.http.browser import Browser, browsing

from glokal.errors import (
    GlokalError,
    NotFound,
    QuerySyntaxError,
    QueryTimeout,
    ReleaseError,
    ServiceBusy,
)
from glokal.web.contract import STANDARD_HEADERS, HttpContract, complete_allow
from glokal.web.problems import handlers

THING = "kommunforbundet/2017-2021/commitment/starka-prognosformagan"
PATHS = [
    ("/", 302),
    ("/sv", 308),
    ("/sv/", 200),
    ("/fi/quality", 200),
    ("/fi/", 200),
    ("/en/", 200),
    ("/robots.txt", 200),
    ("/healthz", 200),
    ("/readyz", 200),
    ("/openapi.json", 200),
    (f"/id/{THING}", 303),
    (f"/doc/{THING}.ttl", 200),
    (f"/doc/{THING}.fi.html", 200),
    ("/def/context.jsonld", 200),
    ("/releases/latest", 302),
    ("/releases/1.0.0/", 200),
    ("/releases/1.0.0/dataset.nq", 200),
    ("/releases/9.9.9/", 404),
    ("/static/nothing.css", 404),
    ("/nothing", 404),
    ("/id/nothing", 404),
]


@pytest.mark.parametrize(("path", "status"), PATHS)
def test_status_and_standard_headers(site: Browser, path: str, status: int) -> None:
    answer = site.get(path)
    assert answer.status_code == status
    for name, value in STANDARD_HEADERS.items():
        assert answer.headers[name] == value
    assert "set-cookie" not in answer.headers
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize(("path", "status"), PATHS)
def test_head_is_get_without_the_body(site: Browser, path: str, status: int) -> None:
    head, get = site.ask("HEAD", path), site.get(path)
    assert head.status_code == status
    assert head.content == b""
    assert head.headers == get.headers


@pytest.mark.parametrize("path", [path for path, _ in PATHS])
def test_options(site: Browser, path: str) -> None:
    answer = site.ask("OPTIONS", path, origin="https://a.example")
    assert answer.status_code == 204
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-max-age"] == "86400"
    for name in ("Accept", "Content-Type", "If-None-Match", "Prefer"):
        assert name in answer.headers["access-control-allow-headers"]


def test_options_of_the_endpoint(site: Browser) -> None:
    assert site.ask("OPTIONS", "/sparql").headers["allow"] == "GET, HEAD, OPTIONS, POST"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_other_methods(site: Browser, method: str) -> None:
    answer = site.ask(method, f"/id/{THING}")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 405


def test_the_host_of_the_request_is_never_used(site: Browser) -> None:
    for path in ("/", "/sv", f"/id/{THING}", "/releases/latest"):
        answer = site.get(path, host="evil.example", x_forwarded_host="evil.example")
        assert answer.headers["location"].startswith("/")
        assert "evil" not in str(answer.headers)


def test_allow_names_what_the_middleware_adds() -> None:
    assert complete_allow("GET, POST") == "GET, HEAD, OPTIONS, POST"
    assert complete_allow("POST") == "OPTIONS, POST"


ERRORS: dict[str, Exception] = {
    "missing": NotFound("Nothing is published at this address."),
    "syntax": QuerySyntaxError("A dot is missing.", line=3, column=7),
    "timeout": QueryTimeout("Stopped after 10 s."),
    "busy": ServiceBusy("All workers are busy."),
    "damaged": ReleaseError("/srv/secret/store cannot be opened"),
    "root": GlokalError("/srv/secret"),
    "bug": RuntimeError("/srv/secret"),
}


class PlainPages:
    """Pages that say only what they were asked for."""

    def home(self, language: str) -> bytes:
        return language.encode()

    def quality(self, language: str) -> bytes:
        return language.encode()

    def thing(self, iri: str, language: str) -> bytes:
        return f"{iri} {language}".encode()

    def error(self, status: int, language: str, path: str) -> bytes:
        return f"{status} {language} {path}".encode()


@pytest.fixture(scope="module")
def failing() -> Iterator[Browser]:
    app = FastAPI(exception_handlers=handlers(PlainPages()))
    app.add_middleware(HttpContract)

    @app.get("/{name:path}")
    def fail(name: str) -> None:
        raise ERRORS[name.removeprefix("fi/")]

    with browsing(app) as browser:
        yield browser


@pytest.mark.parametrize(
    ("name", "status", "members"),
    [
        ("missing", 404, {"title": "Not found", "detail": str(ERRORS["missing"])}),
        ("syntax", 400, {"line": 3, "column": 7, "detail": "A dot is missing."}),
        ("timeout", 504, {"detail": "Stopped after 10 s."}),
        ("busy", 503, {"detail": "All workers are busy."}),
        ("damaged", 503, {"title": "Release not available"}),
        ("root", 500, {"title": "Internal error"}),
        ("bug", 500, {"type": "about:blank", "title": "Internal Server Error"}),
    ],
)
def test_problem_details(
    failing: Browser, name: str, status: int, members: dict[str, object]
) -> None:
    answer = failing.get(f"/{name}", accept="application/json")
    problem = answer.json()
    assert answer.status_code == problem["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["instance"] == f"/{name}"
    assert problem.items() >= members.items()
    assert ("retry-after" in answer.headers) == (status == 503)
    assert ("no-store" in answer.headers["cache-control"]) == (status >= 500)
    for header, value in STANDARD_HEADERS.items():
        assert answer.headers[header] == value


@pytest.mark.parametrize("name", ["damaged", "root", "bug"])
@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_nothing_inside_is_told(failing: Browser, name: str, accept: str) -> None:
    assert "secret" not in failing.get(f"/{name}", accept=accept).text


@pytest.mark.parametrize(
    ("path", "header", "language"),
    [("/busy", "en", "en"), ("/busy", "de", "sv"), ("/fi/busy", "en", "fi")],
)
def test_people_get_a_page(failing: Browser, path: str, header: str, language: str) -> None:
    answer = failing.get(path, accept="text/html, */*;q=0.1", accept_language=header)
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-language"] == language
    assert answer.text == f"503 {language} {path}"
