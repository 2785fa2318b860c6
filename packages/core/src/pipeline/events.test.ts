import { describe, expect, it } from 'vitest';
import { Emitter } from './events.js';

interface Events {
  tick: number;
  tock: string;
}

describe('the emitter', () => {
  it('isolates listeners that throw, and those whose promise rejects', async () => {
    const errors: unknown[] = [];
    const heard: number[] = [];
    const emitter = new Emitter<Events>((error) => errors.push(error));
    emitter.on('tick', () => {
      throw new Error('one');
    });
    const careless = (): unknown => Promise.reject(new Error('two'));
    emitter.on('tick', careless);
    emitter.on('tick', (n) => heard.push(n));
    emitter.emit('tick', 7);
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    expect(heard).toEqual([7]);
    expect(errors.map(String)).toEqual(['Error: one', 'Error: two']);
  });

  it('calls those that were there when the event came, also when they come and go meanwhile', () => {
    const emitter = new Emitter<Events>(() => undefined);
    const heard: string[] = [];
    let off = (): void => undefined;
    const again = (): void => {
      heard.push('a');
      off();
      off = emitter.on('tick', () => again());
    };
    off = emitter.on('tick', again);
    emitter.on('tick', () => heard.push('b'));
    emitter.emit('tick', 1);
    emitter.emit('tick', 2);
    expect(heard).toEqual(['a', 'b', 'b', 'a']);
  });

  it('knows whether anybody listens', () => {
    const emitter = new Emitter<Events>(() => undefined);
    expect(emitter.heard('tick')).toBe(false);
    const off = emitter.on('tick', () => undefined);
    expect([emitter.heard('tick'), emitter.heard('tock')]).toEqual([true, false]);
    off();
    off();
    expect(emitter.heard('tick')).toBe(false);
  });
});
