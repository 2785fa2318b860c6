import { basename } from 'node:path';
import { FILE, FOLDER, packCpio, PROGRAM } from './cpio.ts';

/**
 * What runs first in the guest: loads what it takes to see the host's files, stacks them (read-only) under a file system in memory, and
 * goes on with the script that the job on the kernel's command line names. Merged /usr: nothing here may hide the host's /lib link.
 */
const init = (modules: readonly string[]): string => `#!/bin/busybox sh
b=/bin/busybox
${modules.map((file) => `$b insmod /m/${basename(file)}`).join('\n')}
o=trans=virtio,version=9p2000.L,ro,msize=512000,cache=loose
$b mount -t 9p -o $o host /host
$b mount -t 9p -o $o extra /extra
$b mount -t tmpfs tmpfs /w
$b mkdir /w/upper /w/work
$b mount -t overlay -o lowerdir=/extra:/host,upperdir=/w/upper,workdir=/w/work overlay /root
$b mount -t proc proc /proc
job=$($b sed -n 's/.*bench_job=\\([^ ]*\\).*/\\1/p' /proc/cmdline)
$b umount /proc
. "/root$job"
exec $b switch_root /root /bin/sh "$BENCH_INIT" "$job"
`;

export function packInitramfs(busybox: Buffer, modules: readonly { readonly file: string; readonly content: Buffer }[]): Buffer {
  return packCpio([
    ...['bin', 'host', 'extra', 'w', 'root', 'm', 'proc'].map((name) => ({ name, mode: FOLDER })),
    { name: 'bin/busybox', mode: PROGRAM, data: busybox },
    ...modules.map(({ file, content }) => ({ name: `m/${basename(file)}`, mode: FILE, data: content })),
    { name: 'init', mode: PROGRAM, data: Buffer.from(init(modules.map(({ file }) => file))) },
  ]);
}
