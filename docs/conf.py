"""How the guide is built: Sphinx reads Markdown (MyST) and notebooks; nothing on the site is fetched from elsewhere."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

project = "rebalance"
html_title = "rebalance"
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "docs.pages"]
exclude_patterns = ["pages"]

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
nb_execution_mode = "off"  # notebooks are shown with the outputs stored in them; tests execute them

autodoc_member_order = "bysource"
autodoc_typehints = "description"
default_role = "literal"  # docstrings write `name`
napoleon_custom_sections = [("Columns", "params_style")]  # of the frames that values give
python_use_unqualified_type_names = True

html_theme = "furo"
html_math_renderer = "mathml"
html_static_path = ["_static"]
html_css_files = ["guide.css"]
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
