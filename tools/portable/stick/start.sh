#!/bin/sh
# Looks for a Python that the parts were made for, and lets it do the rest.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 2
while read -r version; do
  for name in "python$version" python3 python; do
    command -v "$name" >/dev/null 2>&1 || continue
    found=$("$name" -I -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
    [ "$found" = "$version" ] && exec "$name" -I -B "$here/parts/launch.py" "$@"
  done
done < "$here/parts/pythons.txt"
cat "$here/parts/no-python.txt" "$here/parts/pythons.txt" >&2
exit 2
