"""The commands of this package alone: ``python -m playbook.publish``."""

import argparse
import sys

from playbook.publish.cli import add_commands

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m playbook.publish", description=__doc__)
    add_commands(parser.add_subparsers(required=True, metavar="COMMAND"))
    arguments = parser.parse_args()
    sys.exit(arguments.run(arguments))
