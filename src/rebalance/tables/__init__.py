"""Tables of a county, a problem, a plan and a scenario: each subject said once."""
