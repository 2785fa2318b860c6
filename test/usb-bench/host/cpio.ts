export interface CpioEntry {
  readonly name: string;
  /** File type and permissions, as in stat(2). */
  readonly mode: number;
  readonly data?: Buffer;
}

export const FOLDER = 0o040755;
export const PROGRAM = 0o100755;
export const FILE = 0o100644;

/** Packs an archive in the format "newc" (kernel: Documentation/driver-api/early-userspace/buffer-format.rst), which an initramfs is. */
export function packCpio(entries: readonly CpioEntry[]): Buffer {
  const parts = [...entries, { name: 'TRAILER!!!', mode: 0 }].flatMap((entry, index) => pack(entry, index + 1));
  return Buffer.concat(parts);
}

function pack({ name, mode, data = Buffer.alloc(0) }: CpioEntry, inode: number): Buffer[] {
  const path = Buffer.from(`${name}\0`);
  // inode, mode, uid, gid, links, time, size, device (4 fields), length of the name, check sum
  const fields = [inode, mode, 0, 0, 1, 0, data.length, 0, 0, 0, 0, path.length, 0];
  const header = Buffer.from(`070701${fields.map((value) => value.toString(16).padStart(8, '0')).join('')}`);
  return [header, path, padding(header.length + path.length), data, padding(data.length)];
}

const padding = (length: number): Buffer => Buffer.alloc((4 - (length % 4)) % 4);
