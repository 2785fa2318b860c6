export { createWebhook, type WebhookContext } from './webhook.js';
export { webhookHosts, type WebhookOptions } from './options.js';
