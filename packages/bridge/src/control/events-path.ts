/** Where the WebSocket is asked for. The listeners answer the upgrade; a plain request is a mistake. */
export const EVENTS_PATH = '/v1/events';
