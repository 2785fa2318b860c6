import { randomUUID } from 'node:crypto';
import type { Clock } from '@tillbridge/core';
import type { CloudFaults } from './faults.js';

/** How long correlation ids are kept at real servers is not known; tests move the clock. */
export const KEEP_COMMANDS_MS = 600_000;

interface Command {
  readonly organizationId: string;
  readonly at: number;
  polls: number;
  /** Carries it out; gives the reason when the till refuses. */
  readonly effect: () => string | undefined;
  ended: CommandStatus | undefined;
}

export type CommandStatus =
  | { readonly state: 'InProgress' }
  | { readonly state: 'Success' }
  | { readonly state: 'Error'; readonly exception: null; readonly errorReason: string };

/** Commands that were taken and are carried out later: the 200 of the call means no more than that. */
export class CommandQueue {
  readonly #clock: Clock;
  readonly #faults: CloudFaults;
  readonly #commands = new Map<string, Command>();

  constructor(clock: Clock, faults: CloudFaults) {
    this.#clock = clock;
    this.#faults = faults;
  }

  /** Gives the correlation id. */
  add(organizationId: string, effect: () => string | undefined): string {
    const id = randomUUID();
    const { pollsInProgress, neverEnds } = this.#faults;
    const command: Command = { organizationId, at: this.#clock.mono(), polls: pollsInProgress, effect, ended: undefined };
    this.#commands.set(id, command);
    // the till works whether somebody asks or not
    if (!neverEnds) command.ended = this.#end(command);
    return id;
  }

  /** undefined: not kept any longer, or never known. */
  status(organizationId: string, id: string): CommandStatus | undefined {
    const command = this.#commands.get(id);
    if (command?.organizationId !== organizationId || this.#faults.forgetCommands) return undefined;
    if (this.#clock.mono() - command.at >= KEEP_COMMANDS_MS) return undefined;
    if (command.ended === undefined || command.polls > 0) {
      command.polls -= 1;
      return { state: 'InProgress' };
    }
    return command.ended;
  }

  #end(command: Command): CommandStatus {
    const { refuse, ignoreCommands } = this.#faults;
    if (refuse.times > 0) {
      refuse.times -= 1;
      return { state: 'Error', exception: null, errorReason: refuse.reason };
    }
    if (ignoreCommands) return { state: 'Success' };
    const errorReason = command.effect();
    return errorReason === undefined ? { state: 'Success' } : { state: 'Error', exception: null, errorReason };
  }
}
