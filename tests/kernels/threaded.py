"""A module that breaks the one rule of a template: it starts a thread as it is imported."""

import threading

threading.Thread(target=threading.Event().wait, daemon=True).start()
