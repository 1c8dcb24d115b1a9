#!/usr/bin/env bash
# Runs the client in the current folder: its exact packages, the server that it drives (the simulator, or the project named) if that is not built yet, then its scenarios.
# Ends with "N passed, N failed".
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
give_up() {
  echo "FAILED: $1"
  echo "0 passed, 1 failed"
  exit 1
}

if [[ ! -f node_modules/.package-lock.json || package-lock.json -nt node_modules/.package-lock.json ]]; then
  for attempt in 1 2 3; do
    npm ci --prefer-offline --ignore-scripts --no-audit --no-fund --silent >npm.log 2>&1 && break
    [[ $attempt -lt 3 ]] || { tail -n 5 npm.log; give_up "npm could not restore the client"; }
    sleep $((attempt * 3))
  done
  rm -f npm.log
  touch node_modules/.package-lock.json
fi

server=${1:-src/Chimera.S4.Simulator}
built=("$root/$server"/bin/*/net10.0/"${server##*/}".dll)
if [[ ! -f ${built[0]} ]]; then
  dotnet build "$root/$server" -c Release -v quiet -clp:NoSummary >build.log 2>&1 || { tail -n 5 build.log; give_up "${server##*/} does not build"; }
  rm -f build.log
fi

export NODE_NO_WARNINGS=1 LOG_LEVEL=error NO_PROXY=127.0.0.1 no_proxy=127.0.0.1
unset HTTP_PROXY HTTPS_PROXY ALL_PROXY http_proxy https_proxy all_proxy
exec node scenarios.mjs
