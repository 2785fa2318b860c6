import { attributeOf, childOf } from '../../rkeeper/markup.js';
import { headerAuth } from '../auth.js';
import type { PlatformCall } from '../call.js';
import { escapeXml, xml, type PlatformReply } from '../reply.js';
import { definePlatform } from '../spec.js';
import type { PlatformWorld } from '../world.js';

const AUTHORIZATION = 'Basic bWFkZS11cDpjcm0tcGFzcw==';

/** States as the preset guesses them. */
const COUPON_STATES = { usable: 'Active', held: 'Active', used: 'Used', expired: 'Expired', notApplicable: 'NotApplicable', needsCustomer: 'NeedsCard' } as const;
const KINDS: Readonly<Record<string, string>> = { 'CPN-PRODUCT': 'Product', 'CPN-SUM': 'Sum', 'CPN-DISCOUNT': 'Discount', 'CPN-USED': 'Sum', 'CPN-WHO': 'Product' };

/** r_keeper CRM over HTTP: the request is the vendor's (api_crm_7.00), the answer is what the preset guesses. */
export const rkeeperCrm = definePlatform({
  preset: 'rkeeper-crm',
  title: 'r_keeper CRM',
  basePath: '',
  secrets: { authorization: AUTHORIZATION },
  vars: { unit: '1' },
  guests: [
    // an Int64: beyond what a double can count
    { id: '1', card: '9007199254740993', phone: '79990001212', state: 'active', points: 0 },
    { id: '2', card: '8002', phone: '375290001212', state: 'active', points: 0 },
    { id: '3', card: '8003', phone: '79990001233', state: 'blocked', points: 0 },
  ],
  coupons: { 'CPN-PRODUCT': 'usable', 'CPN-SUM': 'usable', 'CPN-DISCOUNT': 'usable', 'CPN-USED': 'used', 'CPN-WHO': 'needsCustomer' },
  open: (world) => ({
    auth: headerAuth('authorization', [AUTHORIZATION]),
    routes: [{ method: 'POST', path: '/', handle: (call) => message(world, call) }],
  }),
});

function message(world: PlatformWorld, call: PlatformCall): PlatformReply {
  const node = call.xml;
  const code = node === undefined ? undefined : childOf(node, 'Card_Code')?.text.trim();
  if (node?.name !== 'Message' || code === undefined || code === '' || attributeOf(node, 'Unit_ID') !== '1') return error('1', 'wrong message');
  if (call.header('message-id') === undefined || call.header('message-type') !== 'Request') return error('1', 'no message id');
  return attributeOf(node, 'Action') === 'Get coupon info' ? coupon(world, code) : card(world, code);
}

const error = (code: string, text: string): PlatformReply => answer(`<Error><Code>${code}</Code><Text>${escapeXml(text)}</Text></Error>`);

const answer = (inner: string): PlatformReply => xml(200, `<Message>${inner}</Message>`);

function card(world: PlatformWorld, code: string): PlatformReply {
  const guest = world.find('card', code) ?? world.find('phone', code);
  if (guest === undefined) return error('2', `card ${code} not found`);
  return answer(`<Card><Card_Code>${guest.card ?? ''}</Card_Code><State>${guest.state === 'blocked' ? 'Blocked' : 'Active'}</State><Holder><Holder_ID>${guest.id}</Holder_ID></Holder></Card>`);
}

function coupon(world: PlatformWorld, code: string): PlatformReply {
  const state = world.coupons.get(code);
  if (state === undefined) return error('2', `coupon ${code} not found`);
  return answer(`<Coupon><Coupon_Code>${escapeXml(code)}</Coupon_Code><Kind>${KINDS[code] ?? 'Sum'}</Kind><State>${COUPON_STATES[state]}</State></Coupon>`);
}
