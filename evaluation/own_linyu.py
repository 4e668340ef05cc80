"""Run a command against a Linyu of its own: python -m evaluation.own_linyu COMMAND…"""

import subprocess
import sys

from bot.operation.own import MANY_RESIDENTS, own_linyu

if __name__ == "__main__":
    print("linyu: starting a Linyu of its own …", flush=True)
    with own_linyu(MANY_RESIDENTS) as linyu:
        code = subprocess.run(sys.argv[1:], env=linyu.environment, check=False).returncode
    sys.exit(code)
