#!/usr/bin/env bash
# Publishers in Node, Python and .NET against a router in service mode with the least rights that do; see ../README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
root=../../..
give_up() {
  echo "FAILED: $1"
  echo "0 passed, 1 failed"
  exit 1
}

"$root/infra/install.sh" python3-pika curl || give_up "python3-pika and curl are needed"

# A version of its own each time: NuGet keeps what it has once unpacked under a version for ever.
version=1.0.0-test.$(date +%s)
rm -rf dotnet/packages dotnet/bin dotnet/obj
dotnet pack "$root/src/Chimera.S4.Contracts" -c Release -o dotnet/packages -p:Version="$version" -v quiet -clp:NoSummary >pack.log 2>&1 || { tail -n 5 pack.log; give_up "Chimera.S4.Contracts does not pack"; }
dotnet build dotnet -c Release -p:ContractsVersion="$version" -v quiet -clp:NoSummary >pack.log 2>&1 || { tail -n 5 pack.log; give_up "the .NET publisher does not build"; }
rm -rf pack.log "${NUGET_PACKAGES:-$HOME/.nuget/packages}/chimera.s4.contracts/$version"

exec bash ../harness/start.sh src/Chimera.S4.Router
