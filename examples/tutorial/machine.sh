# What the example finds on this machine, or puts there. Sourced by run.

# The java of a JDK 25 or newer: of JAVA_HOME, of the PATH, or where Debian keeps its JDKs.
java25() {
    local java
    for java in "${JAVA_HOME:-/none}/bin/java" "$(command -v java || true)" /usr/lib/jvm/*/bin/java; do
        if [ -x "$java" ] && [ "$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')" -ge 25 ]; then
            echo "$java"
            return
        fi
    done
    echo "No JDK 25 or newer: install one, or set JAVA_HOME." >&2
    return 1
}

engine_pid=''

# Uses the engine that answers; as root on Debian or Ubuntu it installs and starts one.
need_engine() {
    if docker version --format 'Docker {{.Server.Version}}' 2>/dev/null; then
        return
    fi
    if [ -n "${DOCKER_HOST:-}" ] || [ "$(id -u)" != 0 ] || ! grep -qiE 'debian|ubuntu' /etc/os-release; then
        echo "No Docker engine answers: start one, or point DOCKER_HOST at one." >&2
        return 1
    fi
    if ! command -v dockerd >/dev/null; then
        echo "No Docker engine is installed: installing Debian's (package docker.io)."
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq docker.io >/dev/null
    fi
    if docker version --format 'Docker {{.Server.Version}}' 2>/dev/null; then
        return # the package's own service came up
    fi
    echo "No Docker engine runs: starting one for this example."
    dockerd >"$work/dockerd.log" 2>&1 &
    engine_pid=$!
    for _ in $(seq 150); do
        docker version --format 'Docker {{.Server.Version}}' 2>/dev/null && return
        sleep 0.2
    done
    echo "The Docker engine did not start:" >&2
    tail -n 5 "$work/dockerd.log" >&2
    return 1
}

stop_engine() {
    [ -z "$engine_pid" ] || { kill "$engine_pid" && wait "$engine_pid"; } 2>/dev/null || true
}

# A file system with nothing but busybox and a page, as a tar: demo_image VERSION FOLDER
demo_image() {
    local root=$2/image-v$1 busybox
    busybox=$(static_busybox)
    mkdir -p "$root/bin" "$root/www/cgi-bin"
    cp "$busybox" "$root/bin/busybox"
    local applet
    for applet in sh httpd hostname echo cat kill; do
        ln -s busybox "$root/bin/$applet"
    done
    cp examples/tutorial/serve "$root/serve"
    sed "s/VERSION/$1/" examples/tutorial/hello >"$root/www/cgi-bin/hello"
    chmod 755 "$root/www/cgi-bin/hello"
    echo ok >"$root/www/index.html"
    tar -C "$root" -c .
}

# A busybox that needs no library.
static_busybox() {
    local busybox
    busybox=$(command -v busybox || true)
    if [ -z "$busybox" ] || ldd "$busybox" >/dev/null 2>&1; then
        [ "$(id -u)" = 0 ] || { echo "Install the package busybox-static." >&2; return 1; }
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq busybox-static >/dev/null
        busybox=$(command -v busybox)
    fi
    echo "$busybox"
}
