#!/usr/bin/env bash
# Runs apicheck against a server of its own: a fresh demo in a temporary folder for each part.
#   APICHECK_DIR=/path/to/apicheck backend/apicheck/run.sh [fuzz|kill9|bruteforce|alla]
# Exit 0 when every part passed. Reports and logs are left in UT (default: a temporary folder, printed).
set -euo pipefail

del=${1:-alla}
rot=$(cd "$(dirname "$0")/../.." && pwd)
har=$rot/backend/apicheck
: "${APICHECK_DIR:?ange mappen med apicheck i APICHECK_DIR}"
SUS_BIN=${SUS_BIN:-$rot/bin/sus}
[ -x "$SUS_BIN" ] || { echo "bygg först: make build" >&2; exit 2; }
export SUS_BIN

N=${N:-250}          # inputs an operation: well over 10,000 requests a seed
FRON=${FRON:-"1 2"}  # the fuzzer's seeds
tmp=$(mktemp -d "${TMPDIR:-/tmp}/sus-apicheck-XXXXXX")
chmod 755 "$tmp" # the private PostgreSQL runs as another user when we are root
ut=${UT:-$(mktemp -d "${TMPDIR:-/tmp}/sus-apicheck-ut-XXXXXX")}
mkdir -p "$ut"
server=
kod=0

stang() {
  [ -n "$server" ] || return 0
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=
}
trap 'stang; rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM

# The tools with their dependencies, in a place that may be written to.
verktyg=$tmp/apicheck
cp -r "$APICHECK_DIR" "$verktyg"
chmod -R u+w "$verktyg"
[ -d "$verktyg/node_modules" ] || (cd "$verktyg" && npm ci --silent --no-audit --no-fund >&2)

# starta NAMN: a new data folder with a filled demo, and a server on it.
starta() {
  export SUS_DATA_DIR=$tmp/$1
  export SUS_ADRESS=127.0.0.1 SUS_PORT=0
  # Guessing is stopped by limits that have tests of their own; here the operations behind them are to be reached.
  export SUS_FORSOK_PERSON=${SUS_FORSOK_PERSON:-1000000} SUS_FORSOK_ADRESS=${SUS_FORSOK_ADRESS:-1000000}
  export SUS_UPPSLAG_PERSON=${SUS_UPPSLAG_PERSON:-0} SUS_UPPSLAG_MASKIN=${SUS_UPPSLAG_MASKIN:-0}
  "$SUS_BIN" serve --demo >"$ut/$1.out" 2>"$ut/$1.log" &
  server=$!
  vanta "$1"
}

# vanta NAMN: until the server answers, whose port it then is.
vanta() {
  for _ in $(seq 1200); do
    [ -f "$SUS_DATA_DIR/server.json" ] && break
    kill -0 "$server" 2>/dev/null || { echo "servern startade inte:" >&2; tail -5 "$ut/$1.log" >&2; exit 1; }
    sleep 0.1
  done
  port=$(sed -n 's/.*"basUrl": *"[^"]*:\([0-9]*\)".*/\1/p' "$SUS_DATA_DIR/server.json")
}

fuzz() {
  local fro=$1
  starta "fuzz-$fro"
  "$SUS_BIN" demo aktorer >"$tmp/actors.json"
  "$SUS_BIN" demo hints >"$tmp/tips.json"
  SUS_TIPS=$tmp/tips.json node "$verktyg/fuzz.mjs" --spec "$rot/openapi.yaml" --base "http://127.0.0.1:$port/v1" \
    --actors "$tmp/actors.json" --hints "$har/hints.mjs" --n "$N" --seed "$fro" --log "$ut/fuzz-$fro.log" \
    --out "$ut/fuzz-$fro.json" ${FUZZ_FLAGGOR:-} || kod=1
  stang
}

kill9() {
  starta kill9
  SUS_TOKEN=$("$SUS_BIN" demo token DELTAGARANSVARIG --giltig 4h)
  SUS_TOKEN_LOGG=$("$SUS_BIN" demo token SYSTEMFORVALTARE --giltig 4h)
  export SUS_TOKEN SUS_TOKEN_LOGG SUS_PORT=$port
  stang
  # Both parts write to the same data: nobody may be met twice, for an open deltagande is refused for ever.
  for offer in "api ${DODA_SERVERN:-10} 0" "pg ${DODA_PG:-5} 14000"; do
    set -- $offer
    SUS_PERSONER_FRAN=$3 node "$verktyg/kill9.mjs" "$har/kill9-target.mjs" --victim "$1" --kills "$2" --writes "${SKRIVNINGAR:-1000}" \
      --workers 4 --log "$ut/kill9-$1.log" --out "$ut/kill9-$1.json" || kod=1
  done
  "$SUS_BIN" logg kontrollera || kod=1
  "$SUS_BIN" statistik kontrollera || kod=1
}

# Guessing passwords and codes, against the limits as they are.
bruteforce() {
  export SUS_DATA_DIR=$tmp/bruteforce SUS_ADRESS=127.0.0.1 SUS_PORT=0
  unset SUS_FORSOK_PERSON SUS_FORSOK_ADRESS
  "$SUS_BIN" serve --demo >"$ut/bruteforce.out" 2>"$ut/bruteforce.log" &
  server=$!
  vanta bruteforce
  SUS_BAS=http://127.0.0.1:$port SUS_INLOGGNINGAR=$ut/bruteforce.out node "$verktyg/bruteforce.mjs" "$har/bruteforce-cfg.mjs" || kod=1
  stang
}

sammanfatta() {
  node -e '
    const fs = require("fs");
    for (const file of process.argv.slice(1)) {
      const r = JSON.parse(fs.readFileSync(file));
      if (r.kills !== undefined) console.log(`kill -9 ${r.victim}: ${r.kills} kills, ${r.acknowledged} acknowledged, lost ${r.lost}, duplicated ${r.duplicated}, missing in the audit log ${r.auditMissing}`);
      else console.log(`fuzz seed ${r.seed}: ${r.requests} requests, ${r.errors} errors, ${r.warnings} warnings, never succeeded: ${r.neverSucceeded.join(", ") || "none"}; hint errors: ${Object.keys(r.hintErrors).join(", ") || "none"}`);
    }' "$@"
}

case $del in
  fuzz) for fro in $FRON; do fuzz "$fro"; done ;;
  kill9) kill9 ;;
  bruteforce) bruteforce ;;
  alla) for fro in $FRON; do fuzz "$fro"; done; kill9; bruteforce ;;
  *) sed -n '2,4p' "$0" >&2; exit 2 ;;
esac
echo
[ "$del" = bruteforce ] || sammanfatta "$ut"/*.json
echo "rapporter och loggar: $ut"
exit "$kod"
