"""What a flow can be asked to do: one validated model a flow."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from flows.extract.limits import Limits


class RunParameters(BaseModel):
    """Parameters of a run.

    `inputs` are files, folders or globs; none: the samples. `batch_records` is the unit of work, of retry and of
    resume; neither it nor `workers` changes any row.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    inputs: tuple[str, ...] = Field(default=(), description="Files, folders or globs; none: seeds/raw.")
    warehouse: Path = Field(default=Path("warehouse/data"), description="The warehouse folder.")
    workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1, le=256, description="Processes.")
    batch_records: int = Field(default=500, ge=1, le=20_000, description="Records a batch, at most.")
    batch_bytes: int = Field(default=16_000_000, ge=1, description="Bytes of payload a batch, about.")
    limits: Limits = Field(default_factory=Limits, description="Bounds of what one record or file may cost.")


class CheckParameters(BaseModel):
    """Parameters of a check."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    warehouse: Path = Field(default=Path("warehouse/data"), description="The warehouse folder.")
