// From one template and a list of tills to a configuration for each of them.

/** What differs from cashier program to cashier program. */
const TILLS = {
  '1c': ['  - id: front', '    adapter: 1c', '    transport: device', '    device: { adapter: virtual-com, transport: pty, link: /run/tillbridge/front }', '    suffix: CR'],
  rkeeper: ['  - id: front', '    adapter: rkeeper', '    transport: device', '    device: { adapter: virtual-com, transport: pty, link: /run/tillbridge/front }', '    template: { card: ";778=000012885={number}\\r", coupon: "{number}\\r" }'],
};

/** RFC 4180, as far as a list of tills needs it. */
export function readTills(csv) {
  const [head, ...lines] = csv.trim().split('\n').map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain));
  return lines.map((cells) => Object.fromEntries(head.map((name, i) => [name, cells[i] ?? ''])));
}

/** @throws Error for a till that nobody described, or a place of the template that nothing fills */
export function configurationOf(template, till) {
  const lines = TILLS[till.cashier];
  if (lines === undefined) throw new Error(`${till.store}/${till.machine}: there is no till for ${till.cashier}`);
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => {
    const value = name === 'till' ? lines.join('\n') : till[name];
    if (value === undefined || value === '') throw new Error(`${till.store}/${till.machine}: ${name} is missing`);
    return value;
  });
}
