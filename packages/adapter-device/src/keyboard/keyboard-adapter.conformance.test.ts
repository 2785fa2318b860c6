import { compileOutput, systemClock } from '@tillbridge/core';
import { describeAdapter } from '@tillbridge/testkit/suites';
import { inTurn, TypingTurn } from './in-turn.js';
import { KeyboardTill } from './keyboard-adapter.js';
import { SimulatedDesktop } from './testing/simulated-injector.js';
import { describeInjector } from './testing/suites/injector.js';

describeAdapter('keyboard', (log) => {
  const desktop = new SimulatedDesktop(systemClock);
  const till = desktop.window('Cashier');
  const other = desktop.window('Other');
  const options = { id: 'front', window: { title: 'Cashier' }, output: compileOutput({}), expireMs: 600_000 } as const;
  return {
    adapter: new KeyboardTill(options, inTurn(desktop, new TypingTurn(), systemClock), { clock: systemClock, log }),
    takes: (on) => void (desktop.front = on ? till : other),
    taken: () => Buffer.from(till.received, 'latin1'),
    // CR LF is one Enter; what holds characters that no list lets through is refused whole
    shows: (bytes, terminator) => {
      const text = Buffer.concat([bytes, terminator]).toString('latin1').replace('\r\n', '\r');
      // eslint-disable-next-line no-control-regex -- they are what is refused
      return Buffer.from(/[\u0000-\u0008\u000a-\u000c\u000e-\u001f]/.test(text) ? '' : text, 'latin1');
    },
  };
});

describeInjector('simulated', () => {
  const desktop = new SimulatedDesktop(systemClock);
  const till = desktop.window('Cashier');
  const other = desktop.window('Other');
  const usages: Readonly<Record<number, string>> = { 0x21: '4', 0x23: '6', 0x27: '0', 0x24: '7', 0x28: '\r' };
  desktop.carries = (character) => character !== 'Я';
  return Promise.resolve({
    source: inTurn(desktop, new TypingTurn(), systemClock),
    guard: { title: 'Cashier' },
    front: (window: 'target' | 'other') => Promise.resolve(void (desktop.front = window === 'target' ? till : other)),
    target: () => till.received + till.keys.filter(({ down }) => down).map(({ usage }) => usages[usage] ?? '?').join(''),
    other: () => other.received,
    carried: 'Az',
    notCarried: 'Я',
  });
});
