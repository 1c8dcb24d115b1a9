#!/usr/bin/env bash
# Drives the simulator with ccxt 4.5.84; see ../README.md.
cd "$(dirname "${BASH_SOURCE[0]}")" && exec bash ../harness/start.sh
