import { openStateFolder } from '@tillbridge/store';
import { giveKey } from '../../agent/give-key.js';
import { thisMachine } from '../../agent/place.js';
import type { Cli } from '../cli.js';

/** Gives a user's agent the key of this machine's daemon. */
export async function allow(cli: Cli, user: string): Promise<void> {
  const path = await giveKey(openStateFolder(cli.statePath), user, thisMachine());
  cli.result({ user, key: path }, () => cli.say({ en: `the agent of ${user} may talk to the daemon: ${path}`, ru: `агент пользователя ${user} может работать с демоном: ${path}` }));
}
