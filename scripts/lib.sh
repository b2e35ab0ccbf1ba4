# Shared by the trial scripts: a server of our own in a scratch directory. To be sourced, not run.
#
#   SMBD_JAR    the jar (smbd-server/target/smbd.jar)
#   JAVA        the java command (java)
#   SMBD_JAVA_OPTIONS  options for the server's JVM
#   SCRATCH     where scratch directories go (${TMPDIR:-/tmp})
# shellcheck shell=bash
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(dirname "$here")
jar=${SMBD_JAR:-$project/smbd-server/target/smbd.jar}
java=${JAVA:-java}
server_pid=''
root=''
trial_cleanup=()

say() { echo "$(basename "$0"): $*"; }
fail() { echo "$(basename "$0"): FAILED: $*" >&2; exit 1; }
skip() { echo "SKIP $*"; }

# need COMMAND PACKAGE: installs with apt-get what is missing, as root on Debian.
need() {
  command -v "$1" >/dev/null && return
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || fail "needs $1 (Debian package $2)"
  apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 "$2" >/dev/null 2>&1 ||
    { apt-get update -q >/dev/null 2>&1; apt-get install -y -q --no-install-recommends "$2" >/dev/null; }
}

# need_user NAME: an ordinary Unix account to own files.
need_user() { id "$1" >/dev/null 2>&1 || useradd -M -s /usr/sbin/nologin "$1"; }

# scratch: makes $root, removed at the end; the server, if it runs, is stopped before.
scratch() {
  root=$(mktemp -d "${SCRATCH:-${TMPDIR:-/tmp}}/smbd-trial.XXXXXX")
  chmod 755 "$root"
  trap 'code=$?; stop_server 2>/dev/null || true; for step in "${trial_cleanup[@]}"; do eval "$step" || true; done; rm -rf "$root"; exit $code' EXIT
}

# loop_mount TYPE DIRECTORY SIZE [MKFS-OPTION...]: mounts a new file system of its own; false where that cannot be done.
loop_mount() {
  local type=$1 directory=$2 size=$3 image
  image=$root/image.$(basename "$directory")
  command -v "mkfs.$type" >/dev/null || return 1
  truncate -s "$size" "$image"
  "mkfs.$type" -q "${@:4}" "$image" >/dev/null 2>&1 || return 1
  mkdir -p "$directory"
  mount -o loop -t "$type" "$image" "$directory" 2>/dev/null || return 1
  trial_cleanup+=("umount -l '$directory'")
  chmod 777 "$directory"
}

# global_section [LINE...]: the [global] that every trial begins with; state below $root.
global_section() {
  cat <<CONF
[global]
    interfaces = 127.0.0.1
    bind interfaces only = yes
    smb ports = 0
    private dir = $root/private
    state directory = $root/state
    lock directory = $root/lock
    cache directory = $root/cache
    pid directory = $root/run
    log level = 1
CONF
  for line in "$@"; do echo "    $line"; done
}

# add_user NAME PASSWORD
add_user() { printf '%s\n' "$2" | "$java" -jar "$jar" user add "$1" -c "$root/smb.conf" >/dev/null; }

# start_server: runs the jar on $root/smb.conf, waits for "ready", sets server_pid and port.
start_server() {
  [ -f "$jar" ] || fail "no $jar: run mvn -q -DskipTests package first"
  : >"$root/stdout"
  # shellcheck disable=SC2086
  "$java" ${SMBD_JAVA_OPTIONS:-} -jar "$jar" -c "$root/smb.conf" >>"$root/stdout" 2>>"$root/stderr" &
  server_pid=$!
  for _ in $(seq 300); do
    grep -q '^ready' "$root/stdout" && break
    kill -0 "$server_pid" 2>/dev/null || { cat "$root/stderr" >&2; fail "the server did not start"; }
    sleep 0.1
  done
  port=$(sed -n 's/^listening tcp .*:\([0-9]*\)$/\1/p' "$root/stdout" | head -n 1)
  [ -n "$port" ] || fail "the server did not become ready in 30 s"
}

# stop_server: SIGTERM must end it within 10 s with status 0.
stop_server() {
  [ -n "$server_pid" ] || return 0
  local pid=$server_pid code=0
  server_pid=''
  kill "$pid" 2>/dev/null || true
  for _ in $(seq 110); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
  if kill -0 "$pid" 2>/dev/null; then kill -9 "$pid"; fail "SIGTERM did not end the server within 11 s"; fi
  wait "$pid" || code=$?
  [ "$code" = 0 ] || fail "the server ended with status $code"
}

# start_samba USER LINE...: Samba's smbd with these lines of [global] and of shares; sets samba_port and samba_pid.
start_samba() {
  need smbd samba
  mkdir -p "$root"/samba/{private,lock,state,cache,pid,rpc}
  samba_port=$((20000 + RANDOM % 10000))
  {
    cat <<CONF
[global]
    server role = standalone server
    interfaces = 127.0.0.1/8
    bind interfaces only = yes
    smb ports = $samba_port
    disable netbios = yes
    private dir = $root/samba/private
    lock directory = $root/samba/lock
    state directory = $root/samba/state
    cache directory = $root/samba/cache
    pid directory = $root/samba/pid
    ncalrpc dir = $root/samba/rpc
    log file = $root/samba/log
    log level = 0
    load printers = no
    disable spoolss = yes
CONF
    printf '%s\n' "${@:2}"
  } >"$root/samba/smb.conf"
  printf 'Secret1\nSecret1\n' | smbpasswd -c "$root/samba/smb.conf" -s -a "$1" >/dev/null
  setsid smbd -F --no-process-group -s "$root/samba/smb.conf" >"$root/samba/out" 2>&1 &
  samba_pid=$!
  trial_cleanup+=("kill $samba_pid")
}

# status FILTER: a python expression on the status object `s`.
status() {
  "$java" -jar "$jar" status --json -c "$root/smb.conf" | python3 -c "import json, sys; s = json.load(sys.stdin); print($1)"
}

# note_start: what nothing_left compares with, of a server that no client has used yet.
note_start() { descriptors_start=$(status 's["descriptors"]'); }

# nothing_left: once the clients are gone the server holds nothing of theirs: no opens, and with them no locks and leases.
nothing_left() {
  local left descriptors
  for _ in $(seq 60); do
    left=$(status 'len(s["connections"]) + len(s["sessions"]) + len(s["trees"]) + len(s["opens"])')
    [ "$left" = 0 ] && break
    sleep 0.5
  done
  [ "$left" = 0 ] || fail "left behind: $(status '{k: len(s[k]) for k in ("connections", "sessions", "trees", "opens")}')"
  descriptors=$(status 's["descriptors"]')
  [ $((descriptors - descriptors_start)) -le 24 ] && [ $((descriptors_start - descriptors)) -le 24 ] ||
    fail "$descriptors descriptors, $descriptors_start at the start"
}

smbload() {
  [ -x "$here/bench/smbload" ] || { need gcc gcc; need make make; make -s -C "$here/bench" smbload; }
  "$here/bench/smbload" --port "$port" "$@"
}

# trial CLASS ARGUMENT...: a client program of the benchmarks module.
trial() {
  local programs=$project/benchmarks/target/smbd-benchmarks.jar
  [ -f "$programs" ] || fail "no $programs: run mvn -q -DskipTests package first"
  "$java" -cp "$programs" "org.smbd.benchmarks.trial.$1" "${@:2}"
}

# raw_client CLASS ARGUMENT...: a program of the tests' raw client, which says whatever it is told to.
raw_client() {
  local classes=$project/smbd-server/target/test-classes repository=${MAVEN_REPOSITORY:-$HOME/.m2/repository} artifact path
  [ -d "$classes/org/smbd/server/raw" ] || fail "no $classes: run mvn -q -DskipTests package first"
  path=$jar:$classes
  for artifact in org/junit/jupiter/junit-jupiter-api org/junit/platform/junit-platform-commons org/opentest4j/opentest4j; do
    path+=:$(find "$repository/$artifact" -name "$(basename "$artifact")-[0-9.]*.jar" | grep -v -e sources -e javadoc | sort -V | tail -n 1)
  done
  "$java" -cp "$path" "org.smbd.server.raw.$1" "${@:2}"
}
