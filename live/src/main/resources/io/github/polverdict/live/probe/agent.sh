# Reads "probe ID PROTOCOL ADDRESS PORT SECONDS", "sockets ID" and "handshakes ID"; every probe starts a process or two and is not
# waited for. Answers "@ID WORD DETAIL" as they come; of the others first "+ID TABLE LOCAL REMOTE STATE UNREAD" lines as /proc/net
# has them, and of sockets "+ID datagrams COUNT..." lines with what UDP has received, then "@ID done".
have() { command -v "$1" >/dev/null 2>&1; }
agnhost=
for f in agnhost /agnhost; do if have "$f"; then agnhost=$(command -v "$f"); fi; done
tcp=none udp=none sctp=none
if [ -n "$agnhost" ]; then tcp=agnhost udp=agnhost sctp=agnhost; fi
if have nc; then case "$(nc -h 2>&1 </dev/null)" in *-z*) tcp=ncz ;; *"-e PROG"*) tcp=nce ;; esac; fi
if [ -n "$BASH_VERSION" ] && have timeout; then tcp=bash udp=bash; fi

tcp_ncz() { exec nc -z -v -w "$3" "$1" "$2"; }
tcp_nce() { exec nc -w "$3" "$1" "$2" -e sh -c :; }
tcp_bash() { exec timeout "$3" bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$1" "$2"; }
udp_bash() {
  p='hostname\n'
  if [ "$2" = 53 ]; then p='\022\064\001\000\000\001\000\000\000\000\000\000\000\000\002\000\001'; fi
  exec timeout "$3" bash -c 'exec 3<>"/dev/udp/$0/$1" && printf "$2" >&3 && IFS= read -r -n 1 _ <&3' "$1" "$2" "$p"
}
by_agnhost() { # PROTOCOL ADDRESS PORT SECONDS
  case $2 in *:*) a="[$2]" ;; *) a=$2 ;; esac
  exec "$agnhost" connect "$a:$3" --timeout="${4}s" --protocol="$1"
}
tcp_agnhost() { by_agnhost tcp "$@"; }
udp_agnhost() { by_agnhost udp "$@"; }
sctp_agnhost() { by_agnhost sctp "$@"; }
tcp_none() { echo "no tool for TCP: not supported"; return 1; }
udp_none() { echo "no tool for UDP: not supported"; return 1; }
sctp_none() { echo "no tool for SCTP: not supported"; return 1; }

# each of the above is run in a shell of its own
probe() { # ID PROTOCOL ADDRESS PORT SECONDS
  case $2 in tcp) with=tcp_$tcp ;; udp) with=udp_$udp ;; sctp) with=sctp_$sctp ;; esac
  said=$("$with" "$3" "$4" "$5" 2>&1)
  status=$?
  said=${said%%
*}
  case $status in
    0) word=connected ;;
    124 | 143) word=timeout ;;
    *)
      case $said in
        *efused* | *REFUSED*) word=refused ;;
        *'timed out'* | *TIMEOUT* | *imeout*) word=timeout ;;
        *'not supported'*) word=unsupported ;;
        *nreachable* | *'o route'* | *rohibited* | *'not permitted'*) word=unreachable ;;
        *) word=failed ;;
      esac ;;
  esac
  printf '@%s %s %s\n' "$1" "$word" "$said"
}
rows() { # TABLE STATE STATE: a shell reads byte by byte, which takes long where connections are many
  set -- "/proc/net/$1" "/proc/net/${1}6" "$2" "$3"
  if have grep; then grep -h -e " $3 " -e " $4 " "$1" "$2"; else
    for f in "$1" "$2"; do while read -r line; do echo "$line"; done <"$f"; done
  fi 2>/dev/null
}
table() { # ID TABLE STATE STATE: of both families
  rows "$2" "$3" "$4" | while read -r _ here there state queues _; do
    case $state in "$3" | "$4") printf '+%s %s %s %s %s %s\n' "$1" "$2" "$here" "$there" "$state" "${queues#*:}" ;; esac
  done
}
handshakes() { # ID: those that are not answered (02), and those that this end has answered and nobody else (03)
  table "$1" tcp 02 03
  printf '@%s done\n' "$1"
}
sockets() { # ID: who listens; what UDP has received
  table "$1" tcp 0A 0A
  table "$1" udp 07 07
  while read -r head in _ errors _; do
    case $head$in in Udp:[0-9]*) printf '+%s datagrams %s %s\n' "$1" "$in" "$errors" ;; esac
  done 2>/dev/null </proc/net/snmp
  while read -r key count; do
    case $key in Udp6InDatagrams | Udp6InErrors) printf '+%s datagrams %s\n' "$1" "$count" ;; esac
  done 2>/dev/null </proc/net/snmp6
  printf '@%s done\n' "$1"
}

printf '@hello tcp=%s udp=%s sctp=%s\n' "$tcp" "$udp" "$sctp"
# whoever does not ask for a quarter of an hour is gone, though the stream was not closed; dash has no such limit
idle=
if echo | read -t 1 -r _ 2>/dev/null; then idle='-t 900'; fi
# shellcheck disable=SC2086,SC2229
while read $idle -r verb id rest; do
  # shellcheck disable=SC2086
  case $verb in
    probe) probe "$id" $rest </dev/null & ;;
    sockets | handshakes) "$verb" "$id" </dev/null ;;
  esac
done
# shellcheck disable=SC2046
kill $(jobs -p) 2>/dev/null
