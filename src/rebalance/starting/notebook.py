"""A notebook from a text in Markdown: every block of Python is a cell, and what stands between is one too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

BLOCK = re.compile(r"^```python\n(.*?)^```\n", re.DOTALL | re.MULTILINE)


def notebook(text: str) -> str:
    """The notebook's file, with nothing run yet."""
    cells = [{"id": f"cell-{number}", "metadata": {}, **cell} for number, cell in enumerate(_cells(text), 1)]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    about = {"kernelspec": kernel, "language_info": {"name": "python"}}
    whole = {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _cells(text: str) -> Iterator[dict[str, Any]]:
    for number, part in enumerate(BLOCK.split(text)):
        source = part.strip("\n").splitlines(keepends=True)
        if source and number % 2:
            yield {"cell_type": "code", "execution_count": None, "outputs": [], "source": source}
        elif source:
            yield {"cell_type": "markdown", "source": source}
