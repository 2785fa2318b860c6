import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, relative } from 'node:path';
import { Apt } from './apt.ts';
import { packInitramfs } from './initramfs.ts';
import { isDynamic, isElf, kernelPayload } from './kernel-image.ts';
import { loadOrder, moduleName } from './kernel-modules.ts';

/** Goes up when what the cache holds changes. */
const RECIPE = 1;
/** Needed before the host's files can be seen; they go into the initramfs. */
const FIRST = ['virtio_pci', '9pnet_virtio', '9p', 'overlay'];
const LATER = [
  ...['virtio_console', 'evdev', 'uhid', 'uinput', 'usbhid', 'hid_generic', 'cdc_acm', 'ftdi_sio', 'pl2303', 'cp210x', 'ch341'],
  ...['vhci_hcd', 'dummy_hcd', 'usb_f_hid', 'usb_f_acm', 'xhci_pci'],
];
const MODULE_FOLDERS = [
  ...['drivers/hid', 'drivers/usb', 'drivers/input', 'drivers/virtio', 'drivers/char', 'drivers/tty'],
  ...['fs/9p', 'fs/netfs', 'fs/fscache', 'fs/overlayfs', 'fs/configfs', 'net/9p'],
];

/** Where a prepared kernel lies. */
export interface Guest {
  readonly folder: string;
  readonly kernel: string;
  readonly initramfs: string;
  /** Shared with the guest above the host's files: udev, which hosts without hardware lack. */
  readonly extra: string;
  /** Lists the modules to insert once the files are there, one path a line. */
  readonly modules: string;
}

const guestIn = (folder: string): Guest => ({
  folder,
  kernel: join(folder, 'vmlinux'),
  initramfs: join(folder, 'initramfs'),
  extra: join(folder, 'extra'),
  modules: join(folder, 'modules'),
});

export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  return join(env['TILLBRIDGE_CACHE'] ?? join(homedir(), '.cache/tillbridge'), 'usb-bench');
}

/**
 * The kernel to boot: what an earlier run left in `cache` when its content is whole, else made anew from Debian's packages (72 MB by apt,
 * no root). Two runs at once both get a whole one: each makes its own beside it, and the first to finish gives its the name.
 */
export async function prepareGuest(cache: string = cacheFolder(), say: (text: string) => void = () => undefined): Promise<Guest> {
  await mkdir(cache, { recursive: true });
  const names = (await readdir(cache)).filter((name) => name.startsWith(`kernel-${String(RECIPE)}-`)).sort();
  for (const name of names.reverse()) {
    const found = join(cache, name);
    if (await isWhole(found)) return guestIn(found);
    say(`${found} is damaged and is made anew`);
    await rm(found, { recursive: true, force: true });
  }
  const draft = await mkdtemp(join(cache, 'draft-'));
  try {
    say('downloading the kernel for the USB bench (72 MB)');
    const version = await make(draft, cache);
    const place = join(cache, `kernel-${String(RECIPE)}-${version}`);
    await rename(draft, place).catch(async (error: unknown) => {
      // somebody else was quicker
      if (!(await isWhole(place))) throw error;
    });
    return guestIn(place);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function make(draft: string, cache: string): Promise<string> {
  const apt = new Apt(cache);
  await apt.prepare();
  const debs = join(draft, 'debs');
  const [kernel, udev] = [await apt.kernel(), await apt.find('udev')];
  const kernelDeb = await apt.download(kernel, debs);
  const udevDeb = await apt.download(udev, debs);

  const root = join(draft, 'kernel');
  await mkdir(root);
  await unpack(kernelDeb, root, ['--wildcards', './boot/vmlinuz-*', ...MODULE_FOLDERS.map((folder) => `./lib/modules/*/kernel/${folder}`)]);
  // Debian's /lib is a link to usr/lib: a real folder of that name would hide it
  const extra = join(draft, 'extra');
  for (const name of ['lib', 'bin', 'sbin']) {
    await mkdir(join(extra, 'usr', name), { recursive: true });
    await symlink(`usr/${name}`, join(extra, name));
  }
  await unpack(udevDeb, extra, ['--keep-directory-symlink']);
  await rm(debs, { recursive: true });

  const [image] = (await readdir(join(root, 'boot'))).filter((name) => name.startsWith('vmlinuz-'));
  if (image === undefined) throw new Error(`there is no kernel in ${kernelDeb}`);
  await writeFile(join(draft, 'vmlinux'), await unpackKernel(await readFile(join(root, 'boot', image))));
  await rm(join(root, 'boot'), { recursive: true });
  await writeModules(draft, root, place(cache, kernel.version));
  await seal(draft);
  return kernel.version;
}

const place = (cache: string, version: string): string => join(cache, `kernel-${String(RECIPE)}-${version}`);

async function writeModules(draft: string, root: string, final: string): Promise<void> {
  const compressed = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.ko.xz'));
  for (const name of compressed) await writeFile(join(root, name.slice(0, -3)), await pipeThrough('xz', ['-dc'], await readFile(join(root, name))));
  const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.ko'));
  const files = new Map(names.map((name) => [moduleName(name), join(root, name)]));
  const contents = new Map<string, Buffer>();
  for (const file of files.values()) contents.set(file, await readFile(file));
  const read = (file: string): Buffer => contents.get(file) ?? Buffer.alloc(0);
  const first = loadOrder(FIRST, files, read);
  const later = loadOrder(LATER, files, read, first);
  const missing = LATER.filter((name) => !files.has(moduleName(name)));
  if (missing.length > 0) throw new Error(`the kernel package lacks modules of the USB bench: ${missing.join(', ')}`);
  const busybox = await readFile('/bin/busybox');
  if (isDynamic(busybox)) throw new Error('/bin/busybox needs libraries: install busybox-static');
  await writeFile(join(draft, 'initramfs'), packInitramfs(busybox, first.map((file) => ({ file, content: read(file) }))));
  await writeFile(join(draft, 'modules'), later.map((file) => `${join(final, relative(draft, file))}\n`).join(''));
}

async function unpackKernel(image: Buffer): Promise<Buffer> {
  // --single-stream: the size of the kernel follows the stream
  const elf = await pipeThrough('xz', ['-dc', '--single-stream'], kernelPayload(image));
  return isElf(elf) ? elf : image;
}

async function unpack(deb: string, folder: string, argv: readonly string[]): Promise<void> {
  const source = spawn('dpkg-deb', ['--fsys-tarfile', deb], { stdio: ['ignore', 'pipe', 'inherit'] });
  const tar = spawn('tar', ['-x', '--no-same-owner', '-C', folder, ...argv], { stdio: [source.stdout, 'inherit', 'inherit'] });
  const [status] = (await once(tar, 'exit')) as [number | null];
  if (status !== 0) throw new Error(`unpacking ${deb} failed (${String(status)})`);
}

async function pipeThrough(command: string, argv: readonly string[], input: Buffer): Promise<Buffer> {
  const child = spawn(command, argv, { stdio: ['pipe', 'pipe', 'inherit'] });
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  // xz stops reading at the end of the stream
  child.stdin.on('error', () => undefined).end(input);
  await once(child, 'close');
  return Buffer.concat(parts);
}

const SUMS = 'sums.json';

async function sumsOf(folder: string): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const file = join(folder, name);
    const found = await stat(file).catch(() => undefined);
    if (name === SUMS || found?.isFile() !== true) continue;
    sums[name] = createHash('sha256').update(await readFile(file)).digest('hex');
  }
  return sums;
}

async function seal(folder: string): Promise<void> {
  await writeFile(join(folder, SUMS), JSON.stringify(await sumsOf(folder), null, 1));
}

async function isWhole(folder: string): Promise<boolean> {
  const told = await readFile(join(folder, SUMS), 'utf8').catch(() => undefined);
  return told !== undefined && told === JSON.stringify(await sumsOf(folder), null, 1);
}
