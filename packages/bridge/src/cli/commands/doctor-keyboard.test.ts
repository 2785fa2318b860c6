import { describe, expect, test } from 'vitest';
import { load } from '../../config/test-support.js';
import { goodsRows } from './doctor-keyboard.js';

function rows(reader: string, till: string, routes = ''): readonly { level: string; id: string }[] {
  const text = `version: 1\nreaders:\n  - ${reader}\ntills:\n  - { id: front, adapter: keyboard, ${till} }\n  - { id: port, adapter: virtual-com, transport: port, path: COM9 }\nroutes:\n  - { readers: [counter], till: front${routes} }\n`;
  return goodsRows(load(text).config, ({ en }) => en).map(({ level, id }) => ({ level, id }));
}

const SERIAL = '{ id: counter, type: serial, path: COM1 }';
const KEYBOARD = '{ id: counter, type: keyboard, path: /dev/input/event1 }';
const XTEST = 'transport: xtest, window: { process: till }';
const FAIL = [{ level: 'fail', id: 'goods counter' }];

describe('the matrix of scanners and goods', () => {
  test.each([
    ['serial, typed without GS', SERIAL, XTEST, '', FAIL],
    ['serial, typed with GS', SERIAL, `${XTEST}, controls: [GS]`, '', []],
    ['serial, no marked goods', SERIAL, `${XTEST}, markedGoods: false`, '', []],
    ['serial, goods another way', SERIAL, XTEST, ', goods: port', []],
    ['serial, goods nowhere', SERIAL, XTEST, ', goods: none', []],
    ['keyboard, the same keys again', KEYBOARD, XTEST, '', [{ level: 'ok', id: 'goods counter' }]],
    ['serial, digits only', SERIAL, 'transport: uinput, window: none, controls: [GS]', '', FAIL],
    ['serial, uinput with letters and GS', SERIAL, 'transport: uinput, window: none, letters: true, controls: [GS]', '', []],
    ['sendinput, without GS', SERIAL, 'transport: sendinput, window: { process: till }', '', FAIL],
  ] as const)('%s', (_, reader, till, routes, expected) => expect(rows(reader, till, routes)).toEqual(expected));
});
