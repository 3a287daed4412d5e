#!/bin/sh
# Run a command where there is no network: only this computer's own loopback, and no route.
# sh tests/offline.sh COMMAND...
# Root needs no other root; anybody else gets one that owns this network alone.
own=--map-root-user
[ "$(id -u)" = 0 ] && own=
exec unshare $own --net sh -c 'ip link set lo up && exec "$@"' offline "$@"
