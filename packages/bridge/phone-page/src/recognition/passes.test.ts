import { describe, expect, it } from 'vitest';
import { CYCLE, PassSchedule, prepared, type Pass } from './passes.js';

const ALL: readonly Pass[] = ['raw', 'zoom', 'stretch', 'zoomStretch', 'turn15', 'turn30', 'turn45', 'turn60', 'turn75', 'invert'];

describe('the cycle of passes', () => {
  it('holds every pass, and gives every other frame to the decoder as it is', () => {
    expect(new Set(CYCLE)).toEqual(new Set(ALL));
    expect(CYCLE.filter((_, index) => index % 2 === 0).every((pass) => pass === 'raw')).toBe(true);
    expect(CYCLE.length % 2).toBe(0);
  });

  it('is gone through in order and begins anew', () => {
    const schedule = new PassSchedule();
    expect(Array.from({ length: CYCLE.length + 2 }, () => schedule.next().pass)).toEqual([...CYCLE, ...CYCLE.slice(0, 2)]);
  });

  it('tries again at once what has found something, and goes on where it was', () => {
    const schedule = new PassSchedule();
    schedule.next();
    expect(schedule.next().pass).toBe('zoom');
    schedule.found('zoom');
    expect([schedule.next(), schedule.next(), schedule.next()].map(({ pass }) => pass)).toEqual(['zoom', 'raw', 'stretch']);
  });

  it('glances at the frame as it is before its pass, and looks for what is half certain before it looks for anything else', () => {
    const schedule = new PassSchedule();
    schedule.next();
    const said = (): readonly string[] => schedule.next().looks.map(({ pass, sought }) => `${sought} ${pass}`);
    expect(said()).toEqual(['glance raw', 'matrix zoom', 'linear zoom']);
    schedule.found('zoom');
    expect(said()).toEqual(['glance raw', 'linear zoom', 'matrix zoom']);
    expect(said()).toEqual(['glance raw', 'matrix raw', 'linear raw']);
  });
});

describe('what a pass does to a frame', () => {
  const frame = { width: 40, height: 20, data: Uint8ClampedArray.from({ length: 800 }, (_, i) => 100 + (i % 40)) };

  it.each(ALL.filter((pass) => pass !== 'raw'))('%s gives a whole picture and leaves the frame as it was', (pass) => {
    const before = frame.data.slice();
    const { width, height, data } = prepared(frame, pass);
    expect(data.length).toBe(width * height);
    expect(data.length).toBeGreaterThan(0);
    expect(frame.data).toEqual(before);
  });

  it.each(ALL.filter((pass) => pass !== 'raw'))('%s bears a frame of one pixel', (pass) => {
    expect(prepared({ width: 1, height: 1, data: Uint8ClampedArray.of(9) }, pass).data.length).toBeGreaterThan(0);
  });

  it('stretches faint contrast from black to white', () => {
    const { data } = prepared(frame, 'stretch');
    expect([Math.min(...data), Math.max(...data)]).toEqual([0, 255]);
  });

  it('turns light into dark', () => {
    expect(prepared(frame, 'invert').data[0]).toBe(155);
  });
});
