"""The command line: check, build, serve, format, export, and what helps to write sources."""

import logging
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from rich.console import Console
from rich.text import Text

from glokal import __version__
from glokal.app import create_app
from glokal.cli import authoring
from glokal.errors import CannotStart, GlokalError, SourcesUnreadable
from glokal.formats import DATA_FORMATS, TURTLE
from glokal.publishing.cache import check_writable, rebased_release, release_of
from glokal.publishing.exports import report_turtle
from glokal.publishing.findings import Refused, Report
from glokal.publishing.formatting import rewrite, unformatted
from glokal.publishing.publish import Progress, build, dump_files, prepare
from glokal.publishing.sources import find_root, load
from glokal.publishing.summary import lines
from glokal.publishing.validation import validate
from glokal.release import Release, open_release
from glokal.settings import Settings
from glokal.terms import BASE

FORMAT_KEYS = tuple(fmt.key for fmt in DATA_FORMATS)
STYLES = {"file": "bold", "Violation": "red", "Warning": "yellow", "Info": "cyan", "text": ""}

app = typer.Typer(
    help="Publish a strategy as a validated knowledge graph, and serve it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Language(StrEnum):
    """A language of the messages."""

    sv = "sv"
    fi = "fi"
    en = "en"


class ReportFormat(StrEnum):
    """A form of the validation report."""

    text = "text"
    json = "json"
    turtle = "turtle"


def _setting(name: str) -> str:
    """The help of an option that stands for a setting: the setting's own words."""
    return f"{Settings.model_fields[name].description} (GLOKAL_{name.upper()})"


Directory = Annotated[
    Path | None,
    typer.Argument(
        metavar="[DIR]",
        help="Folder of ontology/, data/ and shapes/; by default the current one, or else the "
        "sources that came with the program.",
        show_default=False,
    ),
]
Base = Annotated[str | None, typer.Option(help=_setting("base"))]
Version = Annotated[str | None, typer.Option(help="Version, as 1.0.0; default: publication.toml.")]


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; a known cause of failure is one line, never a traceback.

    Raises:
        SystemExit: always; 0 conforms or done, 1 findings or refused, 2 sources unreadable
            or a wrong option.
    """
    # rdflib logs ill-typed literals with a traceback; they are findings, told as such.
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)
    try:
        app(args=arguments)
    except GlokalError as error:
        _tell(error)
        sys.exit(error.exit_code)


@app.callback(invoke_without_command=True)
def glokal(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Publish a strategy as a validated knowledge graph, and serve it."""
    if version:
        typer.echo(f"glokal {__version__}")
        raise typer.Exit


@app.command()
def check(
    directory: Directory = None,
    lang: Annotated[Language, typer.Option(help="Language of the messages.")] = Language.en,
    format: Annotated[ReportFormat, typer.Option(help="Form of the report.")] = ReportFormat.text,
) -> None:
    """Validate the sources and print every finding."""
    with _progress() as progress:
        progress("Reading the sources")
        sources = load(find_root(directory))
        progress("Checking them against the shapes")
        report = validate(sources)
    if format is ReportFormat.json:
        _write(report.to_json())
    elif format is ReportFormat.turtle:
        _write(report_turtle(report, f"{BASE}id/report", BASE))
    else:
        _show(report, lang, Console(soft_wrap=True))
    raise typer.Exit(0 if report.conforms else 1)


@app.command(name="build")
def build_release(
    directory: Directory = None,
    version: Version = None,
    releases: Annotated[Path, typer.Option(help="Folder of all releases.")] = Path("releases"),
    base: Base = None,
) -> None:
    """Validate the sources and write an immutable release."""
    root = find_root(directory)
    check_writable(releases)
    with _progress() as progress:
        made = build(root, releases, version, _base(_settings(base=base)), progress)
    manifest = made.manifest
    typer.echo(f"{made.path}: {manifest.counts['triples']} triples, digest {manifest.digest}")


@app.command()
def serve(
    directory: Directory = None,
    release: Annotated[
        Path | None, typer.Option(help="Folder of a release; default: one built from DIR.")
    ] = None,
    host: Annotated[str | None, typer.Option(help=_setting("host"))] = None,
    port: Annotated[int | None, typer.Option(help=_setting("port"))] = None,
    base: Base = None,
    workers: Annotated[int | None, typer.Option(help=_setting("workers"))] = None,
    cache: Annotated[Path | None, typer.Option(help=_setting("cache"))] = None,
) -> None:
    """Serve a release over HTTP; build it first where there is none."""
    settings = _settings(host=host, port=port, base=base, workers=workers, cache=cache)
    # The port is taken before anything is built, and kept until the server has it.
    with _bound(settings) as listener:
        with _progress() as progress:
            served = _release(directory, release, settings, progress)
            progress("Starting")
            app_ = create_app(served, settings)
        config = uvicorn.Config(app_, log_level="warning", access_log=False, server_header=False)
        with suppress(KeyboardInterrupt):
            _Server(config, _greeting(served, settings, listener)).run(sockets=[listener])


@app.command(name="format")
def format_sources(
    directory: Directory = None,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; list the files that would change.")
    ] = False,
) -> None:
    """Write every Turtle file in its one layout."""
    root = find_root(directory)
    changed = unformatted(root)
    for path in changed:
        typer.echo(path.relative_to(root).as_posix())
    if check:
        raise typer.Exit(1 if changed else 0)
    rewrite(changed)


@app.command()
def export(
    directory: Directory = None,
    to: Annotated[str, typer.Option(help="A folder, or - for standard output.")] = "-",
    format: Annotated[
        str | None,
        typer.Option(help=f"One of {', '.join(FORMAT_KEYS)}; default: all, on output Turtle."),
    ] = None,
    version: Version = None,
    base: Base = None,
) -> None:
    """Write the whole dataset in one format or in all, without making a release."""
    if format is not None and format not in FORMAT_KEYS:
        raise typer.BadParameter(f"{format} is none of {', '.join(FORMAT_KEYS)}")
    root = find_root(directory)
    if to != "-":
        check_writable(Path(to))
    with _progress() as progress:
        edition = prepare(root, version, _base(_settings(base=base)), progress)
        progress("Writing the dumps")
        if to == "-":
            _write(*dump_files(edition, (format or TURTLE.key,)).values())
            return
        for name, content in dump_files(edition, (format,) if format else ()).items():
            Path(to, name).write_bytes(content)


for command in authoring.COMMANDS:
    app.command()(command)


class _Server(uvicorn.Server):
    """A server that says where it is, once it really is there."""

    def __init__(self, config: uvicorn.Config, greeting: str) -> None:
        super().__init__(config)
        self._greeting = greeting

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            typer.echo(self._greeting)


def _greeting(release: Release, settings: Settings, listener: socket.socket) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    manifest = release.manifest
    name = f"{manifest.publication['name']} {manifest.version}, base {manifest.base}"
    return f"Glokal {__version__} at http://{host}:{listener.getsockname()[1]}/ ({name})"


def _release(
    directory: Path | None, folder: Path | None, settings: Settings, progress: Progress
) -> Release:
    base = _base(settings)
    if folder is None:
        return release_of(find_root(directory), settings.cache, base, progress)
    progress("Verifying the release")
    release = open_release(folder)
    return rebased_release(release, settings.cache, base, progress) if base else release


@contextmanager
def _bound(settings: Settings) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
        except OSError as error:
            raise CannotStart(
                f"cannot listen on {settings.host} port {settings.port}: {error.strerror}"
            ) from error
        yield listener


def _settings(**options: object) -> Settings:
    try:
        given = {name: value for name, value in options.items() if value is not None}
        return Settings.model_validate(given)
    except ValueError as error:
        raise CannotStart(" ".join(str(error).split())) from error


def _base(settings: Settings) -> str | None:
    base = str(settings.base) if settings.base else None
    return base if base is None or base.endswith("/") else f"{base}/"


@contextmanager
def _progress() -> Iterator[Progress]:
    """Show the running step where a person watches; elsewhere say nothing."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda step: None
        return
    with console.status("") as status:
        yield status.update


def _show(report: Report, language: Language, console: Console) -> None:
    for style, line in lines(report, language):
        console.print(Text(line, STYLES.get(style, "bold")))


def _tell(error: GlokalError) -> None:
    console = Console(stderr=True, soft_wrap=True)
    if isinstance(error, Refused):
        _show(error.report, Language.en, console)
    problems = error.problems if isinstance(error, SourcesUnreadable) else (error,)
    for problem in problems:
        console.print(Text(f"glokal: {problem}", "red"))


def _write(*contents: bytes) -> None:
    for content in contents:
        sys.stdout.buffer.write(content)
