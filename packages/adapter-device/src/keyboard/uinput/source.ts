import { TillbridgeError } from '@tillbridge/core';
import { hostedSource, type HostedKind, type HostedOptions } from '../hosted/hosted-injector.js';
import type { InjectorSource } from '../injector.js';
import type { UinputSetup } from './hand.js';

export interface UinputOptions extends HostedOptions {
  /** Of the till, for texts. */
  readonly till: string;
  /** Default /dev/uinput. */
  readonly path?: string;
  /** Types letters and punctuation by their places on a US keyboard. Default false. */
  readonly letters?: boolean;
}

/** `uinput`: a keyboard of the Linux kernel, for text consoles and Wayland. Nobody can say which window gets its keys. */
export function uinputSource(options: UinputOptions): InjectorSource {
  const { till, path = '/dev/uinput', letters = false } = options;
  const kind: HostedKind<UinputSetup> = {
    place: path,
    entry: 'uinput-host',
    setup: { path, letters },
    capabilities: { guard: false, atomic: true, text: letters ? 'layout' : 'digits' },
    check: (platform) => {
      if (platform !== 'linux') throw new TillbridgeError('TB_TILL_KEYBOARD_PLATFORM', { till, transport: 'uinput', platform });
    },
    failure: (failure, problem) => {
      if (failure === 'noNative') return new TillbridgeError('TB_NATIVE_MISSING', { package: 'koffi', purpose: 'transport: uinput' });
      return failure === 'noDevice' ? new TillbridgeError('TB_TILL_KEYBOARD_NO_UINPUT', { till, place: path, problem }) : undefined;
    },
  };
  return hostedSource(kind, options);
}
