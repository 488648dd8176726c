"""Runs the `countersign` program that this package installed."""

from terraform_countersign.lines import CountersignError, check_many
from terraform_countersign.program import find_program

__all__ = ["CountersignError", "check_many", "find_program"]
