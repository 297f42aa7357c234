# As agent.sh, with one process for all probes.
import errno, os, selectors, socket, sys, time

KINDS = {"tcp": (socket.SOCK_STREAM, 0), "udp": (socket.SOCK_DGRAM, 0), "sctp": (socket.SOCK_STREAM, 132)}
DNS = b"\x124\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x01"
IDLE = 900  # seconds after which whoever does not ask is gone, though the stream was not closed
NOT_REACHED = {errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EACCES, errno.EPERM, errno.EHOSTDOWN}
waiting = {}  # socket -> (id, until)
select = selectors.DefaultSelector()


def say(text):
    os.write(1, (text + "\n").encode())


def end(s, number, word, detail=""):
    if s is not None:
        if s in waiting:
            select.unregister(s)
            del waiting[s]
        s.close()
    say("@%s %s %s" % (number, word, detail))


def failed(s, number, code):
    word = "refused" if code == errno.ECONNREFUSED else "timeout" if code == errno.ETIMEDOUT else "failed"
    end(s, number, "unreachable" if code in NOT_REACHED else word, os.strerror(code))


def probe(number, protocol, address, port, seconds):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    s = None
    try:
        s = socket.socket(family, *KINDS[protocol])
        s.setblocking(False)
        code = s.connect_ex((address, int(port)))
        if code not in (0, errno.EINPROGRESS):
            return failed(s, number, code)
        if protocol == "udp":
            s.send(DNS if port == "53" else b"hostname\n")
        waiting[s] = (number, time.monotonic() + float(seconds))
        select.register(s, selectors.EVENT_READ if protocol == "udp" else selectors.EVENT_WRITE)
    except OSError as e:
        if e.errno in (errno.EPROTONOSUPPORT, errno.ESOCKTNOSUPPORT, errno.EAFNOSUPPORT):
            return end(s, number, "unsupported", e.strerror)
        failed(s, number, e.errno or 0)


def ready(s):
    number = waiting[s][0]
    code = s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if code == 0 and s.type == socket.SOCK_DGRAM:
        try:
            s.recv(1)
        except OSError as e:
            code = e.errno
    if code:
        failed(s, number, code)
    else:
        end(s, number, "connected")


def listed(number, tables, states):
    for table in tables:
        try:
            with open("/proc/net/" + table) as lines:
                for words in (line.split() for line in lines):
                    if words[3] in states:
                        unread = words[4].split(":")[1]
                        say("+%s %s %s %s" % (number, table, " ".join(words[1:4]), unread))
        except OSError:
            pass


def handshakes(number):
    listed(number, ("tcp", "tcp6"), ("02", "03"))
    say("@%s done" % number)


def sockets(number):
    listed(number, ("tcp", "tcp6", "udp", "udp6"), ("0A", "07"))
    try:
        with open("/proc/net/snmp") as lines:
            for words in (line.split() for line in lines):
                if words[0] == "Udp:" and words[1].isdigit():
                    say("+%s datagrams %s %s" % (number, words[1], words[3]))
        with open("/proc/net/snmp6") as lines:
            for words in (line.split() for line in lines):
                if words[0] in ("Udp6InDatagrams", "Udp6InErrors"):
                    say("+%s datagrams %s" % (number, words[1]))
    except OSError:
        pass
    say("@%s done" % number)


say("@hello tcp=python udp=python sctp=python")
select.register(0, selectors.EVENT_READ)
buffer = b""
while True:
    events = select.select(0.1 if waiting else IDLE)
    if not events and not waiting:
        sys.exit(0)
    for key, _ in events:
        if key.fd != 0:
            ready(key.fileobj)
            continue
        data = os.read(0, 65536)
        if not data:
            sys.exit(0)
        *lines, buffer = (buffer + data).split(b"\n")
        for words in (line.decode().split() for line in lines):
            if words and words[0] == "probe":
                probe(*words[1:6])
            elif words and words[0] == "sockets":
                sockets(words[1])
            elif words and words[0] == "handshakes":
                handshakes(words[1])
    now = time.monotonic()
    for s, (number, until) in list(waiting.items()):
        if now > until:
            end(s, number, "timeout")
