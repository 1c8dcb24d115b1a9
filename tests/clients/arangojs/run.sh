#!/usr/bin/env bash
# Drives the stand-in for ArangoDB with arangojs 10.4.0, or the real server that S4_TEST_ARANGO_URL names; see ../README.md.
cd "$(dirname "${BASH_SOURCE[0]}")" && exec bash ../harness/start.sh tests/Chimera.S4.ArangoStandIn
