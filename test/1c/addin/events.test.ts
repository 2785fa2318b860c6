// What becomes of a delivery. Against the compiled library, with a daemon that says what it likes.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../support/temp-folder.js';
import { waitFor } from '../../support/wait-for.js';
import { onEveryPlatform } from './support/till.js';

onEveryPlatform('events', ({ platform, startTill }) => {
  test('greets, and raises what comes, in order and as it is', async () => {
    const { client, daemon, device } = await startTill();
    expect(daemon.of('hello')[0]).toMatchObject({ protocol: 1, token: 'secret', device, test: false, client: { name: platform.program } });
    expect(daemon.of('hello')[0]?.['driver']).toMatch(/^\d+\.\d+\.\d+$/);
    if (platform.samePid) expect(daemon.of('hello')[0]).toMatchObject({ client: { pid: client.pid } });
    expect(device).toBe(`tillbridge-${String(daemon.of('hello')[0]?.['instance'])}`);
    const data = ['2000000001234', 'Кириллица ёЁ', '010460123456789321abc\u001d93xyz', '7'.repeat(100), 'x'.repeat(1024), '"\\/\b\f\n\r\t\u007f', '😀 %s%n', ' пробелы '];
    data.forEach((text, i) => daemon.deliver(`a${String(i)}`, text));
    const events = await client.waitForEvents(data.length);
    expect(events).toEqual(data.map((text) => ({ source: device, event: 'Штрихкод', data: text })));
    await daemon.waitForCount('status', data.length);
    expect(daemon.of('status')).toEqual(data.map((_, i) => ({ type: 'status', id: `a${String(i)}`, state: 'queued' })));
  });

  test('the name of the event is set, that of the extension is not', async () => {
    const { client, daemon } = await startTill({ EventName: 'Barcode' });
    daemon.deliver('a', '1', { event: 'barcode' });
    daemon.deliver('b', '{"id":"b"}', { event: 'card' });
    expect((await client.waitForEvents(2)).map(({ event, data }) => [event, data])).toEqual([['Barcode', '1'], ['TillbridgeCard', '{"id":"b"}']]);
  });

  test('what cannot be an event is refused and not raised', async () => {
    const { client, daemon } = await startTill();
    daemon.deliver('empty', '');
    daemon.deliver('nul', 'a\u0000b');
    daemon.deliver('long', 'x'.repeat(1025));
    daemon.raw('{"type":"deliver","id":"half","seq":1,"data":"\\ud83d","expiresInMs":1000}\n');
    daemon.deliver('event', '1', { event: 'other' });
    daemon.deliver('soon', '1', { expiresInMs: 0 });
    daemon.deliver('late', '1', { expiresInMs: 600_001 });
    daemon.deliver('good', '1');
    await daemon.waitForStatus('good', 'queued');
    const said = ['empty', 'nul', 'long', 'half', 'event', 'soon', 'late'].map((id) => daemon.statuses(id));
    expect(said).toEqual([['refused empty'], ['refused nul'], ['refused tooLong'], ['refused badText'], ['refused badEvent'], ['refused badDeadline'], ['refused badDeadline']]);
    expect(client.events()).toHaveLength(1);
  });

  test('a burst of 100 arrives whole and in order', async () => {
    const { client, daemon } = await startTill();
    const lines = Array.from({ length: 100 }, (_, i) => JSON.stringify({ type: 'deliver', id: `b${String(i)}`, seq: i + 1, data: `code ${String(i)}`, expiresInMs: 60_000 }));
    daemon.raw(`${lines.join('\n')}\n`);
    const events = await client.waitForEvents(100);
    expect(events.map(({ data }) => data)).toEqual(lines.map((_, i) => `code ${String(i)}`));
    await daemon.waitForCount('status', 100);
    expect(new Set(daemon.of('status').map(({ state }) => state))).toEqual(new Set(['queued']));
  });

  test('while 1C is busy: waits, keeps the order, takes back, expires by its own clock', async () => {
    const { client, daemon } = await startTill();
    await client.tell('busy 1');
    daemon.deliver('first', '1');
    await daemon.waitForStatus('first', 'waiting');
    daemon.deliver('short', '2', { expiresInMs: 50 });
    daemon.deliver('taken-back', '3');
    daemon.deliver('last', '4');
    daemon.send({ type: 'withdraw', id: 'taken-back' });
    await daemon.waitForStatus('short', 'expired late');
    await daemon.waitForStatus('taken-back', 'dropped withdrawn');
    for (let i = 0; i < 60; i++) daemon.deliver(`many${String(i)}`, 'x', { expiresInMs: 1500 });
    await daemon.waitForStatus('many59', 'refused full');
    expect(daemon.statuses('many47')).not.toContain('refused full');
    await daemon.waitForStatus('many47', 'expired late');
    expect(daemon.statuses('first')).toEqual(['waiting']);
    await client.tell('busy 0');
    await daemon.waitForStatus('last', 'queued');
    expect(client.events().map(({ data }) => data)).toEqual(['1', '4']);
    await client.tell('busy 1');
    daemon.deliver('never', '5', { expiresInMs: 500 });
    await daemon.waitForStatus('never', 'expired hostBusy');
    expect(daemon.statuses('never')).toEqual(['waiting', 'expired hostBusy']);
    await client.tell('busy 0');
    daemon.deliver('next', '6');
    await daemon.waitForStatus('next', 'queued');
    expect(client.events().map(({ data }) => data)).toEqual(['1', '4', '6']);
  });

  test('a repeated id is answered from memory, also after a reconnect, and by what became of it', async () => {
    const { client, daemon } = await startTill();
    daemon.deliver('a', '1');
    daemon.deliver('bad', '');
    await daemon.waitForCount('status', 2);
    await daemon.die();
    await daemon.listen();
    await daemon.waitForCount('hello', 2);
    expect(daemon.of('hello')[1]?.['instance']).toBe(daemon.of('hello')[0]?.['instance']);
    daemon.deliver('a', '1');
    daemon.deliver('bad', 'now it has data');
    daemon.send({ type: 'query', id: 'a' });
    daemon.send({ type: 'query', id: 'never-given' });
    await daemon.waitForStatus('never-given', 'none');
    expect(daemon.statuses('a')).toEqual(['queued', 'queued', 'queued']);
    expect(daemon.statuses('bad')).toEqual(['refused empty', 'refused empty']);
    expect(client.events()).toHaveLength(1);
  });

  test('the memory holds the last 1024 and no more', async () => {
    const { client, daemon } = await startTill();
    await client.tell('quiet 1');
    for (let i = 0; i < 1025; i++) daemon.deliver(`m${String(i)}`, 'x');
    await daemon.waitForCount('status', 1025);
    daemon.send({ type: 'query', id: 'm1' });
    daemon.send({ type: 'query', id: 'm0' });
    await daemon.waitForStatus('m0', 'none');
    expect(daemon.statuses('m1')).toEqual(['queued', 'queued']);
  });

  test('what waited when the daemon died goes on waiting, and 1C may still take it', async () => {
    const { client, daemon } = await startTill();
    await client.tell('busy 1');
    daemon.deliver('a', '1');
    await daemon.waitForStatus('a', 'waiting');
    await daemon.die();
    await client.tell('busy 0');
    await client.waitForEvents(1);
    await daemon.listen();
    await daemon.waitForCount('hello', 2);
    daemon.send({ type: 'query', id: 'a' });
    await daemon.waitForStatus('a', 'queued');
  });

  test('an extension confirms: once, what was raised, with its words; also when nobody listens', async () => {
    const { client, daemon } = await startTill();
    const confirm = async (...values: string[]): Promise<unknown> => (await client.call('Confirm', ...values)).result;
    expect(await confirm('a', 'applied', '')).toBe(false);
    daemon.deliver('a', '1', { event: 'card' });
    daemon.deliver('refused', '');
    await daemon.waitForCount('status', 2);
    expect(await confirm('a', 'perhaps')).toBe(false);
    expect(await client.lastError()).toContain('applied');
    expect(await confirm('refused', 'applied')).toBe(false);
    expect(await confirm('a', 'Rejected', 'Карта\nне найдена')).toBe(true);
    expect(await confirm('a', 'applied')).toBe(false);
    await daemon.waitForCount('confirm', 1);
    daemon.deliver('b', '2');
    daemon.deliver('c', '3');
    await daemon.waitForStatus('c', 'queued');
    await daemon.die();
    expect((await client.call('Подтвердить', 'b', 'applied')).result).toBe(true);
    expect((await client.call('Подтвердить', 'c', 'notFound', 'x'.repeat(500))).result).toBe(true);
    await daemon.listen();
    await daemon.waitForCount('confirm', 3);
    daemon.send({ type: 'query', id: 'a' });
    await daemon.waitForCount('confirm', 4);
    expect(daemon.of('confirm')).toEqual([
      { type: 'confirm', id: 'a', state: 'rejected', text: 'Карта не найдена' },
      { type: 'confirm', id: 'b', state: 'applied', text: '' },
      { type: 'confirm', id: 'c', state: 'notFound', text: 'x'.repeat(200) },
      { type: 'confirm', id: 'a', state: 'rejected', text: 'Карта не найдена' },
    ]);
  });

  test('a confirmation from within the event comes after `queued`', async () => {
    const { client, daemon } = await startTill();
    await client.inside('Confirm', 'a', 'applied', '');
    daemon.deliver('a', '1');
    expect((await client.insideAnswer()).result).toBe(true);
    await daemon.waitForCount('confirm', 1);
    expect(daemon.messages.slice(-2)).toEqual([{ type: 'status', id: 'a', state: 'queued' }, { type: 'confirm', id: 'a', state: 'applied', text: '' }]);
  });

  test('what waits when 1C closes the device is dropped and told before the farewell', async () => {
    const { client, daemon, device } = await startTill();
    await client.tell('busy 1');
    daemon.deliver('a', '1');
    await daemon.waitForStatus('a', 'waiting');
    expect((await client.call('Close', device)).result).toBe(true);
    await daemon.waitForCount('bye', 1);
    expect(daemon.messages.slice(-2)).toEqual([{ type: 'status', id: 'a', state: 'dropped', reason: 'closed' }, { type: 'bye', reason: 'closed' }]);
    await client.tell('busy 0');
    expect(client.events()).toEqual([]);
  });

  test('Close during an event that never ends returns, and the event may end after the library is gone', async () => {
    const { client, daemon, device } = await startTill();
    await client.tell('hold 1');
    daemon.deliver('a', '1');
    await client.waitForEvents(1);
    daemon.deliver('b', '2');
    expect((await client.call('Close', device)).result).toBe(true);
    expect(await client.tell('done 0')).toBe('ok');
    expect(await client.tell('destroy 0')).toBe('0');
    expect(await client.tell('unload')).toBe('ok');
    await client.tell('hold 0');
    await daemon.waitForCount('bye', 1);
    expect([daemon.statuses('a'), daemon.statuses('b')]).toEqual([['queued'], []]);
    await waitFor('the event to end', async () => (await client.state()).running === 0);
    expect(client.events()).toHaveLength(1);
    expect(await client.quit()).toBe(0);
  });

  test('Close from within the event does not wait for itself', async () => {
    const { client, daemon, device } = await startTill();
    await client.inside('Close', device);
    daemon.deliver('a', '1');
    expect((await client.insideAnswer()).result).toBe(true);
    await daemon.waitForCount('bye', 1);
    expect(daemon.statuses('a')).toEqual(['queued']);
    const again = await client.open({});
    await daemon.waitForCount('hello', 2);
    daemon.deliver('b', '2');
    expect((await client.waitForEvents(2))[1]?.source).toBe(again);
  });

  test('several threads of 1C at once', async () => {
    const { client, daemon, device } = await startTill();
    for (let i = 0; i < 30; i++) daemon.deliver(`s${String(i)}`, 'x');
    await daemon.waitForStatus('s1', 'queued');
    await client.storm(4, 50, 'GetState');
    await client.storm(4, 50, 'Confirm', 's1', 'applied');
    await client.storm(4, 20, 'SetParameter', 'Port', daemon.port);
    await client.storm(4, 2, 'Open', undefined);
    await client.storm(4, 50, 'Close', device);
    await daemon.waitForCount('confirm', 1);
    expect(daemon.of('confirm')).toHaveLength(1);
    await client.tell('destroy 0');
    expect(await client.state()).toMatchObject({ live: 0, faults: 0 });
  });

  test('the log is bounded and tells neither codes nor secrets', async () => {
    const path = join(tempFolder(), 'журнал.log');
    const { client, daemon } = await startTill({ LogPath: platform.path(path) });
    await client.tell('quiet 1');
    daemon.deliver('x1', '2000000001234');
    await client.call('Confirm', 'x1', 'rejected', 'Иванов');
    for (let i = 0; i < 9000; i++) {
      daemon.deliver(`n${String(i)}`, '');
      // as many at once as the driver keeps lines for
      if (i % 40 === 39) await daemon.waitForStatus(`n${String(i)}`, 'refused empty');
    }
    await daemon.waitForStatus('n8999', 'refused empty');
    await client.tell('destroy 0');
    const [now, before] = [path, `${path}.1`].map((file) => [statSync(file).size, readFileSync(file, 'utf8')] as const);
    expect(now![0]).toBeLessThanOrEqual(256 * 1024);
    expect(before![0]).toBeLessThanOrEqual(256 * 1024);
    const text = before![1] + now![1];
    expect(text).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z connected: till front, daemon 0\.1\.0$/m);
    expect(text).toMatch(/delivery 9001: refused, empty/);
    expect(text).not.toMatch(/200000|secret|Иванов/);
  });
});
