"""The bundle of the query field is the one that its sources were made into."""

import hashlib
import json
import re
from pathlib import Path

from glokal.serving.pages.frame import EDITOR

SOURCES = Path(__file__).parents[2] / "service" / "editor"
LICENCES = EDITOR.with_name("editor.licences.txt").read_text(encoding="utf-8")
LOCK = json.loads((SOURCES / "package-lock.json").read_text(encoding="utf-8"))


def test_the_bundle_was_made_of_these_sources() -> None:
    """Where this fails, ``make editor`` makes it anew."""
    lines = (SOURCES / "bundle.sha256").read_text(encoding="utf-8").splitlines()
    recorded = {path: checksum for checksum, path in (line.split("  ", 1) for line in lines)}
    found = {path: hashlib.sha256((SOURCES / path).read_bytes()).hexdigest() for path in recorded}
    assert found == recorded
    assert {"editor.js", "package-lock.json"} <= set(recorded)


def test_the_licence_of_each_package_is_kept() -> None:
    listed = re.findall(r"^(@?[\w./-]+) \d+\.\d+\.\d+ \((\S+)\)$", LICENCES, re.MULTILINE)
    assert {licence for _, licence in listed} == {"MIT"}
    runtime = {
        path.removeprefix("node_modules/")
        for path, package in LOCK["packages"].items()
        if path and not package.get("dev")
    }
    assert {name for name, _ in listed} <= runtime
    assert {"codemirror-lang-sparql", "@codemirror/view", "@lezer/lr"} <= {n for n, _ in listed}
    assert LICENCES.count("Permission is hereby granted") == len(listed)


def test_the_lock_file_names_no_registry_but_the_public_one() -> None:
    for path, package in LOCK["packages"].items():
        if path:
            assert package["integrity"].startswith("sha512-"), path
            address = package.get("resolved", "https://registry.npmjs.org/")
            assert address.startswith("https://registry.npmjs.org/"), path
