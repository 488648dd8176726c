"""Finds the `countersign` program that this package installed."""

import os
import sysconfig


def find_program() -> str:
    """Return the path of the program.

    It is the one of this very environment, never one that merely stands in PATH.

    Raises:
        FileNotFoundError: the package was installed without its program.
    """
    name = "countersign" + (sysconfig.get_config_var("EXE") or "")
    schemes = [sysconfig.get_default_scheme(), sysconfig.get_preferred_scheme("user")]
    folders = [sysconfig.get_path("scripts", scheme) for scheme in schemes]
    for folder in folders:
        program = os.path.join(folder, name)
        if os.path.isfile(program):
            return program
    raise FileNotFoundError(f"{name} is in none of {', '.join(folders)}")
