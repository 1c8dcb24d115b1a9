#!/usr/bin/env bash
# Real RabbitMQ and Redis for local work and for tests, on 127.0.0.1 only.
#
#   eval "$(infra/services.sh up)"            start both (or find them running) and export how to reach them
#   infra/services.sh status                  what runs; exit 0 only if both answer
#   infra/services.sh down                    end both and remove their data
#   infra/services.sh down --all              the same for every copy in the folder
#   infra/services.sh kill   redis|rabbitmq   an outage: SIGKILL
#   infra/services.sh start  redis|rabbitmq   ... and back, on the same ports and the same data
#   infra/services.sh pause  redis|rabbitmq   a frozen service: SIGSTOP
#   infra/services.sh resume redis|rabbitmq   ... and back: SIGCONT
#
# Each takes --name NAME (default $S4_SERVICES_NAME, else "default"): a copy with its own ports, data, Erlang node and epmd.
# Copies live in ${S4_SERVICES_DIR:-<repo>/.services}/NAME. Only the export lines of "up" go to stdout.
#
# The services are Debian's packages, with or without a Docker daemon: one code path, and a test that kills -9 or freezes a service
# acts on a process of its own. docker-compose.yml describes the same services, with the same configuration files, as containers.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=${S4_SERVICES_DIR:-$(dirname "$here")/.services}
mark=.s4-services # only a folder with this file in it is ever removed
patience=60 # seconds until a service that does not answer is given up
redis_port='' amqp_port='' management_port='' dist_port='' epmd_port='' # load_ports reads them

say() { echo "services: $*" >&2; }
die() { say "$*"; exit 1; }
usage() { sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0" >&2; exit 64; }

# ---- Processes: known by pid, start time and boot, so that a recycled pid is never taken for ours ----

boot_id() { cat /proc/sys/kernel/random/boot_id; }

identity() { # PID -> "PID START BOOT", or nothing if there is no such process (a zombie is none)
  local stat fields
  { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 0
  read -ra fields <<<"${stat##*) }" # the second field, "(name)", may hold blanks
  [[ ${fields[0]} != Z ]] || return 0
  echo "$1 ${fields[19]} $(boot_id)"
}

pid_of() { # SERVICE -> its pid, if the process that we started is alive
  local recorded pid
  recorded=$(cat "$data/$1.pid" 2>/dev/null) || return 1
  pid=${recorded%% *}
  [[ -n $pid && "$(identity "$pid")" == "$recorded" ]] || return 1
  echo "$pid"
}

launch() { # SERVICE COMMAND... : detached, in a session of its own, recorded before this returns
  local service=$1 pid
  shift
  setsid "$@" </dev/null >>"$data/$service.log" 2>&1 9>&- &
  pid=$!
  disown "$pid"
  identity "$pid" >"$data/$service.pid"
}

end() { # SERVICE : SIGKILL, also for a frozen one, and wait until it is gone
  local pid
  pid=$(pid_of "$1") || return 0
  kill -KILL -- "-$pid" 2>/dev/null || kill -KILL "$pid" 2>/dev/null || true # its process group: helpers included
  for _ in {1..100}; do
    pid_of "$1" >/dev/null || return 0
    sleep 0.1
  done
  die "$1 (pid $pid) does not end"
}

# ---- Ports ----

is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

choose_ports() { # below the range for outgoing connections, so that none of those takes a port between kill and start
  local chosen=() port
  while [[ ${#chosen[@]} -lt 5 ]]; do
    port=$((20000 + SRANDOM % 12000))
    [[ " ${chosen[*]} " != *" $port "* ]] && is_free "$port" && chosen+=("$port")
  done
  printf 'redis_port=%s\namqp_port=%s\nmanagement_port=%s\ndist_port=%s\nepmd_port=%s\n' "${chosen[@]}" >"$data/ports"
}

# ---- The two services. epmd, Erlang's name server, is a third: each copy has its own, so none is shared with other Erlang programs ----

start_redis() {
  mkdir -p "$data/redis"
  launch redis redis-server "$here/redis/redis.conf" --port "$redis_port" --bind 127.0.0.1 --dir "$data/redis" --daemonize no --logfile ''
}

redis_answers() { [[ "$(timeout 2 redis-cli -h 127.0.0.1 -p "$redis_port" ping 2>/dev/null)" == PONG ]]; }

rabbitmq_script() { # the broker itself: the wrapper on the PATH switches user and writes to the system's own folders
  local candidate
  for candidate in /usr/lib/rabbitmq/bin/rabbitmq-server /usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server; do
    [[ ! -x $candidate ]] || { echo "$candidate"; return; }
  done
  return 1
}

start_rabbitmq() {
  local broker="$data/rabbitmq" script
  script=$(rabbitmq_script) || die "no rabbitmq-server found"
  mkdir -p "$broker/mnesia"
  cp "$here/rabbitmq/enabled_plugins" "$broker/enabled_plugins"
  : >"$broker/empty.conf"
  echo '{host, {127,0,0,1}, ["localhost"]}. {lookup, [file, native]}.' >"$broker/inetrc" # whatever the machine thinks "localhost" is
  {
    cat "$here/rabbitmq/rabbitmq.conf"
    echo "listeners.tcp.local = 127.0.0.1:$amqp_port"
    echo "management.tcp.ip = 127.0.0.1"
    echo "management.tcp.port = $management_port"
  } >"$broker/rabbitmq.conf"

  if ! pid_of epmd >/dev/null; then
    ERL_EPMD_RELAXED_COMMAND_CHECK=1 launch epmd epmd -address 127.0.0.1 -port "$epmd_port"
    for _ in {1..50}; do ! is_free "$epmd_port" && break; sleep 0.05; done # else the broker would start one that is not ours
  fi

  # env -i: a RABBITMQ_... or ERL_... variable of the caller must not reach another broker's data. HOME holds the Erlang cookie.
  # "detached" makes the start script become the Erlang VM instead of watching it, so the recorded pid is the broker's own.
  (
    ulimit -n 65536 2>/dev/null || true
    cd "$broker"
    launch rabbitmq env -i PATH="$PATH:/usr/sbin:/sbin" HOME="$broker" LANG=C.UTF-8 \
      RABBITMQ_NODENAME=s4@localhost RABBITMQ_DIST_PORT="$dist_port" ERL_EPMD_PORT="$epmd_port" ERL_EPMD_ADDRESS=127.0.0.1 ERL_INETRC="$broker/inetrc" \
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}' \
      RABBITMQ_CONF_ENV_FILE="$broker/empty.conf" RABBITMQ_CONFIG_FILE="$broker/rabbitmq.conf" RABBITMQ_CONFIG_FILES="$broker/conf.d" \
      RABBITMQ_ADVANCED_CONFIG_FILE="$broker/none.config" RABBITMQ_ENABLED_PLUGINS_FILE="$broker/enabled_plugins" \
      RABBITMQ_MNESIA_BASE="$broker/mnesia" RABBITMQ_LOG_BASE="$broker/log" RABBITMQ_PID_FILE="$broker/broker.pid" \
      detached=true "$script"
  )
}

rabbitmq_answers() { # the AMQP port greets, and guest may log in
  local reply
  # shellcheck disable=SC2016 # $0 is the inner shell's
  reply=$(timeout 2 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0" && printf "AMQP\0\0\x9\1" >&3 && head -c 7 <&3 | od -An -tx1' "$amqp_port" 2>/dev/null) || return 1
  [[ $reply == *" 01 00 00 "* ]] || return 1
  # shellcheck disable=SC2016 # $0 is the inner shell's
  reply=$(timeout 2 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0" &&
    printf "GET /api/whoami HTTP/1.0\r\nHost: localhost\r\nAuthorization: Basic Z3Vlc3Q6Z3Vlc3Q=\r\n\r\n" >&3 && head -n 1 <&3' "$management_port" 2>/dev/null) || return 1
  [[ $reply == *" 200 "* ]]
}

await() { # SERVICE : until it answers; fails at once if it ends
  local deadline=$((SECONDS + patience))
  until "$1_answers"; do
    pid_of "$1" >/dev/null || return 1
    [[ $SECONDS -lt $deadline ]] || return 1
    sleep 0.1
  done
}

complain() { # SERVICE
  say "$1 did not start; the end of its log:"
  tail -n 25 "$data/$1.log" >&2 || true
}

# ---- Commands ----

wake() { # SERVICE : run it if it is ended, continue it if it is frozen
  local pid
  if pid=$(pid_of "$1"); then kill -CONT "$pid"; else "start_$1"; fi
}

both_up() {
  wake redis
  wake rabbitmq
  await redis || { complain redis; return 1; }
  await rabbitmq || { complain rabbitmq; return 1; }
}

up() {
  # Asked by command, not by package: whoever has them from elsewhere needs no apt.
  local lacking=()
  command -v redis-server >/dev/null && command -v redis-cli >/dev/null || lacking+=(redis-server)
  rabbitmq_script >/dev/null && command -v epmd >/dev/null || lacking+=(rabbitmq-server)
  [[ ${#lacking[@]} -eq 0 ]] || "$here/install.sh" "${lacking[@]}" || exit 1

  if [[ -f $data/ports ]]; then
    load_ports
    both_up || exit 1
  else
    local attempt
    for attempt in 1 2 3; do # again only if another program took a port between our look and our start
      choose_ports
      load_ports
      if both_up; then break; fi
      for service in rabbitmq epmd redis; do end "$service"; done
      rm -f "$data/ports"
      if [[ $attempt -eq 3 ]] || ! grep -qiE 'eaddrinuse|address already in use' "$data"/*.log; then exit 1; fi
      say "another program took a port; once more with others"
      rm -rf "$data"/{redis,rabbitmq} "$data"/*.{log,pid}
    done
  fi

  say "copy '$name' runs in $data"
  echo "export S4_RABBITMQ_URI=amqp://guest:guest@127.0.0.1:$amqp_port/"
  echo "export S4_REDIS_ADDRESSES=127.0.0.1:$redis_port"
  echo "export S4_RABBITMQ_MANAGEMENT=http://127.0.0.1:$management_port"
}

down() {
  # The data goes as well, so nothing is gained by a slow, orderly end.
  for service in rabbitmq epmd redis; do end "$service"; done
  for _ in 1 2 3; do rm -rf "$data" 2>/dev/null && break; sleep 0.2; done
  [[ ! -e $data ]] || die "could not remove $data"
  rmdir "$home" 2>/dev/null || true
  say "copy '$name' ended"
}

status() {
  local service pid state result=0
  [[ -f $data/ports ]] || { say "copy '$name' is not there"; return 1; }
  load_ports
  for service in redis rabbitmq; do
    if ! pid=$(pid_of "$service"); then state=ended; result=1
    elif [[ "$(awk '/^State:/ {print $2}' "/proc/$pid/status")" == T ]]; then state="paused, pid $pid"; result=1
    elif "${service}_answers"; then state="answers, pid $pid"
    else state="silent, pid $pid"; result=1
    fi
    case $service in
      redis) say "$name redis 127.0.0.1:$redis_port $state" ;;
      rabbitmq) say "$name rabbitmq 127.0.0.1:$amqp_port (management $management_port) $state" ;;
    esac
  done
  return "$result"
}

load_ports() {
  # shellcheck disable=SC1091 # written by choose_ports
  source "$data/ports"
}

lock() { # one command at a time per copy: the folder itself is the lock, and may have been removed and made anew while we waited
  while true; do
    mkdir -p "$data"
    exec 9<"$data"
    flock -w 120 9 || die "another command holds copy '$name'"
    [[ ! /dev/fd/9 -ef $data ]] || return 0
  done
}

name=${S4_SERVICES_NAME:-default}
all=false
words=()
while [[ $# -gt 0 ]]; do
  case $1 in
    --name) [[ $# -ge 2 ]] || usage; name=$2; shift 2 ;;
    --name=*) name=${1#*=}; shift ;;
    --all) all=true; shift ;;
    -*) usage ;;
    *) words+=("$1"); shift ;;
  esac
done
[[ $name =~ ^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$ ]] || die "--name is letters, digits, '.', '_' and '-', at most 64: got '$name'"
command=${words[0]:-}
service=${words[1]:-}
[[ $home == /* ]] || home=$PWD/$home
data=$home/$name

case $command in
  up | down | status) [[ ${#words[@]} -eq 1 ]] || usage ;;
  kill | start | pause | resume) [[ ${#words[@]} -eq 2 && $service =~ ^(redis|rabbitmq)$ ]] || usage ;;
  *) usage ;;
esac

if [[ $command == down && $all == true ]]; then
  for marked in "$home"/*/"$mark"; do
    [[ ! -e $marked ]] || "$0" down --name "$(basename "$(dirname "$marked")")"
  done
  rmdir "$home" 2>/dev/null || true
  exit 0
fi

case $command in
  up)
    [[ ! -e $data || -e $data/$mark || -z "$(ls -A "$data")" ]] || die "$data holds something else"
    lock
    touch "$data/$mark"
    up
    ;;
  down)
    if [[ -e $data/$mark ]]; then lock; down; else say "copy '$name' is not there"; fi
    ;;
  status) status ;;
  *)
    [[ -f $data/ports ]] || die "copy '$name' is not there: infra/services.sh up --name $name"
    lock
    load_ports
    case $command in
      kill) pid_of "$service" >/dev/null || die "$service is not running"; end "$service" ;;
      start) wake "$service"; await "$service" || { complain "$service"; exit 1; } ;;
      pause) pid=$(pid_of "$service") || die "$service is not running"; kill -STOP "$pid" ;;
      resume) pid=$(pid_of "$service") || die "$service is not running"; kill -CONT "$pid" ;;
    esac
    say "$name $service: $command done"
    ;;
esac
