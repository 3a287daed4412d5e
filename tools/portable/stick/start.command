#!/bin/sh
# What macOS starts by a double click.
exec /bin/sh "$(dirname -- "$0")/start.sh" "$@"
