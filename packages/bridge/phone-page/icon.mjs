// The icon for the home screen: a scanner's frame around bars, drawn at any size, as PNG (W3C PNG specification, colour type 2).
import { crc32, deflateSync } from 'node:zlib';

const GROUND = [11, 60, 111];
const INK = [255, 255, 255];
const LINE = [255, 190, 60];
/** Bars of the code: from, to, in hundredths of the icon. */
const BARS = [[34, 38], [41, 43], [46, 52], [55, 57], [60, 66]];

/** Shade at a point, both 0..100: all that matters stays in the middle 80, as phones cut their own shape out. */
function at(x, y) {
  if (Math.abs(y - 50) < 1.6 && x > 25 && x < 75) return LINE;
  if (y > 35 && y < 65 && BARS.some(([from, to]) => x >= from && x < to)) return INK;
  const [dx, dy] = [Math.abs(x - 50), Math.abs(y - 50)];
  const frame = Math.max(dx, dy);
  return frame > 26 && frame < 31 && Math.min(dx, dy) > 14 ? INK : GROUND;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A square of `size` pixels. */
export function icon(size) {
  const rows = Buffer.alloc(size * (size * 3 + 1));
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) rows.set(at(((x + 0.5) / size) * 100, ((y + 0.5) / size) * 100), y * (size * 3 + 1) + 1 + x * 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // 8 bits a channel, red green blue
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
