"""The table of kinds. A new kind is one module and one line here."""

from __future__ import annotations

from generator.kinds import (
    agreement,
    border_area,
    country,
    dialogue,
    figure,
    group,
    organisation,
    page,
    programme,
    theme,
)
from generator.model.kind import Kind

KINDS: tuple[Kind, ...] = (
    programme.KIND,
    agreement.KIND,
    dialogue.KIND,
    border_area.KIND,
    country.KIND,
    group.KIND,
    organisation.KIND,
    theme.KIND,
    figure.KIND,
    page.KIND,
)
