// The connection: bad daemons, silent daemons, broken lines.
import { expect, test } from 'vitest';
import { onEveryPlatform } from './support/till.js';

onEveryPlatform('connection', ({ platform, startParts, startTill }) => {
  test('is there before the daemon, and after it', async () => {
    const { client, daemon } = await startParts();
    const port = daemon.port;
    await daemon.die();
    await client.attach(platform.library());
    await client.open({ Port: port, Token: 'secret' });
    expect((await client.call('GetState')).result).toMatch(/Подключаюсь|не отвечает/);
    for (let round = 1; round <= 2; round++) {
      await daemon.listen();
      await daemon.waitForCount('hello', round);
      daemon.deliver(`r${String(round)}`, 'x');
      await client.waitForEvents(round);
      await daemon.die();
    }
    expect(new Set(daemon.of('hello').map((hello) => hello['instance'])).size).toBe(1);
  });

  test('a wrong token is refused, and tried again as the daemon says', async () => {
    const { client, daemon } = await startParts();
    await client.attach(platform.library());
    await client.open({ Port: daemon.port, Token: 'wrong' });
    await daemon.waitForCount('hello', 3);
    expect((await client.call('GetState')).result).toMatch(/не приняла секрет/);
    expect(client.events()).toEqual([]);
  });

  test('a daemon that never answers is left, and a silent one too', async () => {
    const { client, daemon } = await startParts();
    daemon.greet = () => undefined;
    await client.attach(platform.library());
    await client.open({ Port: daemon.port, Token: 'secret' });
    await daemon.waitForCount('hello', 2);
    daemon.greet = () => ({ type: 'welcome', protocol: 1, session: 's', till: 'front', daemon: '1', pingMs: 500 });
    await daemon.waitForCount('hello', 3);
    daemon.send({ type: 'ping', n: 9007199254740991 });
    await daemon.waitForCount('pong', 1);
    expect(daemon.of('pong')).toEqual([{ type: 'pong', n: 9007199254740991 }]);
    await daemon.waitForCount('hello', 4);
  });

  test.each([
    ['no JSON', 'what?\n'],
    ['no object', '[1]\n'],
    ['no type', '{"id":"x"}\n'],
    ['a repeated key', '{"type":"ping","n":1,"n":2}\n'],
    ['wrong UTF-8', Buffer.from('7b2274797065223a2270696e67ff222c226e223a317d0a', 'hex')],
    ['a line without end', 'x'.repeat(4096)],
    ['a delivery without data', '{"type":"deliver","id":"z","seq":1,"expiresInMs":1000}\n'],
    ['an id that is none', '{"type":"query","id":"a b"}\n'],
    ['too deep', '{"type":"ping","n":1,"x":[[[[1]]]]}\n'],
    ['a number with a fraction', '{"type":"ping","n":1.5}\n'],
  ])('%s ends the connection, and the next one works', async (_name, bytes) => {
    const { client, daemon } = await startTill();
    daemon.raw(bytes);
    await daemon.waitForCount('hello', 2);
    daemon.deliver('a', '1');
    await client.waitForEvents(1);
  });

  test('what a later version adds is passed over; lines come in any pieces', async () => {
    const { client, daemon } = await startTill();
    daemon.raw('\r\n\n{"type":"news","more":{"a":[1,true,null,"\\u00e9"]}}\r\n');
    const line = Buffer.from('{"type":"deliver","id":"a","seq":1,"data":"К\\u043e\\u0434 ё","expiresInMs":60000,"later":-1.5e3}\r\n');
    for (const byte of line) daemon.raw(Buffer.from([byte]));
    expect((await client.waitForEvents(1))[0]?.data).toBe('Код ё');
    const full = `{"type":"ping","n":7,"fill":"${'x'.repeat(4096 - 32)}"}\n`;
    expect(full).toHaveLength(4096);
    daemon.raw(full);
    await daemon.waitForCount('pong', 1);
    expect(daemon.of('hello')).toHaveLength(1);
  });

  test('two clients with one till: the second is told so and waits its turn', async () => {
    const { client, daemon } = await startTill();
    daemon.greet = () => ({ type: 'refuse', code: 'busy', text: 'KASSA1, 77', retryMs: 250 });
    await client.tell('create 1 Tillbridge');
    await client.tell('setup 1 memory-first');
    for (const [name, value] of [['Port', String(daemon.port)], ['Token', 'secret']] as const) await client.tell(`call 1 SetParameter s:${name} s:${value}`);
    await client.tell('call 1 Open e');
    await daemon.waitForCount('hello', 3);
    expect(decodeURIComponent(await client.tell('call 1 GetState'))).toMatch(/уже подключена из другого сеанса 1С: KASSA1, 77$/);
    expect((await client.call('GetState')).result).toBe('Связь есть, касса front');
  });
});
