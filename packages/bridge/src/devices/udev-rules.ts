import type { DeviceProfile } from '@tillbridge/readers/profiles';

/** A device that the configuration names by its ids. */
export interface NamedDevice {
  readonly vid: string;
  readonly pid?: string | undefined;
}

type Subsystem = 'hidraw' | 'tty' | 'input' | 'usb';

/** Which nodes a reader opens. A scanner that types is claimed over USB where evdev is missing. */
const NODES: Readonly<Record<DeviceProfile['mode'], readonly Subsystem[]>> = {
  hidPos: ['hidraw'],
  vendor: ['hidraw'],
  keyboard: ['input', 'usb'],
  serial: ['tty'],
  oem: [],
};

/**
 * Rules for udev (70-tillbridge.rules) that let whoever sits at the machine, and one group, open scanners: exactly the known ones and those
 * that the configuration names. Never everybody, never every USB device.
 */
export function udevRules(profiles: readonly DeviceProfile[], named: readonly NamedDevice[], group: string): string {
  const wanted = new Map<string, { readonly vid: string; readonly name: string; readonly pids: Set<string>; readonly nodes: Set<Subsystem> }>();
  const want = (vid: string, name: string, pids: readonly string[], nodes: readonly Subsystem[]): void => {
    for (const node of nodes) {
      const key = `${node} ${vid}`;
      const entry = wanted.get(key) ?? { vid, name, pids: new Set(), nodes: new Set([node]) };
      for (const pid of pids) entry.pids.add(pid);
      wanted.set(key, entry);
    }
  };
  for (const { vid, name, pid, mode, layout, redirect } of profiles) {
    if (mode === 'vendor' && layout === undefined) continue;
    // one that types can be told to report by its other interface instead
    want(vid, name, pid, mode === 'keyboard' && redirect !== undefined ? [...NODES.keyboard, 'hidraw'] : NODES[mode]);
  }
  for (const { vid, pid } of named) want(vid, 'named in tillbridge.yaml', [pid ?? '????'], ['hidraw', 'tty', 'input', 'usb']);
  const blocks = [...wanted.values()]
    .sort((a, b) => order(a) - order(b) || a.vid.localeCompare(b.vid))
    .map(({ vid, name, pids, nodes }) => [...nodes].map((node) => `# ${name.replace(/[^\p{L}\p{N} ._()/-]/gu, '')}\n${rule(node, vid, [...pids].sort(), group)}`).join('\n'));
  return `${HEAD}\n\n${blocks.join('\n')}\n\n${FOOT}\n`;
}

const ORDER: readonly Subsystem[] = ['hidraw', 'input', 'tty', 'usb'];
const order = ({ nodes }: { readonly nodes: ReadonlySet<Subsystem> }): number => ORDER.findIndex((node) => nodes.has(node));

// 73-seat-late.rules acts on the tag, so the file has to come before it
const HEAD = `# Scanners for Tillbridge. Made by \`tillbridge devices rules\`; install it as /etc/udev/rules.d/70-tillbridge.rules, then:
#   sudo udevadm control --reload && sudo udevadm trigger --action=change
# TAG+="uaccess": whoever is logged in at this machine. GROUP: the user of the service, who has to be in that group.

ACTION=="remove", GOTO="tillbridge_end"`;
const FOOT = 'LABEL="tillbridge_end"';

function rule(node: Subsystem, vid: string, pids: readonly string[], group: string): string {
  const rights = `MODE="0660", GROUP="${group}", TAG+="uaccess"`;
  switch (node) {
    // by the name of the HID device, which Bluetooth ones have too: 0003:0C2E:0B67.0001
    case 'hidraw':
      return `SUBSYSTEM=="hidraw", KERNELS=="${pids.map((pid) => `????:${upper(vid)}:${upper(pid)}.*`).join('|')}", ${rights}`;
    case 'input':
      return `SUBSYSTEM=="input", KERNEL=="event*", ATTRS{id/vendor}=="${vid}", ATTRS{id/product}=="${pids.join('|')}", ${rights}`;
    // ModemManager sends AT commands to new ports, which switches some scanners off or into another mode
    case 'tty':
      return `SUBSYSTEM=="tty", ATTRS{idVendor}=="${vid}", ATTRS{idProduct}=="${pids.join('|')}", ${rights}, ENV{ID_MM_DEVICE_IGNORE}="1"`;
    case 'usb':
      return `SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ATTR{idVendor}=="${vid}", ATTR{idProduct}=="${pids.join('|')}", ${rights}`;
  }
}

/** Hex digits of a sysfs name are upper case; the signs of a pattern have no case. */
const upper = (hex: string): string => hex.toUpperCase();
