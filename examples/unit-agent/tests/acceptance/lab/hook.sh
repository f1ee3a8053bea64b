#!/bin/sh
# Writes down that it began and ended, and in between does what the files of the
# control folder tell it.
control='@control@'
hook='@hook@'

say() { echo "$1 $hook $$ ${2-}" >>"$control/log"; }

if [ -e "$control/running" ] && read -r other <"$control/running" &&
    { read -r _ _ state _ <"/proc/$other/stat"; } 2>/dev/null &&
    [ "$state" != Z ] && [ "$state" != X ]; then
    say overlap "$other"
fi
echo "$$" >"$control/running"

say begin "label=@label@ at=$0 unit=${JUJU_UNIT_NAME-} charm=${CHARM_DIR-} relation=${JUJU_RELATION-} id=${JUJU_RELATION_ID-} remote=${JUJU_REMOTE_UNIT-}"
say path "$PATH"
if [ -n "${CONFIG_FILE-}" ] && [ -e "$CONFIG_FILE" ]; then
    say config "$(tr -d '\n' <"$CONFIG_FILE")"
fi
echo "$$" >>"${0%/*}/../written-by-$hook"

if [ -e "$control/build-$hook" ]; then
    mkdir -p "${0%/*}/../made/by/$hook"
    echo "$hook" >"${0%/*}/../made/by/$hook/file"
    ln -s file "${0%/*}/../made/by/$hook/link"
fi
if [ -e "$control/stubborn-$hook" ]; then
    trap '' TERM
fi
if [ -e "$control/child-$hook" ]; then
    rm "$control/child-$hook"
    while [ -e "$control" ]; do sleep 0.1; done >/dev/null 2>&1 &
    say child "$!"
fi
if [ -e "$control/hold-$hook" ]; then
    mv "$control/hold-$hook" "$control/held-$hook"
    say held
    while [ -e "$control/held-$hook" ]; do sleep 0.01; done
    [ -e "$control" ] || exit 0
fi
if [ -e "$control/slow-$hook" ]; then
    sleep 0.2
    [ -e "$control" ] || exit 0
fi
if [ -e "$control/noise-$hook" ]; then
    line=0
    while [ "$line" -lt 4000 ]; do
        echo "line $line of a long story, told slowly"
        line=$((line + 1))
    done
fi
code=0
if [ -e "$control/fail-$hook" ]; then
    read -r code <"$control/fail-$hook"
    echo "$hook lost its way"
    echo "$hook cannot go on" >&2
fi
rm -f "$control/running"
say end
exit "$code"
