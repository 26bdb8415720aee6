import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionTokenLength, plainSecret } from '../../../core/charger/charger-secrets.ts';
import type { CommandRequest } from '../../../core/command/command-request.ts';
import { knownConfiguration } from '../../../core/command/known-configuration.ts';
import {
  keptOutcome,
  shownOutcome,
  shownRequest,
  shownText,
} from '../../../core/command/secret-settings.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

/** Text of 5 bits for each character, as ids and tokens are made. */
const base32 = (length: number) =>
  bytes(length).map((some) =>
    [...some].map((byte) => 'abcdefghijklmnopqrstuvwxyz234567'.charAt(byte % 32)).join(''),
  );

/** A connection token as it is made: of all the characters that one can have. */
const connectionToken = bytes(4 * connectionTokenLength)
  .filter((some) => some.filter((byte) => byte < 224).length >= connectionTokenLength)
  .map((some) => plainSecret(some, connectionTokenLength));

/** Each secret that we make, in the text in which it leaves us. */
const made = fc.oneof(
  fc
    .tuple(connectionToken, fc.constantFrom('', '/CP1', '?a=b', ' '))
    .map(([secret, after]) => ({ secret, text: `wss://c.example/cp/${secret}${after}` })),
  base32(24).map((secret) => ({ secret, text: `https://f.example/files/${secret}` })),
  base32(32).map((secret) => ({ secret, text: `https://f.example/receipts/${secret}` })),
  base32(32).map((secret) => ({ secret, text: `https://f.example/pay/${secret}/status` })),
  fc
    .tuple(base32(16), base32(40))
    .map(([id, secret]) => ({ secret, text: `Bearer jg_live_${id}_${secret}` })),
  bytes(32)
    .map((some) => Buffer.from(some).toString('base64'))
    .map((secret) => ({ secret, text: `whsec_${secret}` })),
);

/** The texts in which a charger may send one back: alone, in JSON, in JSON in JSON, and where that breaks off. */
const said = ({ text }: { readonly text: string }): readonly string[] => [
  text,
  `It is ${text}, and no other.`,
  JSON.stringify({ configurationKey: [{ key: 'CentralSystemURL', value: text }] }),
  JSON.stringify({ connectionData: { ocppCsmsUrl: text } }),
  JSON.stringify({ data: JSON.stringify({ url: text }) }),
  JSON.stringify({ data: JSON.stringify({ url: text }) }).slice(0, -1),
  `{"url":"${text.replaceAll('/', '\\/')}","further":`,
  `https://x.example/?to=${encodeURIComponent(text)}`,
];

const requests = (text: string): readonly CommandRequest[] => [
  { type: 'set-configuration', key: 'CentralSystemURL', value: text },
  { type: 'set-network-profile', fields: { connectionData: { ocppCsmsUrl: text } } },
  { type: 'data-transfer', vendorId: 'V', data: JSON.stringify({ url: text }) },
];

const outcome = (text: string) =>
  ({
    kind: 'accepted',
    data: {
      kind: 'configuration',
      keys: [{ key: 'CentralSystemURL', value: text }],
      unknownKeys: [],
    },
  }) as const;

describe('the secrets that we make', () => {
  it('none comes through a text of a charger that is shown, logged or kept', () => {
    const law = (one: { readonly secret: string; readonly text: string }) => {
      for (const text of said(one)) {
        const shown = shownText(text);
        expect(shown).not.toContain(one.secret);
        expect(shown).not.toContain(encodeURIComponent(one.secret));
      }
    };
    fc.assert(fc.property(made, law), { numRuns: 300 });
  });

  it('none is in a command, an answer or a configuration that is shown', () => {
    const law = ({ secret, text }: { readonly secret: string; readonly text: string }) => {
      for (const request of requests(text)) {
        expect(JSON.stringify(shownRequest(request))).not.toContain(secret);
      }
      const answered = {
        request: { type: 'get-configuration' },
        outcome: outcome(text),
        finishedAt: '2026-04-14T16:30:00Z',
      } as const;
      for (const shown of [shownOutcome(answered.outcome), knownConfiguration([answered])]) {
        expect(JSON.stringify(shown)).not.toContain(secret);
      }
    };
    fc.assert(fc.property(made, law), { numRuns: 100 });
  });

  it('none is in an answer that is kept', () => {
    const law = ({ secret, text }: { readonly secret: string; readonly text: string }) => {
      expect(JSON.stringify(keptOutcome(outcome(text)))).not.toContain(secret);
    };
    fc.assert(fc.property(made, law), { numRuns: 100 });
  });
});
