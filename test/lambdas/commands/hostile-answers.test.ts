import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Protocol, protocols } from '../../../core/ocpp/protocol.ts';
import { logger } from '../../../lambdas/runtime/logger.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator } from '../plant.ts';
import { type Answer, connectedCharger } from './connected-charger.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openDatabase('dynoxide');
});
afterAll(async () => {
  await database.stop();
});

/** So many answers in each version; `npm run fuzz` gives 1,000. */
const answerCount = Math.max(16, Number(process.env['JOULEGATE_FUZZ_FRAMES'] ?? 0) / 100);

/** Commands whose answers are shown somewhere. */
const ofAll = [
  { type: 'get-configuration', keys: ['HeartbeatInterval'] },
  { type: 'local-list-version' },
  { type: 'list-certificates', use: 'central-system-root' },
  { type: 'composite-schedule', connectorId: 1, durationSeconds: 60, unit: 'A' },
  { type: 'reserve', tokenId: 'TAG1', connectorId: 1, expiresAt: '2099-01-01T00:00:00Z' },
  { type: 'data-transfer', vendorId: 'Acme' },
  { type: 'clear-cache' },
  { type: 'unlock', connectorId: 1 },
] as const;

const ofTwo = { type: 'get-configuration', keys: ['OCPPCommCtrlr.HeartbeatInterval'] };

const commandsOf = (protocol: Protocol): readonly object[] =>
  protocol === 'ocpp1.6' ? ofAll : [ofTwo, ...ofAll.slice(1)];

const names = fc.constantFrom(
  ...[
    'status',
    'configurationKey',
    'unknownKey',
    'key',
    'value',
    'readonly',
    'listVersion',
    'data',
  ],
  ...[
    'certificateHashData',
    'certificateHashDataChain',
    'hashAlgorithm',
    'serialNumber',
    'fileName',
  ],
  ...['getVariableResult', 'component', 'variable', 'attributeStatus', 'attributeValue', 'name'],
  ...['schedule', 'chargingSchedule', 'chargingSchedulePeriod', 'limit', 'statusInfo', '__proto__'],
  ...['versionNumber', 'connectorId', 'scheduleStart', 'duration', 'startPeriod', 'reasonCode'],
);

const words = fc.constantFrom('Accepted', 'Rejected', 'NotFound', 'Actual', '1e999', '', '\ud800');

const { value: hostile } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    words,
    fc.constantFrom(1e300, -1e300, 2 ** 53, -1, 0, 0.1, null, true),
    fc.string({ minLength: 3_000, maxLength: 3_000, size: 'max' }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(names, tie('value'), { maxKeys: 5 }),
  ),
}));
const payload = fc.dictionary(names, hostile, { minKeys: 1, maxKeys: 6 });

const pages = [
  ...['', '/commands?limit=100', '/configuration', '/device-model', '/certificates'],
  ...['/reservations', '/charging-profiles', '/logs', '/messages'],
];

describe('answers of a charger that are hostile or only odd', () => {
  it.each(protocols)(
    'a command to a charger of %s ends whatever it answers, the next one is sent, and every page shows what is known',
    async (protocol) => {
      const operator = await newOperator(database);
      await operator.call('POST', '/tokens', { tokenId: 'TAG1' });
      const answers = fc.sample(payload, answerCount);
      let said = 0;
      const answer: Answer = () => answers[said++ % answers.length];
      const charger = await connectedCharger(database, operator, answer, protocol);
      const path = `/chargers/${charger.chargerId}`;
      const errors = vi.spyOn(logger, 'error');
      for (let n = 0; n < answers.length; n += 1) {
        const commands = commandsOf(protocol);
        const made = await operator.call('POST', `${path}/commands`, commands[n % commands.length]);
        expect([made.code, made.status]).toEqual([undefined, 202]);
        await charger.sendWaiting();
        const { body } = await operator.call('GET', `/commands/${String(made.body['commandId'])}`);
        expect([answers[n], body['state']]).toEqual([
          answers[n],
          expect.stringMatching(/^(?:accepted|rejected|failed)$/),
        ]);
      }
      for (const page of pages) {
        expect([page, (await operator.call('GET', `${path}${page}`)).status]).toEqual([page, 200]);
      }
      expect(errors.mock.calls).toEqual([]);
    },
    3_600_000,
  );
});
