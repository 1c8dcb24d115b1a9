#!/usr/bin/env bash
# Checks the form of what is deployed and of what describes it; see ../README.md.
cd "$(dirname "${BASH_SOURCE[0]}")" && exec bash ../harness/start.sh
