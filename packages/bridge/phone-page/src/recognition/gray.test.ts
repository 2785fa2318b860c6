import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { doubled, grayOf, middle, pgmOf, turned } from './gray.js';

const pictures = fc.integer({ min: 1, max: 24 }).chain((width) => fc.integer({ min: 1, max: 24 }).chain((height) => fc.uint8Array({ minLength: width * height, maxLength: width * height }).map((data) => ({ width, height, data: Uint8ClampedArray.from(data) }))));

describe('pictures in grey', () => {
  it('are what a picture in colours looks like without them', () => {
    fc.assert(
      fc.property(pictures, ({ width, height, data }) => {
        const colours = Uint8ClampedArray.from({ length: data.length * 4 }, (_, i) => (i % 4 === 3 ? 255 : (data[i >> 2] ?? 0)));
        expect(grayOf({ width, height, data: colours })).toEqual({ width, height, data });
      }),
    );
    expect([...grayOf({ width: 3, height: 1, data: Uint8ClampedArray.of(255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255) }).data]).toEqual([76, 149, 28]);
  });

  it('are a file of the decoder: what it is, its size, the largest shade, then a byte a pixel', () => {
    expect(Buffer.from(pgmOf({ width: 2, height: 1, data: Uint8ClampedArray.of(10, 200) })).toString('latin1')).toBe('P5\n2 1\n255\n\n\u00c8');
  });

  it('are whole after every change of shape', () => {
    fc.assert(
      fc.property(pictures, fc.integer({ min: 0, max: 359 }), (picture, degrees) => {
        for (const { width, height, data } of [doubled(picture), middle(picture, 0.5), turned(picture, degrees)]) expect(data.length).toBe(width * height);
      }),
    );
  });

  it('keep their middle where it was when turned by half', () => {
    const data = new Uint8ClampedArray(81);
    data[4 * 9 + 2] = 255;
    const half = turned({ width: 9, height: 9, data }, 180);
    expect(half.data.indexOf(Math.max(...half.data)) % 9).toBeGreaterThan(4);
  });

  it('have their middle cut out', () => {
    const picture = { width: 4, height: 4, data: Uint8ClampedArray.from({ length: 16 }, (_, i) => i) };
    expect(middle(picture, 0.5)).toEqual({ width: 2, height: 2, data: Uint8ClampedArray.of(5, 6, 9, 10) });
  });
});
