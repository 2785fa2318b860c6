export { backOff } from './back-off.js';
export { keepConnected, type ConnectionContext, type ConnectionState, type Connector, type Link } from './keep-connected.js';
