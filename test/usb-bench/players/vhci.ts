import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const VHCI = '/sys/devices/platform/vhci_hcd.0';
/** A free port's state in the status file (kernel: drivers/usb/usbip/usbip_common.h, VDEV_ST_NULL). */
const FREE = '004';
/** enum usb_device_speed of the kernel's ch9.h. */
const FULL_SPEED = 2;
const PORT_BUDGET_MS = 10_000;

export interface Attachment {
  readonly socket: Socket;
  readonly port: number;
}

function freePorts(): readonly number[] {
  const lines = readFileSync(`${VHCI}/status`, 'latin1').split('\n').slice(1);
  return lines.map((line) => line.trim().split(/\s+/)).flatMap(([hub, port, state]) => (hub === 'hs' && state === FREE ? [Number(port)] : []));
}

async function pickPort(wanted: number | undefined): Promise<number> {
  for (let waited = 0; waited < PORT_BUDGET_MS; waited += 20) {
    const free = freePorts();
    const [first] = free;
    if (wanted === undefined ? first !== undefined : free.includes(wanted)) return wanted ?? first ?? 0;
    await pause(20);
  }
  throw new Error(`the port ${String(wanted ?? 'any')} of the virtual hub did not become free`);
}

/**
 * Plugs a device into the kernel's virtual hub. The kernel needs only a connected stream socket; the handshake of the USB/IP protocol is a
 * business of its user-space tools. The far end goes to the kernel as file 0 of a shell, so no private handle of Node's is touched.
 */
export async function attach(served: (socket: Socket) => void, wantedPort?: number): Promise<Attachment> {
  const path = join(tmpdir(), `usbip-${String(process.pid)}-${String(performance.now())}.sock`);
  const server = createServer();
  await once(server.listen(path), 'listening');
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const far = connect(path);
  // at once, so that nothing of the kernel's is ever read here
  far.pause();
  await once(far, 'connect');
  const [socket] = await accepted;
  served(socket);
  const port = await pickPort(wantedPort);
  const script = `echo "${String(port)} 0 65537 ${String(FULL_SPEED)}" > ${VHCI}/attach`;
  const shell = spawn('sh', ['-c', script], { stdio: [far, 'ignore', 'inherit'] });
  const [code] = (await once(shell, 'exit')) as [number | null];
  far.destroy();
  server.close();
  await rm(path, { force: true });
  if (code !== 0) throw new Error(`the virtual hub refused the device at port ${String(port)}`);
  return { socket, port };
}
