import { codeOf } from '@tillbridge/core';
import { definePlatform, headerAuth, json, nothing } from '@tillbridge/testkit/platform';
import { describePreset } from '@tillbridge/testkit/suites';
import { definePreset } from '../http/definition.js';
import { translatorOfPreset } from '../http/of-preset.js';

/** What an integrator writes: the platform in a few routes, the preset as data, and the cases. */
const platform = definePlatform({
  preset: 'corner-club',
  title: 'Corner club',
  basePath: '/club/v1',
  secrets: { key: 'made-up-club-key' },
  vars: {},
  guests: [
    { id: '1', card: '000000000017', barcode: 'CLUB-00000017', phone: '79990010011', state: 'active', points: 0 },
    { id: '2', card: '000000000024', barcode: 'CLUB-00000024', phone: '79990010022', state: 'active', points: 0 },
    { id: '3', card: '000000000031', barcode: 'CLUB-00000031', phone: '79990010033', state: 'blocked', points: 0 },
  ],
  open: (world) => ({
    auth: headerAuth('x-club-key', ['made-up-club-key']),
    routes: [
      {
        method: 'GET',
        path: '/members/{code}',
        handle: (_, { code }) => {
          const guest = world.find('barcode', code);
          if (guest === undefined) return json(404, { error: 'unknown' });
          return guest.state === 'blocked' ? nothing(423) : json(200, { member: { number: guest.card } });
        },
      },
    ],
  }),
});

const preset = definePreset({
  id: 'corner-club',
  title: { en: 'Corner club', ru: 'Клуб на углу' },
  contract: 'vendor',
  sources: ['our own service'],
  settings: [{ key: 'secrets.key', about: { en: 'key', ru: 'ключ' } }],
  auth: { type: 'header', name: 'X-Club-Key', value: '{{secrets.key}}' },
  accept: [{ kind: 'card', when: '^CLUB-\\d{8}$', call: 'member' }],
  calls: { member: { path: '/members/{{id}}' } },
  response: {
    rules: [
      { http: 404, path: 'error', in: ['unknown'], then: 'notFound' },
      { http: 423, then: 'blocked' },
      { http: 200, path: 'member', exists: true, then: 'found' },
    ],
    fields: { number: ['member.number'] },
    check: { pattern: '^\\d{12}$' },
  },
});

describePreset('corner-club', {
  platform,
  make: (site) => translatorOfPreset(preset, site, site),
  foreign: codeOf('card', '4600000000017'),
  cases: [
    { name: 'a member', code: codeOf('card', 'CLUB-00000017'), result: 'found', number: '000000000017', kind: 'card' },
    { name: 'another', code: codeOf('card', 'CLUB-00000024'), result: 'found', number: '000000000024' },
    { name: 'nobody', code: codeOf('card', 'CLUB-99999999'), result: 'notFound' },
    { name: 'locked', code: codeOf('card', 'CLUB-00000031'), result: 'blocked' },
  ],
});
