import { compileOutput, TillbridgeError, type Adapter, type Clock, type OutputOptions } from '@tillbridge/core';
import type { InjectorSource, KeyboardTillOptions, TypingTurn, WindowGuard } from '@tillbridge/adapter-device/keyboard';
import { known, tillProfile, type TillProfile } from '@tillbridge/adapter-device/till-profiles';
import type { KeyboardConfig } from '../../config/index.js';
import { throughAgent } from '../../agent/place.js';
import type { AgentPorts } from '../agent-ports.js';
import type { PartContext } from '../parts.js';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** What the adapter is made of: a keyboard till without what does not concern it. */
export type KeyboardDevice = Without<KeyboardConfig, 'duplicateMs' | 'markedGoods'>;

type KeyboardPorts = Pick<PartContext, 'clock' | 'log' | 'keyboardTurn' | 'agents'>;

/** Who types now, of all keyboard tills of the process: a machine has one focus. */
export class KeyboardTurn {
  #turn: TypingTurn | undefined;

  of(make: () => TypingTurn): TypingTurn {
    return (this.#turn ??= make());
  }
}

/** Makes a till that is typed into; loads the adapter's code. */
export async function keyboardTill(config: KeyboardDevice, context: KeyboardPorts): Promise<Adapter> {
  const { clock, log } = context;
  const { inTurn, KeyboardTill, TypingTurn } = await import('@tillbridge/adapter-device/keyboard');
  const profile = config.profile === undefined ? undefined : tillProfile(config.profile);
  const turn = (context.keyboardTurn ?? new KeyboardTurn()).of(() => new TypingTurn());
  const source = inTurn(await sourceOf(config, context), turn, clock);
  return new KeyboardTill(optionsOf(config, profile), source, { clock, log });
}

function optionsOf(config: KeyboardDevice, profile: TillProfile | undefined): KeyboardTillOptions {
  const { id, template, pad, track2, expireMs, backlogMs, keyDelayMs, keysBefore, controls, alphabet } = config;
  const prefix = config.prefix ?? (template === undefined ? known(profile?.prefix) : undefined);
  const suffix = config.suffix ?? (template === undefined ? known(profile?.suffix) : undefined);
  const shape = template ?? (prefix === undefined && pad === undefined && track2 === undefined ? known(profile?.template) : undefined);
  const output: OutputOptions = {
    ...(shape === undefined ? {} : { template: shape }),
    ...(prefix === undefined ? {} : { prefix }),
    ...(suffix === undefined ? {} : { suffix }),
    ...(pad === undefined ? {} : { pad }),
    ...(track2 === undefined ? {} : { track2 }),
  };
  const delay = keyDelayMs ?? known(profile?.keyDelayMs);
  const mode = config.transport === 'sendinput' ? (config.mode ?? known(profile?.mode)) : undefined;
  return {
    ...{ id, expireMs, output: compileOutput(output), window: windowOf(config, known(profile?.window)), suffix: suffix ?? 'CR' },
    ...(delay === undefined ? {} : { keyDelayMs: delay }),
    ...(mode === undefined ? {} : { mode }),
    ...(backlogMs === undefined ? {} : { backlogMs }),
    ...(keysBefore === undefined ? {} : { keysBefore }),
    ...(controls === undefined ? {} : { controls }),
    ...(alphabet === undefined ? {} : { alphabet }),
  };
}

/** The check of the configuration has seen that there is one. */
function windowOf({ id, window }: KeyboardDevice, ofProfile: WindowGuard | undefined): WindowGuard | 'none' {
  const found = window ?? ofProfile;
  if (found === undefined) throw new Error(`till ${id}: the configuration let no window through`);
  return found;
}

async function sourceOf(config: KeyboardDevice, { clock, log, agents }: KeyboardPorts): Promise<InjectorSource> {
  const { sendInputSource, uinputSource } = await import('@tillbridge/adapter-device/keyboard');
  // a keyboard of the kernel belongs to no session
  if (config.transport === 'uinput') return uinputSource({ till: config.id, path: config.device, letters: config.letters, clock, log });
  // whoever names a screen has one
  const agent = config.agent ?? (config.transport === 'xtest' && config.display !== undefined ? false : 'auto');
  if (throughAgent(agent)) return throughThe(agents, config);
  if (config.transport === 'xtest') return xtest(config, clock);
  return sendInputSource({ till: config.id, clock, log });
}

/** The agent has a desktop; a command that only looks has no agent: the running daemon answers for that. */
function throughThe(agents: AgentPorts | undefined, config: Extract<KeyboardDevice, { transport: 'xtest' | 'sendinput' }>): InjectorSource {
  const { id, transport } = config;
  if (agents === undefined) return { place: `the agent (${transport})`, open: () => Promise.reject(new TillbridgeError('TB_TILL_AGENT_MISSING')) };
  const places = config.transport === 'xtest' ? { display: config.display, xauthority: config.xauthority } : {};
  return agents.keyboard({ transport, options: { till: id, ...places } });
}

async function xtest({ id, display, xauthority }: Extract<KeyboardDevice, { transport: 'xtest' }>, clock: Clock): Promise<InjectorSource> {
  if (process.platform === 'win32') throw new TillbridgeError('TB_TILL_KEYBOARD_PLATFORM', { till: id, transport: 'xtest', platform: process.platform });
  const { xtestSource } = await import('@tillbridge/adapter-device/keyboard');
  return xtestSource({ till: id, display: display ?? process.env['DISPLAY'] ?? '', xauthority }, clock);
}
