// Each store: what its configuration refers to, the simulator of its till, and what the people there do before a guest comes.
export const STORES = {
  '1c': {
    number: '2700001234564',
    simulator: (folder) => ['sim', 'till-1c', '--port', `${folder}/front`],
    adapt: (yaml, { folder }) => yaml.replace('/run/tillbridge/front', `${folder}/front`),
    async play({ call }) {
      await call('/cards', { barcode: '2700001234564', owner: 'A guest' }, 'PUT');
      await call('/form', { form: 'card' }); // the cashier presses "Считать карту"
    },
  },
  iiko: {
    number: '2000000012345',
    env: { POS_PASSWORD: 'secret', IIKO_TOKEN: 'made-up-secret-of-the-plugin' },
    simulator: () => ['sim', 'till-iiko', '--user', 'tillbridge'],
    adapt: (yaml, { simulator }) => yaml.replace('http://localhost:7001', simulator.pos),
    async play({ call, api }) {
      await call('/plugins', { url: `${api}/iiko/v1`, secret: 'made-up-secret-of-the-plugin' });
      await call('/cards', { card: '2000000012345' }, 'PUT');
      await call('/orders', { terminal: 'CASH-1' }); // an order on the screen
    },
  },
  rkeeper: {
    number: '2000000012345',
    simulator: (folder) => ['sim', 'till-rkeeper', '--port', `${folder}/front`],
    adapt: (yaml, { folder }) => yaml.replace('/run/tillbridge/front', `${folder}/front`),
    async play({ call }) {
      await call('/cards', { card: '2000000012345', holder: 'A guest', discount: 25 }, 'PUT');
      await call('/orders', { station: 1 }); // an order on the screen of station 1
    },
  },
  keyboard: { why: 'not run: typing needs a screen with a cashier program on it (test/desktop does it)' },
};
