import { describe, expect, it } from 'vitest';
import { isLocalPage, type Page } from './page.js';
import { explainPermission } from './permission.js';

const page = (hostname: string, isSecureContext: boolean, states: Readonly<Record<string, string>>): Page => ({
  isSecureContext,
  location: { hostname },
  navigator: {
    permissions: {
      query: ({ name }) => {
        const state = states[name];
        return state === undefined ? Promise.reject(new TypeError(`unknown ${name}`)) : Promise.resolve({ state });
      },
    },
  },
});

describe('the permission of the browser', () => {
  it.each([
    ['a page of this machine', page('127.0.0.1', true, { 'loopback-network': 'denied' }), 'notNeeded', undefined],
    ['a browser without it', page('till.example', true, {}), 'notNeeded', undefined],
    ['an insecure page in a browser without it', page('till.example', false, {}), 'notNeeded', undefined],
    ['a browser that will ask', page('till.example', true, { 'loopback-network': 'prompt' }), 'prompt', undefined],
    ['a user who has said yes', page('till.example', true, { 'loopback-network': 'granted' }), 'granted', undefined],
    ['an operator who lets an insecure page', page('till.example', false, { 'loopback-network': 'granted' }), 'granted', undefined],
    ['a user who has said no', page('till.example', true, { 'loopback-network': 'denied' }), 'denied', 'TB_API_LNA_DENIED'],
    ['the old name', page('till.example', true, { 'local-network-access': 'denied' }), 'denied', 'TB_API_LNA_DENIED'],
    ['an insecure page', page('till.example', false, { 'loopback-network': 'prompt' }), 'insecurePage', 'TB_API_LNA_INSECURE_PAGE'],
    ['an insecure page, as Chromium 156 has it', page('till.example', false, { 'loopback-network': 'denied' }), 'insecurePage', 'TB_API_LNA_INSECURE_PAGE'],
    ['no page at all', {}, 'notNeeded', undefined],
  ])('%s', async (_, where, state, code) => {
    const explained = await explainPermission(where);
    expect(explained.state).toBe(state);
    expect(explained.error?.code).toBe(code);
    const says = state !== 'granted' && state !== 'notNeeded';
    expect(explained.text.en !== '').toBe(says);
    expect(/[а-яё]/i.test(explained.text.ru)).toBe(says);
  });

  it.each([
    ['localhost', true],
    ['till.localhost', true],
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['[::1]', true],
    ['127.0.0.1.evil.example', false],
    ['localhost.evil.example', false],
    ['notlocalhost', false],
    ['127.evil.example', false],
    ['', false],
  ])('%s is of this machine: %s', (hostname, local) => {
    expect(isLocalPage({ location: { hostname } })).toBe(local);
  });
});
