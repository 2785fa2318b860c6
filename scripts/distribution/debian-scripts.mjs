// Maintainer scripts (Debian Policy, chapter 6), as debhelper's dh_installsystemd and dh_installudev write them.

const HEAD = '#!/bin/sh\nset -e\n';

const POSTINST = `
if [ "$1" = configure ]; then
  if ! getent passwd tillbridge >/dev/null; then
    adduser --system --group --quiet --home /var/lib/tillbridge --no-create-home --gecos Tillbridge tillbridge
  fi
  install -d -m 0700 -o tillbridge -g tillbridge /var/lib/tillbridge
  # the configuration names hosts and card rules: for administrators and the service
  chown root:tillbridge /etc/tillbridge /etc/tillbridge/tillbridge.yaml
  chmod 0750 /etc/tillbridge
  chmod 0640 /etc/tillbridge/tillbridge.yaml
fi

if [ "$1" = configure ] || [ "$1" = abort-upgrade ] || [ "$1" = abort-deconfigure ] || [ "$1" = abort-remove ]; then
  deb-systemd-helper unmask tillbridge.service >/dev/null || true
  if deb-systemd-helper --quiet was-enabled tillbridge.service; then
    deb-systemd-helper enable tillbridge.service >/dev/null || true
  else
    deb-systemd-helper update-state tillbridge.service >/dev/null || true
  fi
  if [ -d /run/systemd/system ]; then
    systemctl --system daemon-reload >/dev/null || true
    deb-systemd-invoke start tillbridge.service >/dev/null || true
  fi
  # who has no udev has no devices that come and go
  if [ -S /run/udev/control ]; then
    udevadm control --reload || true
    udevadm trigger --action=change || true
  fi
fi
`;

// before an update too: a daemon whose files change under it would load parts of two versions
const PRERM = `
if [ -d /run/systemd/system ]; then
  deb-systemd-invoke stop tillbridge.service >/dev/null || true
fi
`;

const POSTRM = `
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
  systemctl --system daemon-reload >/dev/null || true
fi
if [ "$1" = purge ]; then
  if command -v deb-systemd-helper >/dev/null; then
    deb-systemd-helper purge tillbridge.service >/dev/null || true
    deb-systemd-helper unmask tillbridge.service >/dev/null || true
  fi
  # the card table and the journal are the store's, and purge means them
  rm -rf /var/lib/tillbridge /var/log/tillbridge /etc/tillbridge
  if getent passwd tillbridge >/dev/null && command -v deluser >/dev/null; then
    deluser --system --quiet tillbridge || true
  fi
fi
`;

const SCRIPTS = { postinst: POSTINST, prerm: PRERM, postrm: POSTRM };

/** @param {'postinst' | 'prerm' | 'postrm'} name */
export const script = (name) => `${HEAD}${SCRIPTS[name]}`;
