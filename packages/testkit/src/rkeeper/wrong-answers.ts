import type { RkeeperFaults } from './faults.js';

/** The answer as the fault wants it. */
export function misleading(document: string, fault: RkeeperFaults['answer']): string {
  switch (fault) {
    case 'normal':
      return document;
    case 'garbage':
      return 'РК7 \u0000\u0001 <<<>>> not xml at all';
    case 'html':
      return '<!DOCTYPE html><html><body><br>Bad Gateway</body></html>';
    case 'doctype':
      return document.replace('?>', '?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>');
    case 'huge':
      return document.replace(/<\/?RK7QueryResult[^>]*>/, (start) => (start.endsWith('/>') ? start : `${start}${'<Filler value="0123456789"/>'.repeat(380_000)}`));
    case 'hostileError':
      return document.replace(/Status="[^"]*"/, `Status="Query Executing Error"`).replace(/ErrorText="[^"]*"/, `ErrorText="&lt;script&gt;&amp;#27;[2J 4000123412341234 ${'Ж'.repeat(1_000_000)}"`);
    case 'unknownElements':
      return document.replace(/(<RK7QueryResult[^>]*[^/])>/, '$1 future="1"><Novelty a="1"><Order2/></Novelty>');
    case 'truncated':
      return document.slice(0, Math.floor(document.length * 0.7));
  }
}

const FIRST_CYRILLIC = 0x410;

/** Windows-1251 for what the simulator writes: ASCII and Russian letters. */
export function encode1251(text: string): Buffer {
  return Buffer.from(
    Array.from(text, (character) => {
      const code = character.codePointAt(0) ?? 0x3f;
      if (code < 0x80) return code;
      if (code === 0x401) return 0xa8;
      if (code === 0x451) return 0xb8;
      return code >= FIRST_CYRILLIC && code < FIRST_CYRILLIC + 64 ? 0xc0 + code - FIRST_CYRILLIC : 0x3f;
    }),
  );
}
