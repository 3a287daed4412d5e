#!/bin/sh
# Find a Chromium for the browser tests: $CHROME, an installed one, or Debian's when we are root.
# Its build without windows is the same engine and takes a quarter less of the processor.
# `--print` prints its path. Exit 2 with one sentence when there is none.
SMALL=chromium-headless-shell
find_one() {
    if [ -n "${CHROME:-}" ] && [ -x "$CHROME" ]; then echo "$CHROME"; return 0; fi
    for name in $SMALL chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return 0
    done
    return 1
}
install() { apt-get install -y -qq --no-install-recommends "$1" >/dev/null 2>&1; }
if [ -z "${CHROME:-}" ] && ! command -v $SMALL >/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq >/dev/null 2>&1
        install $SMALL || find_one >/dev/null || install chromium
    fi
fi
if ! found=$(find_one); then
    echo "The browser tests need Chromium: install it, or set CHROME to its path." >&2
    exit 2
fi
[ "${1:-}" = --print ] && echo "$found"
exit 0
