#!/bin/sh
# Run a command where there is no network: only this computer's own loopback, and no route.
# sh tests/offline.sh COMMAND...
exec unshare --map-root-user --net sh -c 'ip link set lo up && exec "$@"' offline "$@"
