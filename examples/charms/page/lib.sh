# What the hooks share. Hooks run in the charm's folder.

# option NAME: the value of an option.
option() {
    sed -n "s/^ *\"$1\": //p" "$CONFIG_FILE" | sed 's/,$//; s/^"//; s/"$//; s/\\\(.\)/\1/g'
}

# setting NAME: what the remote unit says of itself.
setting() {
    sed -n "\\|^ *\"$JUJU_REMOTE_UNIT\": {|,/}/ s/^ *\"$1\": \"\(.*\)\",\{0,1\}\$/\1/p" "$RELATION_FILE"
}

# note TEXT: writes a line of the page's life.
note() {
    echo "$(date +%H:%M:%S) $*" >>life.log
}

# Text for HTML.
escape() {
    sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g'
}

# Makes the page anew, in one step.
render() {
    mkdir -p site neighbours
    title=$(option title | escape)
    {
        echo '<!doctype html><html lang="en"><meta charset="utf-8">'
        echo "<title>$title</title><style>"
        cat style.css
        echo "</style><h1>$title</h1>"
        echo "<p>Unit $JUJU_UNIT_NAME, revision $(cat revision).</p>"
        echo '<h2>Neighbours</h2><ul>'
        for neighbour in neighbours/*; do
            if [ -e "$neighbour" ]; then
                echo "<li>$(escape <"$neighbour")</li>"
            fi
        done
        echo '</ul><h2>Life</h2><ol>'
        escape <life.log | sed 's/^/<li>/; s/$/<\/li>/'
        echo '</ol></html>'
    } >site/index.html.new
    mv site/index.html.new site/index.html
}

# Whether the server runs: the process is there, and it is ours.
serving() {
    [ -e server.pid ] && grep -qF "$CHARM_DIR" "/proc/$(cat server.pid)/cmdline" 2>/dev/null
}

# listeners PORT: the sockets that listen on a port of this machine, on whatever address (0A
# is the kernel's LISTEN).
listeners() {
    cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
        sed -n "s/^ *[0-9]*: [0-9A-F]*:$(printf '%04X' "$1") [0-9A-F]*:0000 0A [^ ]* [^ ]* [^ ]* *[0-9]* *[0-9]* \([0-9]*\) .*/socket:[\1]/p"
}

# listens PROCESS PORT: whether it is this process that listens there, and no other.
listens() {
    sockets=$(listeners "$2")
    [ -n "$sockets" ] && ls -l "/proc/$1/fd" 2>/dev/null | grep -qF "$sockets"
}

# Starts the server on the first port that is free, and waits until it listens.
serve() {
    port=$(option port)
    while [ -n "$(listeners "$port")" ]; do
        port=$((port + 1))
    done
    ./serve "$CHARM_DIR/site" "$port" >server.log 2>&1 </dev/null &
    server=$!
    echo "$server" >server.pid
    until listens "$server" "$port"; do
        if ! kill -0 "$server" 2>/dev/null; then
            # Somebody else was faster.
            if [ -n "$(listeners "$port")" ]; then
                serve
                return
            fi
            echo "nothing serves on port $port:"
            cat server.log
            return 1
        fi
        rest
    done
    option port >server.port
    echo "http://127.0.0.1:$port/" >address
    note "serving on $(cat address)"
}

# Not every sleep knows of less than a second.
rest() {
    sleep 0.1 2>/dev/null || sleep 1
}

# Stops the server, and waits until it is gone.
stop_serving() {
    if serving; then
        kill "$(cat server.pid)"
        while serving; do rest; done
    fi
    rm -f server.pid server.port address
}
