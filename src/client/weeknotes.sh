#!/bin/sh
# weeknotes: posts a note from the command line. Plain sh and curl.
set -u
umask 077

config=${XDG_CONFIG_HOME:-$HOME/.config}/weeknotes
kept=${XDG_STATE_HOME:-$HOME/.local/state}/weeknotes
tries=5
longest=120

show_help() {
  cat <<'END'
usage: weeknotes words ...            post them; quote what has a #
       command | weeknotes            post what comes in
       weeknotes -p photo words ...   post with a photo
       weeknotes -r                   send what was kept
       weeknotes -c address           say where to post; asks for the token
       weeknotes -h                   show this

The answer says what was understood. A note stays in ~/.local/state/weeknotes
(XDG_STATE_HOME) until the server has taken it. However often it is sent, it has
one key: nothing is lost, and nothing is posted twice.

Address and token stand in ~/.config/weeknotes (XDG_CONFIG_HOME), or else in
WEEKNOTES and WEEKNOTES_TOKEN.

exit codes:
  0    taken
  1    refused, and why; the note is kept beside the others, and not sent again
  2    used wrongly, or nothing takes notes there; what was sent is kept
  3    the token is not valid, or may not post; the note is kept
  4    not reached, or too busy; the note is kept: weeknotes -r sends it
  130  interrupted; what was being sent is kept
END
}

main() {
  photo='' act=post
  while getopts c:hp:r option; do
    case $option in
      c) act=configure address=$OPTARG ;;
      h) act=show_help ;;
      p) photo=$OPTARG ;;
      r) act=send_kept ;;
      *) die 2 'weeknotes -h shows how it is used' ;;
    esac
  done
  shift $((OPTIND - 1))
  "$act" "$@"
}

configure() {
  check_address "$address"
  if [ -t 0 ]; then
    trap 'stty echo; echo >&2' EXIT
    printf 'Token: ' >&2
    stty -echo
  fi
  IFS= read -r token || token=''
  [ -n "$token" ] || die 2 'no token was given'
  mkdir -p "${config%/*}" && printf 'address=%s\ntoken=%s\n' "${address%/}" "$token" >"$config" ||
    die 2 "$config cannot be written"
}

check_address() {
  case $1 in
    https://* | http://localhost:* | http://127.0.0.1:*) ;;
    *) die 2 "an address begins with https://, not: $1" ;;
  esac
}

post() {
  read_config
  make_room
  name=$(date -u +%Y-%m-%dT%H:%M:%SZ)_$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  trap 'rm -f "$kept/$name".*; exit 130' INT TERM HUP
  [ -z "$photo" ] || cp "$photo" "$kept/$name.photo" || die 2 "$photo cannot be read"
  if [ $# -gt 0 ]; then
    printf '%s\n' "$*"
  else
    [ ! -t 0 ] || echo 'What just happened? End with Ctrl-D.' >&2
    cat
  fi >"$kept/$name.part" || die 2 "$kept cannot be written"
  if ! grep -q '[^[:space:]]' "$kept/$name.part"; then
    rm -f "$kept/$name".*
    die 2 'there is nothing to post'
  fi
  cd "$kept" && mv "$name.part" "$name" || die 2 "$kept cannot be written"
  trap 'say_kept interrupted; exit 130' INT TERM HUP
  send || exit
  left=$(list_kept | grep -c .)
  [ "$left" -eq 0 ] || echo "weeknotes: kept from before: $left; weeknotes -r sends what is kept" >&2
}

send_kept() {
  read_config
  make_room
  cd "$kept" || exit 2
  trap 'say_kept interrupted; exit 130' INT TERM HUP
  code=0
  for name in $(list_kept); do
    send || code=$?
    [ "$code" -le 1 ] || break
  done
  exit "$code"
}

# Notes that wait, the oldest first; a suffix has what goes with one, or was refused.
list_kept() {
  ls | grep '^[^.]*$'
}

# The environment gives both or neither: a token goes nowhere but to its own address.
read_config() {
  address=${WEEKNOTES:-} token=${WEEKNOTES_TOKEN:-}
  if [ -z "$address" ] && [ -r "$config" ]; then
    address=$(sed -n 's/^address=//p' "$config") token=$(sed -n 's/^token=//p' "$config")
  fi
  [ -n "$address" ] && [ -n "$token" ] || die 2 'say first where to post: weeknotes -c https://…'
  check_address "$address"
  address=${address%/}
}

make_room() {
  mkdir -p "$kept" && answers=$(mktemp -d) || die 2 "$kept cannot be written"
  trap 'rm -rf "$answers"' EXIT
}

# Sends $name until it is taken, refused, or has been tried often enough.
send() {
  at=${name%_*} key=${name#*_} wait=1 try=1
  if [ -e "$name.photo" ]; then
    set -- -F "text=<$name" -F "at=$at" -F "photo=@$name.photo"
  else
    set -- --data-urlencode "text@$name" --data-urlencode "at=$at"
  fi
  while :; do
    : >"$answers/head" >"$answers/body"
    status=$(ask "$@") || status=nothing
    case $status in 20?" text/plain"*) status=taken ;; esac
    status=${status%% *}
    case $status in
      taken)
        cat "$answers/body"
        rm -f "$name" "$name.photo"
        return 0
        ;;
      400 | 413 | 415 | 422)
        mv "$name" "$name.refused"
        say_kept "$(head -n 1 "$answers/body")" .refused
        return 1
        ;;
      401 | 403)
        say_kept "$(head -n 1 "$answers/body")"
        return 3
        ;;
      408 | 425 | 429 | 5?? | nothing) ;;
      *)
        say_kept "$address answered $status: nothing takes notes there"
        return 2
        ;;
    esac
    asked=$(tr -d '\r' <"$answers/head" | sed -n 's/^[Rr]etry-[Aa]fter: *\([0-9]\{1,5\}\)$/\1/p' | tail -n 1)
    wait=${asked:-$wait}
    if [ "$try" -eq "$tries" ] || [ "$wait" -gt "$longest" ]; then
      say_kept "$address answered $status; weeknotes -r tries again"
      return 4
    fi
    echo "weeknotes: $address answered $status; trying again in $wait s" >&2
    sleep "$wait"
    try=$((try + 1)) wait=$((wait * 2 + 1))
  done
}

# Status and type of one answer. The token is not for the list of processes; no redirect is followed with it.
ask() {
  printf 'header = "Authorization: Bearer %s"\n' "$(printf %s "$token" | sed 's/[\\"]/\\&/g')" |
    curl -q -sS -K - --max-time 30 -D "$answers/head" -o "$answers/body" -w '%{http_code} %{content_type}' \
      -H "Idempotency-Key: $key" -H 'Accept: text/plain' "$@" "$address/api/updates"
}

say_kept() {
  printf 'weeknotes: %s\nkept in %s\n' "$1" "$kept/$name${2:-}" >&2
}

die() {
  printf 'weeknotes: %s\n' "$2" >&2
  exit "$1"
}

main "$@"
