import { createHash } from 'node:crypto';
import { derOf } from './facts.js';

/**
 * A configuration profile that installs the authority on iPhones and iPads (Apple, Configuration Profile Reference: payload
 * `com.apple.security.root`). Its identifiers follow from the certificate, so that installing it again replaces it.
 */
export function mobileConfig(authority: string, name: string): string {
  const der = derOf(authority) ?? Buffer.alloc(0);
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  const title = escapeXml(name);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0">',
    '<dict>',
    '  <key>PayloadContent</key>',
    '  <array>',
    '    <dict>',
    '      <key>PayloadType</key><string>com.apple.security.root</string>',
    '      <key>PayloadVersion</key><integer>1</integer>',
    `      <key>PayloadIdentifier</key><string>app.tillbridge.ca.${uuidOf(der, 'root')}</string>`,
    `      <key>PayloadUUID</key><string>${uuidOf(der, 'root')}</string>`,
    `      <key>PayloadDisplayName</key><string>${title}</string>`,
    '      <key>PayloadCertificateFileName</key><string>tillbridge-ca.crt</string>',
    '      <key>PayloadContent</key>',
    '      <data>',
    ...lines.map((line) => `      ${line}`),
    '      </data>',
    '    </dict>',
    '  </array>',
    `  <key>PayloadDisplayName</key><string>${title}</string>`,
    '  <key>PayloadDescription</key><string>Tillbridge: the certificate of this store\'s till. Касса этого магазина.</string>',
    `  <key>PayloadIdentifier</key><string>app.tillbridge.ca.${uuidOf(der, 'profile')}.profile</string>`,
    '  <key>PayloadType</key><string>Configuration</string>',
    `  <key>PayloadUUID</key><string>${uuidOf(der, 'profile')}</string>`,
    '  <key>PayloadVersion</key><integer>1</integer>',
    '  <key>PayloadRemovalDisallowed</key><false/>',
    '</dict>',
    '</plist>',
    '',
  ].join('\n');
}

/** A UUID that follows from what it names (RFC 9562, version 8). */
function uuidOf(der: Buffer, purpose: string): string {
  const bytes = createHash('sha256').update(purpose).update(der).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex').toUpperCase();
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  // control characters have no place in XML 1.0 at all
  return text.replace(/\p{Cc}/gu, ' ').replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
