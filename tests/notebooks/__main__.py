"""`python -m tests.notebooks [FILE]...`: run the notebooks and store what they show, in place, one after the other."""

import sys
from pathlib import Path

import nbformat

from tests.notebooks.running import NOTEBOOKS, executed

for file in [Path(name) for name in sys.argv[1:]] or sorted(NOTEBOOKS.glob("*.ipynb")):
    nbformat.write(executed(file), file)
    sys.stdout.write(f"{file.name}: {file.stat().st_size // 1024} kB\n")
