#!/bin/sh
# Installs what the system suites need beside Node.js and npm, on Debian 12 or newer and its children.
# Run as root, or as a user with sudo. Does nothing when everything is there.
set -eu

packages='socat openssl python3 gcc libc6-dev procps util-linux chromium'
# the USB bench, and recorded devices
packages="$packages qemu-system-x86 busybox-static xz-utils libusb-1.0-0 libudev1 umockdev libumockdev0 libpcap0.8"
# contactless readers: the PC/SC service with virtual readers, and what compiles nfc-pcsc for the Node.js in node_modules
packages="$packages pcscd libccid libpcsclite-dev vsmartcard-vpcd perl-base g++ make"
# programs that goods are held against by `npm run bench`
packages="$packages python3-serial gensio-bin"
# the driver for 1C: compilers for Windows, and what runs it under a checker and as on Windows (download 190 MB, 1.3 GB installed, 20 s)
packages="$packages valgrind gcc-mingw-w64-x86-64-win32 gcc-mingw-w64-i686-win32 clang lld wine64"
# the iikoFront plugin: compiler and runtime of .NET Framework programs
packages="$packages mono-mcs mono-runtime libmono-system-runtime-serialization4.0-cil"
# windows to type into, on X and as on Windows
packages="$packages xvfb x11-xkb-utils xterm jwm"
# the service and the downloads: a fresh Debian to install into, checks of units and packages, the Windows installer
packages="$packages systemd debootstrap lintian nsis"

missing=''
for package in $packages; do
  status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
  [ "$status" = 'install ok installed' ] || missing="$missing $package"
done

# a wine prefix and Node.js for Windows, once (half a minute): else the first suites that need them would each make them
prepare_wine() {
  command -v node >/dev/null 2>&1 || return 0
  node "$(dirname "$0")/setup-wine.mjs" >/dev/null || echo "wine is not prepared: its suites will try again" >&2
}

if [ -z "$missing" ]; then
  prepare_wine
  echo "system parts: all there"
  exit 0
fi

as_root=''
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "these packages are missing, and installing them takes root:$missing" >&2
    exit 1
  fi
  as_root='sudo'
fi

echo "installing:$missing"
$as_root apt-get update -qq </dev/null
# shellcheck disable=SC2086 # one word a package
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing </dev/null
prepare_wine
echo "system parts: all there now"
