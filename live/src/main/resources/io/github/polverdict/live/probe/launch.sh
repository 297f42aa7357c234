# $1 is the agent for a shell, $2 the one for Python: the one that needs the fewest processes is run.
if python3 -c 'import selectors, socket' </dev/null >/dev/null 2>&1; then exec python3 -u -c "$2"; fi
if [ -z "$BASH_VERSION" ] && command -v bash >/dev/null 2>&1; then exec bash -c "$1"; fi
eval "$1"
