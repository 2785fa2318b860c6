import { lchownSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * An administrator works as root in the state folder of a service, which runs as a user of its own: what root has just made there becomes
 * that user's, or the service could not read its own card table. Never follows a link, and leaves alone what has a second name elsewhere.
 */
export function giveToOwner(folder: string): void {
  if (process.getuid?.() !== 0) return;
  try {
    const { uid, gid } = lstatSync(folder);
    if (uid === 0) return;
    for (const path of [folder, join(folder, 'keys')].flatMap(entries)) {
      const entry = lstatSync(path);
      if (entry.uid === 0 && (entry.isDirectory() || (entry.isFile() && entry.nlink === 1))) lchownSync(path, uid, gid);
    }
  } catch {
    // no folder, or one that is just being changed: the service's own start sets it right
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
