#!/bin/sh
# Process 1 of the guest, started on top of the host's files: brings the system up, runs the groups, switches the machine off.
. "$1"
# the repository's own Node.js comes first; the system's may be older
export PATH="$BENCH_TREE/node_modules/.bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# commands that start again and again are compiled once
export NODE_COMPILE_CACHE=/run/compiled
# only /run is hidden by memory: the repository may lie in /tmp
export HOME=/root TMPDIR=/run LANG=C.UTF-8 TILLBRIDGE_TREE="$BENCH_TREE" TILLBRIDGE_CACHE="$BENCH_CACHE"
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts
mount -t devpts devpts /dev/pts
mount -t tmpfs -o mode=1777 tmpfs /run
while read -r module; do busybox insmod "$module"; done <"$BENCH_MODULES"
mount -t configfs configfs /sys/kernel/config
busybox ip link set lo up
# what was built when this run began, in its place
for built in "$BENCH_BUNDLE"/packages/*; do
  place="$BENCH_TREE/packages/${built##*/}/dist"
  mkdir -p "$place"
  mount --bind "$built" "$place"
done
/lib/systemd/systemd-udevd --daemon
udevadm trigger --action=add --subsystem-match=virtio-ports --subsystem-match=tty --subsystem-match=misc --subsystem-match=input
udevadm settle

exec 3>/dev/virtio-ports/results 1>/dev/virtio-ports/log 2>&1
cd "$BENCH_TREE" || exit
uptime() { read -r up _ </proc/uptime; echo "$up"; }
for group in $BENCH_GROUPS; do
  printf '{"begin":"%s","at":%s}\n' "$group" "$(uptime)" >&3
  timeout -s KILL "$BENCH_GROUP_LIMIT" node --enable-source-maps "$BENCH_BUNDLE/$group.mjs"
  printf '{"end":"%s","code":%d,"at":%s}\n' "$group" $? "$(uptime)" >&3
done
printf '{"done":true}\n' >&3
mkfifo /run/end
sync
echo o >/proc/sysrq-trigger
# the machine goes off by itself; process 1 must not end before
read -r _ </run/end
