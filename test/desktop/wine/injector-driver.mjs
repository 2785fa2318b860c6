// Runs under wine: a keyboard that a suite on the other side drives, over a TCP connection, a JSON text a line.
//   node injector-driver.mjs PORT MODULE EXPORT
/* global AbortController */
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const [port, module, name] = process.argv.slice(2);
const { silentLog, systemClock } = await import('@tillbridge/core');
const source = (await import(module))[name]({ till: 'front', clock: systemClock, log: silentLog });
const socket = connect(Number(port), '127.0.0.1');
const say = (what) => socket.write(`${JSON.stringify(what)}\n`);
const calls = new Map();
let injector;

async function answer({ call, what, stroke, keys, guard, aborted }) {
  const stop = new AbortController();
  if (aborted) stop.abort();
  calls.set(call, stop);
  try {
    if (what === 'open') {
      injector = await source.open(stop.signal);
      const opened = injector;
      void opened.ended.then((error) => say({ ended: { code: error.code, message: error.message } }));
      return { capabilities: injector.capabilities };
    }
    if (what === 'type') return await injector.type(stroke, stop.signal);
    if (what === 'replay') return await injector.replay(keys, stop.signal);
    if (what === 'look') return await injector.look(guard, stop.signal);
    await injector?.close();
    return null;
  } finally {
    calls.delete(call);
  }
}

createInterface({ input: socket }).on('line', (line) => {
  const request = JSON.parse(line);
  if (request.what === 'abort') {
    calls.get(request.call)?.abort();
    return;
  }
  answer(request).then(
    (result) => say({ call: request.call, result }),
    (error) => say({ call: request.call, error: { code: error.code, message: error.message } }),
  );
});
socket.on('close', () => process.exit(0));
say({ ready: process.version });
