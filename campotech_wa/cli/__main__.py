"""Run the command line: ``python -m campotech_wa.cli``."""

import sys

from campotech_wa.cli import main

sys.exit(main())
