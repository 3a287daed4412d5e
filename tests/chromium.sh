#!/bin/sh
# Find a Chromium for the browser tests: $CHROME, an installed one, or Debian's when we are root.
# `--print` prints its path. Exit 2 with one sentence when there is none.
find_one() {
    if [ -n "${CHROME:-}" ] && [ -x "$CHROME" ]; then echo "$CHROME"; return 0; fi
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return 0
    done
    return 1
}
if ! find_one >/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1
    fi
fi
if ! found=$(find_one); then
    echo "The browser tests need Chromium: install it, or set CHROME to its path." >&2
    exit 2
fi
[ "${1:-}" = --print ] && echo "$found"
exit 0
