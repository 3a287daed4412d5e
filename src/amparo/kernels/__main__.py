"""``python -m amparo.kernels``: the template process; see ``template``."""

import sys

from amparo.kernels.template import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
