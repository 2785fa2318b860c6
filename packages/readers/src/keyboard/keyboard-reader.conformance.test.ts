import { silentLog, systemClock } from '@tillbridge/core';
import { describeReader } from '@tillbridge/testkit/suites';
import { createKeyboardReader } from './keyboard-reader.js';
import { InProcessHosts } from './testing/in-process-host.js';
import { SimulatedKeyboard } from './testing/simulated-keyboard.js';

describeReader(
  'keyboard',
  () => {
    const device = new SimulatedKeyboard();
    const hosts = new InProcessHosts({ clock: systemClock, evdev: () => Promise.resolve(device.binding), claim: () => Promise.reject(new Error('no USB here')) });
    const context = { clock: systemClock, log: silentLog, random: () => 0, roots: device.roots, platform: 'linux' as const, spawn: hosts.spawn };
    const reader = createKeyboardReader({ id: 'counter', where: { match: { vid: '0c2e', pid: '0b61' } } }, context);
    return { reader, device, dispose: () => device.dispose() };
  },
  { stream: false },
);
