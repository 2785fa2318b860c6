export { createTcpReader, type TcpReader } from './tcp-reader.js';
export { MAX_CONNECTIONS, type Endpoint, type TcpReaderContext, type TcpReaderOptions, type TcpSide } from './options.js';
