import { describe, expect, it } from 'vitest';
import { better, ranked, type CameraDevice } from './choice.js';
import { reasonOf } from './reasons.js';

const devices = (...labels: readonly string[]): readonly CameraDevice[] => labels.map((label, index) => ({ id: String(index), label }));

describe('the choice of a camera', () => {
  it('puts cameras of several lenses before single ones, and the front ones last', () => {
    const iphone = devices('Front Camera', 'Back Camera', 'Back Ultra Wide Camera', 'Back Telephoto Camera', 'Back Dual Wide Camera', 'Back Triple Camera');
    expect(ranked(iphone).map(({ label }) => label)).toEqual(['Back Dual Wide Camera', 'Back Triple Camera', 'Back Camera', 'Back Ultra Wide Camera', 'Back Telephoto Camera', 'Front Camera']);
  });

  it('knows Russian names', () => {
    expect(ranked(devices('Передняя камера', 'Задняя камера', 'Задняя двойная камера')).map(({ id }) => id)).toEqual(['2', '1', '0']);
  });

  it('changes to the joined lenses of newer phones, and leaves well alone', () => {
    expect(better(devices('Back Camera', 'Back Triple Camera'), '0', undefined)).toBe('1');
    expect(better(devices('camera2 0, facing back', 'camera2 2, facing back'), '0', undefined)).toBeUndefined();
    expect(better(devices('cam.mjpeg'), '0', undefined)).toBeUndefined();
    expect(better([], undefined, undefined)).toBeUndefined();
  });

  it('does not stay with a front camera', () => {
    expect(better(devices('camera2 1, facing front', 'camera2 0, facing back'), '0', undefined)).toBe('1');
  });

  it('takes what the person chose last, while it is there', () => {
    expect(better(devices('Back Camera', 'Back Triple Camera'), '1', '0')).toBe('0');
    expect(better(devices('Back Camera'), '0', 'gone')).toBeUndefined();
  });
});

describe('a camera that fails', () => {
  it.each([['NotAllowedError', 'denied'], ['NotFoundError', 'absent'], ['NotReadableError', 'busy'], ['TypeError', 'failed'], ['', 'failed']] as const)('%s means %s', (name, reason) => {
    expect(reasonOf(name)).toBe(reason);
  });
});
