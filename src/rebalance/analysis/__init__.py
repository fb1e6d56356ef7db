"""Why a plan is as it is, what else could be, what it would cost, and what to give up where nothing can be."""
