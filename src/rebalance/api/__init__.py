"""One function a verb: what a notebook, the command line and a page call, with answers that show themselves."""
