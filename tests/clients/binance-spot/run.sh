#!/usr/bin/env bash
# Drives the simulator with @binance/spot 32.0.4; see ../README.md.
cd "$(dirname "${BASH_SOURCE[0]}")" && exec bash ../harness/start.sh
