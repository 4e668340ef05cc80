"""Run a command against a Linyu of its own: python -m evaluation.ephemeral_instance COMMAND…"""

import subprocess
import sys

from bot.operation.ephemeral_instance import MANY_RESIDENTS, ephemeral_instance

if __name__ == "__main__":
    print("linyu: starting a Linyu of its own …", flush=True)
    with ephemeral_instance(MANY_RESIDENTS) as linyu:
        code = subprocess.run(sys.argv[1:], env=linyu.environment, check=False).returncode
    sys.exit(code)
