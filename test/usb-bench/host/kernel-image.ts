const SETUP_SECTORS_AT = 0x1f1;
const MAGIC_AT = 0x202;
const PAYLOAD_OFFSET_AT = 0x248;
const PAYLOAD_LENGTH_AT = 0x24c;
const SECTOR = 512;

/**
 * The compressed kernel inside a bzImage (kernel: Documentation/arch/x86/boot.rst, "payload_offset"), without the four bytes of its size
 * that follow it. Unpacked once on the host it boots 3 s sooner than when the emulated processor has to do that.
 * @throws Error when this is no bzImage.
 */
export function kernelPayload(image: Buffer): Buffer {
  if (image.length < 0x260 || image.toString('latin1', MAGIC_AT, MAGIC_AT + 4) !== 'HdrS') throw new Error('this is not a bzImage');
  // 0 stands for 4, for the sake of very old boot loaders
  const setup = ((image.readUInt8(SETUP_SECTORS_AT) || 4) + 1) * SECTOR;
  const start = setup + image.readUInt32LE(PAYLOAD_OFFSET_AT);
  const length = image.readUInt32LE(PAYLOAD_LENGTH_AT);
  if (start + length > image.length) throw new Error('the bzImage is cut off');
  return image.subarray(start, start + length);
}

export const isElf = (data: Buffer): boolean => data.length > 4 && data.toString('latin1', 1, 4) === 'ELF';

const PT_INTERP = 3;

/** Whether a 64-bit program asks for a dynamic loader (elf(5)): such a one cannot run where there are no libraries yet. */
export function isDynamic(elf: Buffer): boolean {
  const [table, size, count] = [Number(elf.readBigUInt64LE(0x20)), elf.readUInt16LE(0x36), elf.readUInt16LE(0x38)];
  return Array.from({ length: count }, (_, index) => elf.readUInt32LE(table + index * size)).includes(PT_INTERP);
}
