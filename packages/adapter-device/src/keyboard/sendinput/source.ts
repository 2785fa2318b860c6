import { TillbridgeError } from '@tillbridge/core';
import { hostedSource, type HostedKind } from '../hosted/hosted-injector.js';
import type { InjectorSource } from '../injector.js';
import { CAPABILITIES, PLACE, type SendInputOptions } from './options.js';

/** Types from a supervised process of its own: a call of Windows that hangs in another program's hook is given up with it. */
export function sendInputSource(options: SendInputOptions): InjectorSource {
  const { till } = options;
  const kind: HostedKind<null> = {
    place: PLACE,
    entry: 'sendinput-host',
    setup: null,
    capabilities: CAPABILITIES,
    check: (platform) => {
      if (platform !== 'win32') throw new TillbridgeError('TB_TILL_KEYBOARD_PLATFORM', { till, transport: 'sendinput', platform });
    },
    failure: (failure) => {
      if (failure === 'noDesktop') return new TillbridgeError('TB_TILL_KEYBOARD_NO_DESKTOP', { till });
      return failure === 'noNative' ? new TillbridgeError('TB_NATIVE_MISSING', { package: 'koffi', purpose: 'transport: sendinput' }) : undefined;
    },
  };
  return hostedSource(kind, options);
}
