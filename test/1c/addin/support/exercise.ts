import type { OneC } from './client.js';
import type { Daemon } from './daemon.js';

/**
 * A working day in one go: everything that touches memory and threads. `library` is loaded, used, and unloaded.
 * @param events how many events are raised beside the bad cases
 */
export async function exercise(client: OneC, daemon: Daemon, library: string, events: number): Promise<void> {
  await client.attach(library);
  await client.tell('quiet 1');
  const device = await client.open({ EquipmentType: 'BarcodeScanner', Port: { real: daemon.port }, Token: 'secret' });
  await daemon.waitForCount('hello', 1);
  await run(client, daemon, 'e', events);
  for (const [id, data] of [['empty', ''], ['nul', '\u0000'], ['long', 'x'.repeat(1500)]] as const) daemon.deliver(id, data);
  await daemon.waitForStatus('long', 'refused tooLong');
  await client.tell('busy 1');
  for (let i = 0; i < 60; i++) daemon.deliver(`w${String(i)}`, 'Кириллица', { expiresInMs: 100 });
  await daemon.waitForEnd('w49');
  await client.tell('busy 0');
  await client.inside('Confirm', 'c', 'applied', 'да');
  daemon.deliver('c', '{"id":"c"}', { event: 'card' });
  await daemon.waitForCount('confirm', 1);
  daemon.raw('nonsense\n');
  await daemon.waitForCount('hello', 2);
  await client.storm(4, 10, 'GetState');
  await client.storm(4, 10, 'Confirm', 'e1', 'applied');
  const other = await client.call('ConnectEquipment', undefined, 'СканерШтрихкода', `<Parameters><Parameter Name="Port" Value="${String(daemon.port)}"/><Parameter Name="Token" Value="secret"/></Parameters>`);
  await client.call('DeviceTest', undefined, undefined);
  await client.call('DisconnectEquipment', other.values[0]);
  daemon.deliver('last', 'x');
  await client.call('Close', device);
  await client.tell('done 0');
  await client.tell('destroy 0');
  await client.tell('unload');
}

/** Events in groups that the driver's queue holds, each answered before the next. */
export async function run(client: OneC, daemon: Daemon, prefix: string, events: number): Promise<void> {
  const before = (await client.state()).taken;
  for (let from = 0; from < events; from += 50) {
    const count = Math.min(50, events - from);
    for (let i = from; i < from + count; i++) daemon.deliver(`${prefix}${String(i)}`, `код ${String(i)}`);
    await daemon.waitForStatus(`${prefix}${String(from + count - 1)}`, 'queued');
    daemon.forget();
  }
  const { taken } = await client.state();
  if (taken - before !== events) throw new Error(`${String(taken - before)} of ${String(events)} events arrived`);
}
