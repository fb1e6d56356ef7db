"""`python -m rebalance`."""

import os
import sys

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120  # before anything is loaded
if not sys.flags.safe_path and sys.path[:1] == [os.getcwd()] != [HERE]:  # noqa: PTH109
    del sys.path[0]  # put there by -m: no file of the current folder may stand in for a module

from rebalance.cli import main  # noqa: E402  # only now

main()
