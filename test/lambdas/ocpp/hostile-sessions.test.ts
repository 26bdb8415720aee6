import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Protocol, protocols } from '../../../core/ocpp/protocol.ts';
import { logger } from '../../../lambdas/runtime/logger.ts';
import { at } from '../plant.ts';
import { openSite, start, stop, type TestSite } from '../test-site.ts';
import { type Message, oddFrames } from './hostile-frames.ts';
import { ended, started, updated } from './v201-events.ts';

/** So many sessions in each version; `npm run fuzz` has 1,000. */
const sessions = Math.max(2, Number(process.env['JOULEGATE_FUZZ_FRAMES'] ?? 0) / 100);

let site: TestSite;
beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50' },
    charger: { connectors: 2, maxPowerKw: 22 },
  });
});
afterAll(async () => {
  await site.close();
});

const ofTwo: readonly Message[] = [
  started(),
  ...[1, 2, 3].map((n) => updated(n, n * 10)),
  ended(4),
].map((payload) => ({ action: 'TransactionEvent', payload }));

const values = (minute: number) => ({
  connectorId: 1,
  transactionId: 1,
  meterValue: [{ timestamp: at(minute), sampledValue: [{ value: `${1000 + minute}` }] }],
});

const ofOne: readonly Message[] = [
  { action: 'StartTransaction', payload: { ...start() } },
  ...[10, 20].map((minute) => ({ action: 'MeterValues', payload: values(minute) })),
  { action: 'StopTransaction', payload: { ...stop(1) } },
];

const messagesOf = (protocol: Protocol): readonly Message[] =>
  protocol === 'ocpp1.6' ? ofOne : ofTwo;

describe('a session of which some messages are odd', () => {
  it.each(protocols)(
    'the messages of a session of %s may have any value anywhere, in any order: it is kept, billed or held, and shown',
    async (protocol) => {
      const errors = vi.spyOn(logger, 'error');
      const odd = fc.array(oddFrames(messagesOf(protocol)), { minLength: 4, maxLength: 12 });
      for (const frames of fc.sample(odd, sessions)) {
        await site.register();
        const charger = await site.plugIn(Date.parse(at(70)), protocol);
        for (const text of frames) await charger.send(text);
        await site.settle();
        for (const session of await site.sessions()) {
          const path = `/sessions/${String(session['sessionId'])}`;
          const shown = [path, `${path}/readings`].map(
            async (one) => (await site.call('GET', one)).status,
          );
          expect([frames, await Promise.all(shown)]).toEqual([frames, [200, 200]]);
          const { code = 'none' } = await site.call('GET', `${path}/cdr`);
          expect([frames, code]).toEqual([frames, expect.stringMatching(/^none$|^CDR_NOT_READY$/)]);
        }
        expect([frames, errors.mock.calls]).toEqual([frames, []]);
      }
    },
    3_600_000,
  );
});
