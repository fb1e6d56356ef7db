"""The pages that say what the code says, written from it each time the guide is built."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sphinx.application import Sphinx

from docs.pages import mathml
from docs.pages.analyst import analyst_pages
from docs.pages.commands import command_pages
from docs.pages.parts import goal_pages, rule_pages
from docs.pages.plan_file import plan_file_pages
from docs.pages.tables import table_pages

FOLDER = "generated"


def pages() -> Mapping[str, str]:
    """Every generated page by its path below the folder of generated pages."""
    writers = (rule_pages, goal_pages, table_pages, plan_file_pages, command_pages, analyst_pages)
    return {path: text for writer in writers for path, text in writer().items()}


def setup(app: Sphinx) -> Mapping[str, bool]:
    """Write the pages before any is read; show formulas as MathML."""
    app.connect("builder-inited", _write)
    visit = ((mathml.visit_inline, None), (mathml.visit_display, None))
    app.add_html_math_renderer("mathml", *visit)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _write(app: Sphinx) -> None:
    """Write what has changed, so that a second build is quick; take away what is no longer there."""
    folder, wanted = Path(app.srcdir) / FOLDER, pages()
    for path, text in wanted.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
    for file in folder.rglob("*.*"):
        if file.is_file() and file.relative_to(folder).as_posix() not in wanted:
            file.unlink()
