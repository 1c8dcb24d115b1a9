#!/usr/bin/env bash
# Drives the ops page in a real Chromium; see ../README.md.
cd "$(dirname "${BASH_SOURCE[0]}")"
[[ -n ${S4_TEST_CHROMIUM:-} || -x /usr/bin/chromium ]] || bash ../../../infra/install.sh chromium || { echo "FAILED: there is no Chromium"; echo "0 passed, 1 failed"; exit 1; }
exec bash ../harness/start.sh src/Chimera.S4.Router
