#!/usr/bin/env bash
# Drives the simulator with binance 3.6.5; see ../README.md.
cd "$(dirname "${BASH_SOURCE[0]}")" && exec bash ../harness/start.sh
