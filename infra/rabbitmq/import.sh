#!/bin/sh
# Gives a broker the users, queues and policies of S4 (definitions.json), through its management API. Repeating it changes nothing.
#
#   ROUTER=… REST=… PUBLISHER=… MONITOR=… infra/rabbitmq/import.sh http://admin:password@127.0.0.1:15672
#
# The four are the passwords of s4-router, s4-rest, s4-publisher and s4-monitor: 16 to 128 letters, digits, _ or -. They are read from the environment, so that no process list shows them.
# A plain sh with sed and curl: it runs in a container that has nothing else.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
broker=${1:-}
case $broker in
  http://* | https://*) ;;
  *) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p;}' "$0" >&2; exit 64 ;;
esac

definitions=$(cat "$here/definitions.json")
for name in ROUTER REST PUBLISHER MONITOR; do
  eval "password=\${$name:-}"
  case $password in
    *[!A-Za-z0-9_-]*) echo "import: $name may hold letters, digits, _ and - only" >&2; exit 64 ;;
  esac
  if [ "${#password}" -lt 16 ] || [ "${#password}" -gt 128 ]; then
    echo "import: $name has ${#password} characters; 16 to 128 are needed" >&2
    exit 64
  fi
  definitions=$(printf '%s' "$definitions" | sed "s/\"\\\$$name\"/\"$password\"/")
done

# On standard input, for the same reason.
printf '%s' "$definitions" | curl --silent --show-error --fail-with-body --max-time 30 --retry 10 --retry-connrefused --retry-delay 2 \
  --header 'content-type: application/json' --data-binary @- "${broker%/}/api/definitions" >&2
echo "import: users s4-router, s4-rest, s4-publisher, s4-monitor, their queues and policies are in place" >&2
