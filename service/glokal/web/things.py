"""Things, definitions and the documents about them.

``/id/…``, ``/def/…`` and ``/doc/…`` without an ending answer 303 by what the client asks for;
``/doc/….ttl`` and its kin answer 200 and are never negotiated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from glokal.errors import NotAcceptable
from glokal.formats import DATA_FORMATS, HTML, JSONLD, Format, by_suffix
from glokal.rdf import serialise
from glokal.serving.addresses import DEFINITIONS, THINGS, document_path, thing_iri
from glokal.serving.describe import Documents
from glokal.serving.negotiate import by_name, choose, choose_language
from glokal.web.links import alternates, document_links, forms, link
from glokal.web.responses import NEGOTIATED, Edition, Pages, redirect, representation
from glokal.web.routes import get_router

OFFERS = (*DATA_FORMATS, HTML)
CONTEXT = "context.jsonld"


@dataclass(frozen=True)
class Things:
    """The endpoints, with what they answer from; ``context`` is the published JSON-LD context."""

    documents: Documents
    pages: Pages
    edition: Edition
    context: Mapping[str, Any]
    context_file: bytes

    def identify(self, path: str, request: Request) -> Response:
        """``/id/{path}``: see the document about a thing."""
        return self._see_other(self.documents.base + THINGS + path, request)

    def define(self, path: str, request: Request) -> Response:
        """``/def/{path}``: see the document about an ontology, scheme or concept."""
        if path == CONTEXT:
            return representation(
                request, self.edition, JSONLD.content_type, lambda: self.context_file
            )
        return self._see_other(self.documents.base + DEFINITIONS + path, request)

    def document(self, path: str, request: Request) -> Response:
        """``/doc/{path}``: a document in the form that the ending names."""
        name, fmt, language = by_suffix(path)
        iri = thing_iri(name, self.documents.base)
        if fmt is None:
            return self._see_other(iri, request)
        thing = self.documents.resolve(iri)
        if thing != iri:  # a version IRI: its document is that of the ontology
            return redirect(303, document_path(thing, self.documents.base, fmt, language))
        return representation(
            request,
            self.edition,
            fmt.content_type,
            lambda: self._render(thing, fmt, language),
            language=language,
            links=document_links(self.documents, thing, fmt, language),
        )

    def _render(self, thing: str, fmt: Format, language: str | None) -> bytes:
        if language is not None:
            return self.pages.thing(thing, language)
        quads = self.documents.describe(thing)
        return serialise(quads, fmt, self.context, self.documents.base)

    def _see_other(self, iri: str, request: Request) -> Response:
        thing = self.documents.resolve(iri)
        base = self.documents.base
        fmt = self._wanted(thing, request)
        language = choose_language(request.headers.get("accept-language"))
        return redirect(
            303,
            document_path(thing, base, fmt, language),
            vary=NEGOTIATED,
            links=[*alternates(thing, base), link(thing, "cite-as")],
        )

    def _wanted(self, thing: str, request: Request) -> Format:
        name = request.query_params.get("format")
        accept = request.headers.get("accept")
        fmt = by_name(name, OFFERS) if name else choose(accept, OFFERS)
        if fmt is None:
            raise NotAcceptable(
                f"This is not to be had as {name or accept}; see the alternatives.",
                tuple(
                    (document_path(thing, self.documents.base, form, language), form.media_type)
                    for form, language in forms()
                ),
            )
        return fmt


def router(things: Things) -> APIRouter:
    """The routes of the things."""
    return get_router(
        ("/id/{path:path}", things.identify, "A thing: 303 to a document about it"),
        ("/def/{path:path}", things.define, "A definition: 303 to a document about it"),
        ("/doc/{path:path}", things.document, "A document about a thing or a definition"),
    )
