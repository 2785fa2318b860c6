// What 1C calls: names, parameters, orders of calls. Against the compiled library.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../support/temp-folder.js';
import { waitFor } from '../../support/wait-for.js';
import { onEveryPlatform } from './support/till.js';

const SCANNER = 'СканерШтрихкода';
const xml = (values: Readonly<Record<string, string>>): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Parameters>${Object.entries(values).map(([name, value]) => `<Parameter Name="${name}" Value="${value}"/>`).join('')}</Parameters>`;

onEveryPlatform('calls', ({ platform, startParts, startTill }) => {
  test.each(['init-first', 'memory-first'] as const)('introduces itself, with %s', async (order) => {
    const { client } = await startParts();
    await client.attach(platform.library(), order);
    expect(await client.tell('names')).toBe('Tillbridge');
    expect(await client.tell('register 0')).toBe('Tillbridge 2000 0');
    expect(await client.tell('platform 5')).toBe('3 3');
    expect(await client.tell('create 1 Another')).toBe('0');
    expect((await client.state()).depth).toBe(50);
    expect((await client.call('GetInterfaceRevision')).result).toBe(3004);
    expect((await client.call('ПОЛУЧИТЬревизиюИНТЕРФЕЙСА')).result).toBe(3004);
    const { result, values } = await client.call('ПолучитьОписание', undefined);
    expect(result).toBe(true);
    expect(values[0]).toMatch(/^<\?xml [^>]*>\s*<DriverDescription Name="Tillbridge"[^>]* EquipmentType="СканерШтрихкода"[^>]*\/>$/);
    expect((await client.call('GetVersion')).result).toMatch(/^\d+\.\d+\.\d+\.0$/);
    expect(await client.tell('destroy 0')).toBe('0');
    expect(await client.tell('destroy 0')).toBe('-1');
    expect(await client.tell('unload')).toBe('ok');
    expect(await client.state()).toMatchObject({ live: 0, faults: 0 });
    expect(await client.quit()).toBe(0);
  });

  test('every method has two names and its count of parameters, and survives being called with nothing', async () => {
    const { client } = await startParts();
    await client.attach(platform.library());
    const methods = (await client.tell('methods 0')).trim().split(' ').map((word) => decodeURIComponent(word).split('/'));
    const counts = Object.fromEntries(methods.map(([english = '', , count = '']) => [english, count]));
    expect(counts).toEqual({
      GetInterfaceRevision: '0f', GetVersion: '0f', GetDescription: '1f', GetLastError: '1f', GetParameters: '1f', SetParameter: '2f', Open: '1f', Close: '1f',
      DeviceTest: '2f', GetAdditionalActions: '1f', DoAdditionalAction: '1f', GetLocalizationPattern: '1f', SetLocalization: '2f', EquipmentParameters: '2f',
      ConnectEquipment: '3f', DisconnectEquipment: '1f', EquipmentTest: '4f', EquipmentAutoSetup: '5f', SetApplicationInformation: '1f', Confirm: '3f', GetState: '0f',
    });
    for (const [english = '', russian = '', count = '0'] of methods) {
      expect(russian).toMatch(/^[А-Яа-яA-Z]+$/);
      const few = Number.parseInt(count);
      // too few parameters: an exception in 1C, no crash
      if (few > 0) expect((await client.call(russian)).done).toBe(false);
      const none = Array.from({ length: few }, () => undefined);
      expect((await client.call(english, ...none)).done).toBe(true);
      expect((await client.callAsProcedure(russian, ...none)).done).toBe(true);
    }
    expect(await client.tell('default 0 Confirm 2')).toBe('s:');
    expect(await client.tell('default 0 Confirm 1')).toBe('none');
    expect(await client.tell('default 0 Open 0')).toBe('none');
    expect(await client.state()).toMatchObject({ live: 0, faults: 0 });
  });

  test('a host of before 3.0 gets the seven parts of the description', async () => {
    const { client } = await startParts();
    await client.attach(platform.library());
    const { values } = await client.call('GetDescription', ...Array.from({ length: 7 }, () => undefined));
    expect(values).toEqual(['Tillbridge', 'Сканер и карты лояльности через Tillbridge', SCANNER, 3004, false, false, '']);
  });

  test('wrong settings are refused with words, in the language of 1C', async () => {
    const { client } = await startParts();
    await client.attach(platform.library());
    const refused = async (name: string, value: string | number): Promise<string> => {
      expect((await client.call('УстановитьПараметр', name, value)).result).toBe(false);
      return client.lastError();
    };
    expect(await refused('EquipmentType', 'СчитывательМагнитныхКарт')).toContain('сканер');
    for (const host of ['example.com', '192.168.0.1', '128.0.0.1', '127.0.0.256', '127.0.0', '127.0.0.1.1', '127..0.1', '0127.0.0.1']) expect(await refused('Host', host)).toContain('127.0.0.1');
    for (const port of [0, 65536, -1, '80a', '99999999999']) expect(await refused('Port', port)).toContain('65535');
    await refused('Token', 'x'.repeat(257));
    await refused('DeviceID', 'a\nb');
    expect((await client.call('Open', undefined)).result).toBe(false);
    expect(await client.lastError()).toContain('секрет');
    await client.tell('language 0 en_US');
    expect(await refused('Port', 0)).toBe('Port: a number from 1 to 65535');
    await client.tell('language 0 rus_RUS');
    expect(await client.lastError()).toContain('Порт');
    // what a host sends that is none of ours does no harm
    expect((await client.call('SetParameter', 'R_Unknown', true)).result).toBe(true);
    for (const host of ['localhost', ' LOCALHOST ', '127.0.0.2', '']) expect((await client.call('SetParameter', 'Host', host)).result).toBe(true);
  });

  test('numbers come as I4, as R8 or as text', async () => {
    for (const asPort of [(port: number) => port, (port: number) => ({ real: port }), (port: number) => String(port)]) {
      const { client, daemon } = await startParts();
      await client.attach(platform.library());
      await client.open({ Port: asPort(daemon.port), Token: 'secret' });
      await daemon.waitForCount('hello', 1);
    }
  });

  test('4.3 and later: the order of parameters is read from their values', async () => {
    const { client, daemon } = await startParts();
    await client.attach(platform.library());
    const settings = xml({ EquipmentType: SCANNER, Port: String(daemon.port), Token: '&quot;s&#x435;&lt;&amp;', DeviceID: 'касса &#1053;' });
    const open = async (method: string, ...values: (string | undefined)[]): Promise<string> => {
      const answer = await client.call(method, ...values);
      expect([answer.result, await client.lastError()]).toEqual([true, '']);
      const device = answer.values.find((value, at) => value !== values[at]);
      expect((await client.call('ОтключитьОборудование', device)).result).toBe(true);
      return typeof device === 'string' ? device : '';
    };
    const scanner = 'BarcodeScanner';
    expect(await open('ConnectEquipment', undefined, SCANNER, settings)).toBe('касса Н');
    expect(await open('ПодключитьОборудование', '', scanner, settings)).toBe('касса Н');
    expect(await open('ConnectEquipment', scanner, settings, undefined)).toBe('касса Н');
    expect(await open('ConnectEquipment', settings, undefined, SCANNER)).toBe('касса Н');
    expect((await client.call('ConnectEquipment', undefined, 'ККТ', settings)).result).toBe(false);
    expect((await client.call('ConnectEquipment', undefined, SCANNER, '<Parameters><Parameter Name="Port" Value=7/></Parameters>')).result).toBe(false);
    expect((await client.call('ConnectEquipment', undefined, SCANNER, undefined)).result).toBe(false);
    const parameters = await client.call('EquipmentParameters', SCANNER, undefined);
    expect(parameters.values[1]).toMatch(/^<\?xml[^>]*><Settings><Page [^>]*>.*<Parameter Name="TokenFile"/);
    expect((await client.call('GetParameters', undefined)).values[0]).toBe(parameters.values[1]);
    expect((await client.call('EquipmentParameters', 'ККТ', undefined)).result).toBe(false);
    const right = await client.call('EquipmentTest', SCANNER, xml({ Port: String(daemon.port), Token: 'secret' }), undefined, undefined);
    expect(right).toMatchObject({ result: true, values: [SCANNER, expect.anything(), 'Связь есть, касса front', ''] });
    expect(await client.state()).toMatchObject({ live: 0, faults: 0 });
  });

  test('the equipment test says what is wrong', async () => {
    const { client, daemon } = await startParts();
    await client.attach(platform.library());
    const tested = async (): Promise<unknown[]> => {
      const { result, values } = await client.call('ТестУстройства', undefined, undefined);
      return [result, values[0]];
    };
    await client.call('SetParameter', 'Port', daemon.port);
    expect(await tested()).toEqual([false, expect.stringContaining('Не задан секрет')]);
    await client.call('SetParameter', 'Token', 'wrong');
    expect(await tested()).toEqual([false, expect.stringMatching(/не приняла секрет.*: Wrong token$/)]);
    await client.call('SetParameter', 'Token', 'secret');
    expect(await tested()).toEqual([true, 'Связь есть, касса front']);
    expect(daemon.of('hello').map((hello) => hello['test'])).toEqual([true, true]);
    daemon.greet = () => ({ type: 'refuse', code: 'busy', text: 'KASSA2, 4312', retryMs: 1000 });
    expect(await tested()).toEqual([false, 'Эта касса уже подключена из другого сеанса 1С: KASSA2, 4312']);
    daemon.greet = () => undefined;
    expect(await tested()).toEqual([false, expect.stringContaining('отвечает не Tillbridge')]);
    await daemon.die();
    expect(await tested()).toEqual([false, expect.stringContaining('не отвечает')]);
  });

  test('the token may lie in a file, which is read at each try', async () => {
    const { client, daemon } = await startParts();
    const file = join(tempFolder(), 'секрет 1.txt');
    await client.attach(platform.library());
    await client.open({ Port: daemon.port, TokenFile: platform.path(file) });
    expect((await client.call('GetState')).result).toMatch(/Не задан секрет|Подключаюсь/);
    writeFileSync(file, 'wrong\n');
    await daemon.waitForCount('hello', 1);
    expect(daemon.of('hello')[0]).toMatchObject({ token: 'wrong' });
    writeFileSync(file, '\ufeff secret \r\nwhat follows is not read\n');
    await waitFor('the new token', () => daemon.of('hello').some((hello) => hello['token'] === 'secret'));
    daemon.deliver('a1', '1');
    await client.waitForEvents(1);
    expect((await client.call('ПолучитьСостояние')).result).toBe('Связь есть, касса front');
  });

  test('devices of one object: each its own, none twice', async () => {
    const { client, daemon, device } = await startTill({ DeviceID: 'один' });
    expect(device).toBe('один');
    expect((await client.call('Open', undefined)).result).toBe(false);
    expect(await client.lastError()).toContain('уже подключено');
    const second = await client.open({ DeviceID: '' });
    expect(second).toMatch(/^tillbridge-[0-9a-f]{16}$/);
    await daemon.waitForCount('hello', 2);
    expect(new Set(daemon.of('hello').map((hello) => hello['instance'])).size).toBe(2);
    expect(daemon.of('hello').map((hello) => hello['device'])).toEqual(['один', second]);
    for (let i = 0; i < 6; i++) await client.open({});
    await daemon.waitForCount('hello', 8);
    expect((await client.call('Open', undefined)).result).toBe(false);
    expect((await client.call('Close', 'no such')).result).toBe(false);
    expect((await client.call('Close', '')).result).toBe(false);
    expect((await client.call('Отключить', second)).result).toBe(true);
    expect((await client.call('Close', second)).result).toBe(false);
    expect(await client.lastError()).toContain('не подключено');
    expect(await client.tell('done 0')).toBe('ok');
    expect((await client.call('Close', 'один')).result).toBe(false);
    expect((await client.call('Open', undefined)).result).toBe(false);
    await daemon.waitForCount('bye', 1);
  });

  const orders: readonly (readonly string[])[] = [
    ['done', 'destroy'], ['close', 'done', 'destroy'], ['destroy'], ['done', 'done', 'destroy'], ['close', 'close', 'destroy'], ['done', 'close', 'destroy'], [],
  ];
  test.each(orders.map((order) => [order.join(', ') || 'nothing', order] as const))('ends cleanly with %s', async (_name, order) => {
    const { client, daemon, device } = await startTill();
    daemon.deliver('a1', '1');
    await client.waitForEvents(1);
    for (const step of order) await (step === 'close' ? client.call('Close', device) : client.tell(`${step} 0`));
    if (order.includes('destroy')) {
      await daemon.waitForCount('bye', 1);
      expect(await client.tell('unload')).toBe('ok');
      // and comes again
      await client.attach(platform.library());
      await client.open({ Port: daemon.port, Token: 'secret' });
      await daemon.waitForCount('hello', 2);
      daemon.deliver('a2', '2');
      await client.waitForEvents(2);
      await client.tell('destroy 0');
    }
    expect(await client.state()).toMatchObject({ live: 0, faults: 0 });
    expect(await client.quit()).toBe(0);
  });
});
