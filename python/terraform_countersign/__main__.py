"""Runs the program with the arguments of `python -m terraform_countersign`."""

import os
import sys

from terraform_countersign import find_program

if __name__ == "__main__":
    program = find_program()
    os.execv(program, [program, *sys.argv[1:]])
