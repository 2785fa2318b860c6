import { effect, signal } from '@preact/signals';
import { get } from './api/client';
import { readKept, writeKept } from './kept';
import { hasUnsaved } from './unsaved';

const KEY = 'tillbridge.reloaded-for';

/** The version of the daemon that answers, once it has said so. */
export const daemonVersion = signal<string | undefined>(undefined);
/** The page is of another version than the daemon, and was not reloaded by itself. */
export const outdated = signal(false);

/** A page from before an update is loaded again, once for each version, and not while something typed would be lost: then it says so. */
export function followVersion(reload: () => void): void {
  effect(() => {
    const version = daemonVersion.value;
    if (version === undefined || version === __VERSION__) {
      outdated.value = false;
      return;
    }
    if (hasUnsaved() || readKept(sessionStorage, KEY) === version) {
      outdated.value = true;
      return;
    }
    writeKept(sessionStorage, KEY, version);
    reload();
  });
}

/** For a page whose reader may not follow the events, and for one that nobody is signed in to: an old page may not even be able to. */
export function askVersion(): void {
  get<{ readonly version?: unknown }>('/hello').then(
    ({ version }) => {
      if (typeof version === 'string') daemonVersion.value = version;
    },
    // whatever is wrong shows itself where something is asked for
    () => undefined,
  );
}
