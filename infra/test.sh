#!/usr/bin/env bash
# Runs the tests and ends with the line "N passed, N failed".
#
#   bash infra/test.sh          everything but the long figures: what CI runs
#   bash infra/test.sh unit     the quick loop: Orders.Tests and Router.Tests, no services
#   bash infra/test.sh long     everything, with the figures that take their time
#   bash infra/test.sh arango   the journal's contract suite and the arangojs scenarios on the real server that S4_TEST_ARANGO_URL names
#
# Nothing is left out silently: a project that does not build, runs no test, crashes or hangs counts as failed, and so does a skipped test.
# Exit code: 0 all passed, 1 something failed or nothing ran, 2 no .NET 10 SDK, 64 wrong usage.
#
# Traits select: Category=Services needs real Redis or RabbitMQ, Category=Long takes minutes, Category=Arango needs a real ArangoDB.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
cd "$root"

mode=${1:-default}
case $mode in
  unit) projects='Orders.Tests|Router.Tests' filter='Category!=Services&Category!=Long&Category!=Arango' minutes=10 hang=2m services=no ;;
  default) projects='.*' filter='Category!=Long&Category!=Arango' minutes=25 hang=8m services=yes ;;
  long) projects='.*' filter='Category!=Arango' minutes=360 hang=120m services=yes ;;
  arango) projects='Router.Tests' filter='Category=Arango' minutes=25 hang=8m services=no ;;
  *) sed -n '2,/^$/s/^# \{0,1\}//p' "$0" | head -7 >&2; exit 64 ;;
esac

# A full run includes the real server where one is named.
if [[ ($mode == default || $mode == long) && -n ${S4_TEST_ARANGO_URL:-} ]]; then
  filter=${filter%Category!=Arango}
  filter=${filter%&}
fi

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
export MSBUILDDISABLENODEREUSE=1 # idle build nodes would outlive this run
passed=0 failed=0 running='' finished=no
results=$root/TestResults/$mode
runs=$root/.services

heading() { printf '\n== %s\n' "$*"; }
fail() { # MESSAGE [COUNT]
  echo "FAILED: $1"
  failed=$((failed + ${2:-1}))
}

# Runs a command in a process group of its own, bounded in time, and then ends whatever it left behind: a crashed test cannot leave a router running.
bounded() { # MINUTES COMMAND...
  local limit=$1 code=0
  shift
  setsid timeout --kill-after=20s "${limit}m" "$@" </dev/null &
  running=$!
  wait "$running" || code=$?
  kill -KILL -- "-$running" 2>/dev/null || true
  running=''
  return "$code"
}

finish() {
  local code=$?
  trap - EXIT INT TERM HUP
  if [[ -n $running ]]; then
    kill -KILL -- "-$running" 2>/dev/null || true
    wait "$running" 2>/dev/null || true
  fi
  if [[ $services == yes ]]; then "$here/services.sh" down --all || true; fi
  rmdir "$runs" 2>/dev/null || true
  [[ $finished == yes ]] || fail "the run ended early"
  [[ $code -ne 0 || ($failed -eq 0 && $passed -gt 0) ]] || code=1
  echo
  echo "$passed passed, $failed failed"
  exit "$code"
}

# ---- What the tests need ----

if ! sdks=$(dotnet --list-sdks 2>/dev/null) || ! grep -q '^10\.' <<<"$sdks" || ! dotnet --version >/dev/null 2>&1; then
  echo "infra/test.sh needs the .NET 10 SDK that global.json names; 'dotnet --list-sdks' says: ${sdks:-there is no dotnet}" >&2
  echo "It is not installed by this script: see https://dotnet.microsoft.com/download" >&2
  echo "0 passed, 1 failed"
  exit 2
fi
if [[ $mode == arango && -z ${S4_TEST_ARANGO_URL:-} ]]; then
  echo "infra/test.sh arango needs a server: S4_TEST_ARANGO_URL=http://127.0.0.1:8529 (docker compose up -d arangodb starts one)" >&2
  echo "0 passed, 1 failed"
  exit 1
fi

# The suite owns the environment of what it starts: a developer's own S4_ settings must not change a result.
for variable in $(compgen -e S4_ || true); do
  [[ $variable == S4_TEST_* ]] || unset "$variable"
done
# A folder of this run's own: copies that tests start for outages land there too, and all of it ends with the run.
export S4_SERVICES_DIR=$runs/test-$$ S4_SERVICES_NAME=suite

trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

rm -rf "$results"
mkdir -p "$results"

heading "build"
started=$SECONDS
selected=()
for project in tests/*.Tests/*.Tests.csproj; do
  [[ $project =~ ($projects)\.csproj$ ]] && selected+=("$project")
done
# A compiler server of this run's own, ended with it: a shared one may be in use by another build.
if ! bounded 20 dotnet build Chimera.S4.sln -c Release -v quiet -clp:NoSummary -p:SharedCompilationId="s4-test-$$" >"$results/build.log" 2>&1; then
  grep -E 'error|warn' "$results/build.log" | sort -u | head -60 || true
  tail -n 5 "$results/build.log"
  finished=yes
  fail "the solution does not build, so none of its ${#selected[@]} test projects ran (TestResults/$mode/build.log)" "${#selected[@]}"
  exit 1
fi
echo "built in $((SECONDS - started)) s"

if [[ $services == yes ]]; then
  heading "services"
  # Leftovers of a run that was killed before it could clean up.
  for left in "$runs"/test-*; do
    [[ -d $left ]] || continue
    [[ -e /proc/${left##*-} ]] || S4_SERVICES_DIR=$left "$here/services.sh" down --all || true
  done
  started=$SECONDS
  if ! lines=$("$here/services.sh" up); then
    finished=yes
    fail "the services did not start, so none of the ${#selected[@]} test projects ran" "${#selected[@]}"
    exit 1
  fi
  eval "$lines"
  echo "up in $((SECONDS - started)) s"
fi

# ---- .NET test projects, one after the other ----

# Reads what the runner recorded (trx): one line per test, "OUTCOME<tab>seconds<tab>name".
tests_in() {
  awk 'BEGIN { RS = "<" }
    function value(key,   at) {
      at = index($0, " " key "=\"")
      if (!at) return ""
      at = substr($0, at + length(key) + 3)
      return substr(at, 1, index(at, "\"") - 1)
    }
    /^UnitTestResult / {
      split(value("duration"), clock, ":")
      name = value("testName"); gsub("&lt;", "<", name); gsub("&gt;", ">", name); gsub("&quot;", "\"", name); gsub("&amp;", "\\&", name); gsub("&#x[0-9A-F]+;", " ", name)
      printf "%s\t%.3f\t%s\n", value("outcome"), clock[1] * 3600 + clock[2] * 60 + clock[3], name
    }' "$1"
}

# What each failed test said first, so that the end of a long run tells enough.
reasons_in() {
  awk 'BEGIN { RS = "<" }
    /^UnitTestResult / { name = ""; if ($0 ~ / outcome="Failed"/ && match($0, / testName="[^"]*"/)) name = substr($0, RSTART + 11, RLENGTH - 12) }
    /^Message>/ && name != "" { text = substr($0, 9, 4000); gsub(/[ \n]+/, " ", text); gsub("&lt;", "<", text); gsub("&gt;", ">", text); gsub("&quot;", "\"", text); gsub("&amp;", "\\&", text); printf "%s:\n    %s\n", name, text; name = "" }' "$1"
}

: >"$results/times"
: >"$results/reasons"
: >"$results/tests"
for project in "${selected[@]}"; do
  name=$(basename "$project" .csproj)
  heading "$name"
  started=$SECONDS
  code=0
  verbosity=minimal # only what fails; a story of the system suite is worth a line when it ends
  [[ $name != *.System.Tests ]] || verbosity=normal
  bounded "$minutes" dotnet test "$project" -c Release --no-build --results-directory "$results" ${filter:+--filter "$filter"} \
    --blame-hang-timeout "$hang" --blame-hang-dump-type none \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=$verbosity" || code=$?
  printf '%s\t%s\n' "$((SECONDS - started))" "$name" >>"$results/times"

  if [[ ! -s $results/$name.trx ]]; then
    fail "$name recorded no result (exit code $code)"
    continue
  fi
  tests_in "$results/$name.trx" >"$results/$name.tests"
  cat "$results/$name.tests" >>"$results/tests"
  reasons_in "$results/$name.trx" >>"$results/reasons"
  good=$(grep -c '^Passed' "$results/$name.tests" || true)
  bad=$(grep -vc '^Passed' "$results/$name.tests" || true)
  passed=$((passed + good))
  failed=$((failed + bad))
  grep '^NotExecuted' "$results/$name.tests" | cut -f3 | sed 's/^/FAILED: skipped, which counts as failed: /' || true
  if [[ $code -eq 124 || $code -eq 137 ]]; then fail "$name was ended at its limit of $minutes minutes, or killed (exit code $code)"
  elif grep -q 'test run was aborted' "$results/$name.trx"; then fail "$name crashed or hung in the middle of a test (exit code $code)"
  elif [[ $((good + bad)) -eq 0 ]]; then fail "$name ran no test (filter $filter)"
  elif [[ $code -ne 0 && $bad -eq 0 ]]; then fail "$name ended with exit code $code"
  fi
done
[[ ${#selected[@]} -gt 0 ]] || fail "no test project found"

# ---- Clients in other languages: each run.sh ends with its own "N passed, N failed" ----

clients=() real=(env -u S4_TEST_ARANGO_URL) # the stand-in is driven, whatever server is named
case $mode in
  default | long) clients=(tests/clients/*/run.sh) ;;
  arango) clients=(tests/clients/arangojs/run.sh) real=() ;;
esac
if [[ ${#clients[@]} -gt 0 ]]; then
  for client in "${clients[@]}"; do
    [[ -f $client ]] || continue
    name=$(basename "$(dirname "$client")")
    heading "clients/$name"
    if [[ -f tests/clients/$name/package.json ]] && ! command -v npm >/dev/null; then
      "$here/install.sh" nodejs npm || fail "clients/$name needs npm"
    fi
    started=$SECONDS
    code=0
    bounded "$minutes" "${real[@]}" bash "$client" >"$results/$name.log" 2>&1 || code=$?
    cat "$results/$name.log"
    printf '%s\tclients/%s\n' "$((SECONDS - started))" "$name" >>"$results/times"
    if [[ "$(tail -n 1 "$results/$name.log")" =~ ^([A-Za-z-]+:\ )?([0-9]+)\ passed,\ ([0-9]+)\ failed(,\ ([0-9]+)\ skipped)?$ ]]; then
      good=${BASH_REMATCH[2]}
      bad=$((BASH_REMATCH[3] + ${BASH_REMATCH[5]:-0}))
      passed=$((passed + good))
      failed=$((failed + bad))
      [[ ${BASH_REMATCH[5]:-0} -eq 0 ]] || echo "FAILED: clients/$name skipped ${BASH_REMATCH[5]}, which count as failed"
      if [[ $((good + bad)) -eq 0 ]]; then fail "clients/$name ran no test"
      elif [[ $code -ne 0 && $bad -eq 0 ]]; then fail "clients/$name ended with exit code $code"
      fi
    else
      fail "clients/$name did not end with 'N passed, N failed' (exit code $code)"
    fi
  done
fi

heading "slowest tests (seconds)"
sort -t $'\t' -k2,2nr "$results/tests" | awk -F '\t' 'NR <= 10 { printf "%9.2f  %s\n", $2, $3 }' # not head: it would end the pipe while sort still writes
heading "time (seconds)"
awk -F '\t' '{ printf "%9d  %s\n", $1, $2 }' "$results/times"
grep -v '^Passed' "$results/tests" | cut -f1,3 >"$results/failed" || true
if [[ -s $results/failed ]]; then
  heading "failed tests"
  cat "$results/failed" "$results/reasons"
fi
finished=yes
