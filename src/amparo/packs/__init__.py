"""Content packs that arrive on a stick: signed by somebody the group trusts, newer, and sound.

A signature is one of OpenSSH's own (``ssh-keygen -Y verify`` reads it), so that it can also be
checked where Amparo is not installed yet. Keys lie in a folder the group controls.
"""

from amparo.packs.installing import Installed, install, installed, trusted_folder
from amparo.packs.keys import fingerprint, new_key, read_public, trust
from amparo.packs.making import make_pack
from amparo.packs.signing import PACK, STICK, SignatureError, sign_file, verify_file
from amparo.packs.sums import SUMS, check_sums

__all__ = [
    "PACK",
    "STICK",
    "SUMS",
    "Installed",
    "SignatureError",
    "check_sums",
    "fingerprint",
    "install",
    "installed",
    "make_pack",
    "new_key",
    "read_public",
    "sign_file",
    "trust",
    "trusted_folder",
    "verify_file",
]
