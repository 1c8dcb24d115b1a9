#!/usr/bin/env bash
# Installs Debian or Ubuntu packages that are missing, without leaving a system service running.
#   infra/install.sh redis-server rabbitmq-server
# Says what is lacking, and fails, where it cannot install. Everything it says goes to stderr.
set -euo pipefail

say() { echo "install: $*" >&2; }

missing=()
for package in "$@"; do
  [[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" == installed ]] || missing+=("$package")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

if ! command -v apt-get >/dev/null; then
  say "this machine has no apt-get; please install what these Debian packages hold: ${missing[*]}"
  exit 1
fi
if [[ $EUID -ne 0 ]]; then
  say "not root, so please run: sudo $0 ${missing[*]}"
  exit 1
fi

# Debian starts a daemon as soon as its package is installed, on the default port. policy-rc.d is Debian's switch against that (101 = forbidden).
policy=/usr/sbin/policy-rc.d
restore_policy() {
  if [[ -e $policy.before-s4 ]]; then mv -f "$policy.before-s4" "$policy"; else rm -f "$policy"; fi
}
denied=0
if [[ -x $policy ]]; then "$policy" "${missing[0]}" start >/dev/null 2>&1 </dev/null || denied=$?; fi
if [[ $denied -ne 101 ]]; then
  trap restore_policy EXIT
  [[ ! -e $policy || -e $policy.before-s4 ]] || mv "$policy" "$policy.before-s4"
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi

say "installing ${missing[*]}"
log=$(mktemp)
# An update that fails for one stale source must not stop an install that the other sources can serve: the install decides.
DEBIAN_FRONTEND=noninteractive apt-get update -q >"$log" 2>&1 </dev/null || true
if ! DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 "${missing[@]}" >>"$log" 2>&1 </dev/null; then
  tail -n 30 "$log" >&2
  say "could not install ${missing[*]}"
  rm -f "$log"
  exit 1
fi
rm -f "$log"

# Under systemd they would start at the next boot instead.
if [[ -d /run/systemd/system ]]; then
  for package in "${missing[@]}"; do
    systemctl disable --quiet "$package.service" 2>/dev/null || true
  done
fi
