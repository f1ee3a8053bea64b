# Draws what `unit-agent history` prints as a page: a row for each record, a lane for
# each state.

function escape(text) {
    gsub(/&/, "\\&amp;", text)
    gsub(/</, "\\&lt;", text)
    return text
}

function colour(state) {
    if (state ~ /error/) return "#c0392b"
    if (state == "started") return "#1e8449"
    return "#5d6d7e"
}

{
    n++
    time[n] = $1
    state[n] = $2
    rest[n] = $0
    sub(/^[^ ]+ +[^ ]+ */, "", rest[n])
    if (!($2 in lane)) lane[$2] = lanes++
}

END {
    row = 30
    left = 110
    width = 34
    text = left + lanes * width
    print "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>The life of a page</title>"
    print "<style>"
    print ":root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }"
    print "body { max-width: 60rem; margin: 3rem auto; padding: 0 1rem; }"
    print "svg { width: 100%; height: auto; } svg text { fill: currentColor; dominant-baseline: middle; }"
    print ".time { font-variant-numeric: tabular-nums; opacity: 0.6; } .state { font-weight: 600; }"
    print "iframe { width: 100%; height: 32rem; border: 1px solid #8888; border-radius: 6px; }"
    print "</style>"
    print "<h1>The life of a page</h1>"
    print "<p>Every record that the agent made durable, oldest first. A ring is a transition in"
    print "flight, a dot a state at rest. Where a transition was interrupted, the agent had been"
    print "killed: the next one ran it again. Describe the life of your own agent or device in a"
    print "<code>.workflow</code> file, and it can be killed and carries on in the same way.</p>"
    printf "<svg viewBox=\"0 0 900 %d\" role=\"img\" aria-label=\"The records of the unit\">\n", n * row + row
    for (i = 1; i <= n; i++) {
        x[i] = left + lane[state[i]] * width + width / 2
        y[i] = i * row
    }
    for (i = 2; i <= n; i++) {
        printf "<path d=\"M%d %dC%d %d %d %d %d %d\" fill=\"none\" stroke=\"%s\" stroke-width=\"3\"/>\n", \
            x[i - 1], y[i - 1], x[i - 1], y[i] - row / 2, x[i], y[i] - row / 2, x[i], y[i], colour(state[i])
    }
    for (i = 1; i <= n; i++) {
        printf "<text class=\"time\" x=\"0\" y=\"%d\">%s</text>\n", y[i], time[i]
        printf "<circle cx=\"%d\" cy=\"%d\" r=\"7\" stroke=\"%s\" stroke-width=\"3\" fill=\"%s\"/>\n", \
            x[i], y[i], colour(state[i]), rest[i] == "" ? colour(state[i]) : "Canvas"
        printf "<text x=\"%d\" y=\"%d\"><tspan class=\"state\">%s</tspan>", text + 10, y[i], state[i]
        if (rest[i] != "") {
            mark = rest[i] ~ /interrupted/ ? " fill=\"#c0392b\" font-weight=\"600\"" : ""
            printf "<tspan dx=\"10\"%s>%s</tspan>", mark, escape(rest[i])
        }
        print "</text>"
    }
    print "</svg>"
    print "<h2>The page, as it was last served</h2>"
    print "<iframe src=\"page.html\" title=\"The page\"></iframe></html>"
}
