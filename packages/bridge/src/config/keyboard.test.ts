import { describe, expect, test } from 'vitest';
import { fails, lines, load, withLines } from './test-support.js';

const till = (keys: string): string => withLines({ tills: `  - { id: front, adapter: keyboard, ${keys} }` });
const device = (keys: string): string => withLines({ tills: `  - { id: front, adapter: rkeeper, transport: device, device: { adapter: keyboard, ${keys} } }` });

describe('a till that is typed into', () => {
  test.each([
    ['X11', 'transport: xtest, window: { class: Till }'],
    ['X11, all of it', 'transport: xtest, display: ":1", xauthority: /run/x, window: { title: "/^Касса/", process: till }, keyDelayMs: 5, keysBefore: [F8], controls: [GS], alphabet: latin, markedGoods: false, prefix: ";", suffix: TAB, backlogMs: off, gapMs: 100'],
    ['Windows', 'transport: sendinput, window: { process: till.exe }, mode: vk, agent: true'],
    ['the kernel', 'transport: uinput, window: none, letters: true'],
    ['whatever has the focus', 'transport: xtest, window: none'],
    ['the window of a profile', 'transport: sendinput, profile: 1c'],
  ])('%s', (_, keys) => expect(lines(till(keys))).toEqual([]));

  test.each([
    ['no window', 'transport: xtest', 'a `window` is needed'],
    ['a window without a word', 'transport: xtest, window: {}', 'name a title, a class or a process'],
    ['a broken pattern', 'transport: xtest, window: { title: "/(/" }', 'a regular expression between slashes'],
    ['a profile that guesses its window', 'transport: sendinput, profile: frontol', 'what the profile has is a guess'],
    ['an unknown profile', 'transport: sendinput, profile: frontl', 'did you mean `frontol`'],
    ['uinput without saying so', 'transport: uinput', 'window: required'],
    ['uinput with a window', 'transport: uinput, window: { title: x }', 'window'],
    ['a screen far away', 'transport: xtest, window: none, display: "host:0"', 'a screen of this machine'],
    ['a mode on X11', 'transport: xtest, window: none, mode: vk', 'mode'],
    ['a template without a number', 'transport: xtest, window: none, template: x', 'it does not contain {number}'],
    ['an unknown control', 'transport: xtest, window: none, controls: [NUL]', 'controls'],
  ])('refuses %s', (_, keys, text) => expect(fails(till(keys)).join()).toContain(text));

  test('nested in another adapter, held to the same', () => {
    expect(lines(device('transport: xtest, window: { process: rk7 }'))).toEqual([]);
    expect(fails(device('transport: xtest')).join()).toContain('tills[0].device: a `window` is needed');
  });

  test('carries goods by default', () => {
    const { config } = load(till('transport: xtest, window: none'));
    expect(config.tills[0]).toMatchObject({ expireMs: 5000, duplicateMs: 2000, gapMs: 0 });
  });
});
