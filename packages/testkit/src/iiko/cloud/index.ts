export { SimulatedIikoCloud, type CloudExchange, type CloudServerOptions } from './cloud-server.js';
export { KEEP_COMMANDS_MS } from './commands.js';
export { ACCESS_GROUPS, noCloudFaults, type AccessGroup, type CloudFaults } from './faults.js';
export { PUBLISHED_LIMITS } from './limits.js';
export { TOKEN_MS, type CloudLogins } from './tokens.js';
export { CloudWorld, type CloudCard, type CloudCoupon, type CloudGuest, type CloudOrder, type CloudOrganization, type CloudTable, type CloudTerminalGroup, type OrderGuest } from './world.js';
