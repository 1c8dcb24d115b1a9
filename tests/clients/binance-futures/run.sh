#!/usr/bin/env bash
# Drives the simulator with @binance/derivatives-trading-usds-futures 38.1.1; see ../README.md.
cd "$(dirname "${BASH_SOURCE[0]}")" && exec bash ../harness/start.sh
