// Other programs that carry what a scanner sends to a cashier program's port, each as its users would write it.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile, start, startNodeRelay, startRelay, startSocat } from './kit.mjs';

const native = (name) => fileURLToPath(new URL(`../native/${name}`, import.meta.url));
const cache = () => join(process.env.TILLBRIDGE_CACHE || join(homedir(), '.cache/tillbridge'), 'bench-peers');

/** Versions that were looked at; a newer one is another program. */
const NODE_RED = { 'node-red': '5.0.7', 'node-red-node-serialport': '2.0.3' };
const READY_MS = 60_000;

/** A Python that has pyserial: Debian's own where the first on PATH has it not. */
function python() {
  for (const program of ['python3', '/usr/bin/python3']) {
    try {
      execFileSync(program, ['-c', 'import serial'], { stdio: 'ignore' });
      return program;
    } catch {
      // the next one
    }
  }
  throw new Error('no Python with pyserial: sh test/setup-debian.sh');
}

/** Installed once, beside every checkout; nothing of it runs while it is installed. */
function nodeRed() {
  const folder = join(cache(), `node-red-${NODE_RED['node-red']}`);
  const entry = join(folder, 'node_modules/node-red/red.js');
  if (existsSync(join(folder, 'ready'))) return entry;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'bench-peers', private: true, dependencies: NODE_RED }));
  execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 });
  writeFileSync(join(folder, 'ready'), '');
  return entry;
}

/** The flow that its users draw: "serial in" split at CR, which stays in the message, and "serial out". */
function flow(from, to) {
  const port = (id, path) => ({ id, type: 'serial-port', name: '', serialport: path, serialbaud: '9600', databits: '8', parity: 'none', stopbits: '1', waitfor: '', dtr: 'none', rts: 'none', cts: 'none', dsr: 'none', newline: '\\r', bin: 'false', out: 'char', addchar: '', responsetimeout: '10000' });
  return [
    { id: 'tab', type: 'tab', label: 'till', disabled: false },
    port('scanner', from),
    port('till', to),
    { id: 'in', type: 'serial in', z: 'tab', name: '', serial: 'scanner', x: 100, y: 100, wires: [['out']] },
    { id: 'out', type: 'serial out', z: 'tab', name: '', serial: 'till', x: 300, y: 100, wires: [] },
  ];
}

async function startNodeRed(makeDriver, folder) {
  const entry = nodeRed();
  const place = mkdtempSync(join(folder, 'node-red-'));
  const driver = await makeDriver({ pair: true });
  writeFileSync(join(place, 'flows.json'), JSON.stringify(flow(driver.in, driver.out)));
  // no editor, no HTTP: only the flow
  writeFileSync(join(place, 'settings.js'), `module.exports = { flowFile: 'flows.json', httpAdminRoot: false, httpNodeRoot: false, uiHost: '127.0.0.1', uiPort: 0, nodesDir: ${JSON.stringify(join(entry, '../../node-red-node-serialport'))}, logging: { console: { level: 'info', metrics: false, audit: false } } };\n`);
  const red = start(process.execPath, [entry, '--userDir', place, '--settings', join(place, 'settings.js')]);
  const stop = async () => [await driver.stop(), await red.stop()];
  try {
    // both ports, in whatever order
    await red.until(/serial port .* opened/, READY_MS);
    await red.until(/serial port .* opened/, READY_MS);
    return { driver, stop, pid: red.pid };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** ser2net's own library, from one port to the other; it says nothing when both are open. */
const GENSIOT = 'echo ready; exec gensiot -i "serialdev,$1,local" "serialdev,$2,local"';

/** Each with how it is started; `needs` names what else it wants, so that a run without it can say so. */
export const PEERS = [
  { id: 'tillbridge', name: 'Tillbridge' },
  { id: 'cRelay', name: 'minimal C relay (floor)', open: (makeDriver, folder) => startRelay(makeDriver, compile('../../support/far-end/relay.c', folder), []) },
  { id: 'socat', name: 'socat', open: (makeDriver, folder) => startSocat(makeDriver, folder) },
  { id: 'blockingRelay', name: 'bare Node.js relay, read(2)', open: (makeDriver, folder) => startNodeRelay(makeDriver, folder, 'blocking') },
  { id: 'nodeRelay', name: 'bare Node.js relay, event loop', open: (makeDriver, folder) => startNodeRelay(makeDriver, folder, 'events') },
  { id: 'serialport', name: 'serialport + ReadlineParser', open: (makeDriver) => startRelay(makeDriver, process.execPath, [native('serialport-readline.mjs')]) },
  { id: 'pyserial', name: 'Python, pyserial', open: (makeDriver) => startRelay(makeDriver, python(), [native('pyserial-relay.py')]) },
  { id: 'gensiot', name: 'gensiot (ser2net’s library)', open: (makeDriver) => startRelay(makeDriver, 'sh', ['-c', GENSIOT, 'sh']) },
  { id: 'nodeRed', name: 'Node-RED, serial in → serial out', open: startNodeRed },
];
