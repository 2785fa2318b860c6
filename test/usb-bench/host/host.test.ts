import { describe, expect, it } from 'vitest';
import { parseKernelDependency, parsePackageRecord } from './apt.ts';
import { FILE, packCpio } from './cpio.ts';
import { isDynamic, isElf, kernelPayload } from './kernel-image.ts';
import { loadOrder, moduleDependencies } from './kernel-modules.ts';
import { qemuArguments } from './qemu.ts';
import { readResults } from './results.ts';
import { shareOut } from './share-out.ts';
import { COSTS_S } from './costs.ts';
import { allGroups } from './bench.ts';

describe('apt', () => {
  it('finds the kernel that the meta package stands for', () => {
    expect(parseKernelDependency('linux-image-amd64\n  Depends: linux-image-6.1.0-56-amd64\n')).toBe('linux-image-6.1.0-56-amd64');
    expect(parseKernelDependency('linux-image-amd64\n  Conflicts: x\n')).toBeUndefined();
    expect(parseKernelDependency('')).toBeUndefined();
  });

  it('reads the first record only, and wants all of it', () => {
    const record = 'Package: udev\nVersion: 252.39-1\nSHA256: abc\nDescription: x\n';
    expect(parsePackageRecord(`${record}\nPackage: other\n`)).toEqual({ name: 'udev', version: '252.39-1', sha256: 'abc' });
    expect(parsePackageRecord('Package: udev\nVersion: 1\n\nSHA256: abc\n')).toBeUndefined();
  });
});

describe('kernel image', () => {
  const image = (): Buffer => {
    const data = Buffer.alloc(2048);
    data.write('HdrS', 0x202);
    data[0x1f1] = 1;
    data.writeUInt32LE(100, 0x248);
    data.writeUInt32LE(5, 0x24c);
    data.write('hello', 2 * 512 + 100);
    return data;
  };

  it('finds the packed kernel where the header says', () => {
    expect(kernelPayload(image()).toString()).toBe('hello');
  });

  it('refuses what is no kernel, or cut off', () => {
    expect(() => kernelPayload(Buffer.alloc(5000))).toThrow('bzImage');
    expect(() => kernelPayload(image().subarray(0, 1100))).toThrow('cut off');
  });

  it('tells a program with libraries from one without', () => {
    const elf = Buffer.alloc(0x40 + 2 * 56);
    elf.write('\x7fELF', 'latin1');
    elf.writeBigUInt64LE(0x40n, 0x20);
    elf.writeUInt16LE(56, 0x36);
    elf.writeUInt16LE(2, 0x38);
    elf.writeUInt32LE(1, 0x40);
    expect([isElf(elf), isDynamic(elf)]).toEqual([true, false]);
    elf.writeUInt32LE(3, 0x40 + 56);
    expect(isDynamic(elf)).toBe(true);
  });
});

describe('modules', () => {
  const module = (depends: string): Buffer => Buffer.from(`x\0license=GPL\0depends=${depends}\0vermagic=6.1\0`);
  const contents: Readonly<Record<string, Buffer>> = { '/k/a.ko': module('b-b,c'), '/k/b-b.ko': module('c'), '/k/c.ko': module(''), '/k/d.ko': module('a,gone') };
  const files = new Map([['a', '/k/a.ko'], ['b_b', '/k/b-b.ko'], ['c', '/k/c.ko'], ['d', '/k/d.ko']]);
  const read = (file: string): Buffer => contents[file] ?? Buffer.alloc(0);

  it('says what it needs', () => {
    expect(moduleDependencies(module('usb-common,hid'))).toEqual(['usb_common', 'hid']);
    expect([moduleDependencies(module('')), moduleDependencies(Buffer.alloc(10))]).toEqual([[], []]);
  });

  it('comes after what it needs, once, and not when it was there before', () => {
    expect(loadOrder(['d', 'a'], files, read)).toEqual(['/k/c.ko', '/k/b-b.ko', '/k/a.ko', '/k/d.ko']);
    expect(loadOrder(['b-b'], files, read, ['/k/c.ko'])).toEqual(['/k/b-b.ko']);
  });
});

describe('initramfs', () => {
  it('keeps every part on a boundary of four', () => {
    const packed = packCpio([{ name: 'abc', mode: FILE, data: Buffer.from('12345') }]);
    expect(packed.length % 4).toBe(0);
    expect(packed.toString('latin1', 0, 6)).toBe('070701');
    expect(packed.indexOf('12345') % 4).toBe(0);
    expect(packed.includes('TRAILER!!!')).toBe(true);
  });
});

describe('machine', () => {
  const guest = { folder: '/c', kernel: '/c/vmlinux', initramfs: '/c/initramfs', extra: '/c/extra', modules: '/c/modules' };
  const argv = qemuArguments({ guest, work: '/w', job: '/w/job.sh', processors: 2 });

  it('is emulated, whatever the host offers', () => {
    expect(argv[argv.indexOf('-accel') + 1]).toMatch(/^tcg,/);
    expect(argv.filter((word) => word === '-accel')).toHaveLength(1);
    expect(argv.join(' ')).not.toContain('kvm');
  });

  it('cannot write to the host, but to its own results', () => {
    for (const [index, word] of argv.entries()) if (word === '-virtfs') expect(argv[index + 1]).toContain('readonly=on');
    expect(argv.filter((word) => word.startsWith('file,')).every((word) => word.includes('path=/w/'))).toBe(true);
  });
});

describe('sharing out', () => {
  it('knows what each group costs', async () => {
    expect(Object.keys(COSTS_S).sort()).toEqual(await allGroups());
  });

  it('leaves nothing out and nobody idle', () => {
    expect(shareOut([5, 1, 4, 2], (size) => size, 2)).toEqual([[5, 1], [4, 2]]);
    expect(shareOut(['a', 'b'], () => 1, 5)).toEqual([['a'], ['b']]);
    expect(shareOut(['a', 'b'], () => 1, 0)).toEqual([['a', 'b']]);
    expect(shareOut([], () => 1, 2)).toEqual([[]]);
  });
});

describe('results', () => {
  const line = (value: object): string => `${JSON.stringify(value)}\n`;
  const check = { group: 'a', check: 'x', ok: true, ms: 1, note: '' };
  const whole = line({ begin: 'a', at: 5.5 }) + line(check) + line({ end: 'a', code: 0, at: 9 }) + line({ done: true });

  it('are whole when every group and the machine came to their end', () => {
    expect(readResults(whole, ['a'])).toEqual({ checks: [check], failures: [], spans: [{ group: 'a', beginS: 5.5, endS: 9 }], files: new Map() });
    expect(readResults(line({ file: 'f', content: 'c' }) + whole, ['a']).files).toEqual(new Map([['f', 'c']]));
  });

  it('fail for whatever is missing', () => {
    expect(readResults('', ['a']).failures).toHaveLength(3);
    expect(readResults(whole, ['a', 'b']).failures).toEqual(['the group b did not come to its end', 'the group b checked nothing']);
    expect(readResults(whole.replace('"done":true', '"over":1'), ['a']).failures).toEqual(['the guest did not come to its end']);
    expect(readResults(whole.replace('"code":0', '"code":137'), ['a']).failures).toEqual(['the group a ended with its time over']);
    expect(readResults(`${whole}rubbish\n`, ['a']).failures).toEqual(['a line that is no result: rubbish']);
    expect(readResults(whole.replace(line(check), ''), ['a']).failures).toEqual(['the group a checked nothing']);
  });
});
