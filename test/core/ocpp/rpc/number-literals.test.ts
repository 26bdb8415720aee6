import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { integerText, withNumberLiterals } from '../../../../core/ocpp/rpc/number-literals.ts';
import { proposeTransactionIds } from '../../../../core/ocpp/v16/propose-transaction-ids.ts';
import { mayBeGiven } from '../../../../core/ocpp/v16/transaction-id-range.ts';
import { v16 } from '../../../../core/ocpp/v16/version.ts';
import { receivedEvent } from '../received-event.ts';

const frames: readonly ((id: string) => string)[] = [
  (id) =>
    `[2,"m1","MeterValues",{"connectorId":1,"transactionId":${id},"meterValue":[{"timestamp":"2026-03-02T10:00:00Z","sampledValue":[{"value":"1000"}]}]}]`,
  (id) =>
    `[2,"m1","StopTransaction",{"meterStop":1000,"timestamp":"2026-03-02T10:00:00Z","transactionId":${id}}]`,
];

const readIn = (frame: string): unknown => {
  const { event, quirks } = receivedEvent(frame);
  return {
    transactionId: 'transactionId' in event ? event.transactionId : undefined,
    isPlaceholder: quirks.includes('placeholder-transaction-id'),
  };
};

const forms = (id: bigint): readonly string[] => [String(id), `"${id}"`];

describe('a transaction id', () => {
  it('a number that we give is read as it is, also as text', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 31n - 2n }), (id) => {
        for (const form of forms(id))
          for (const frame of frames)
            expect(readIn(frame(form))).toEqual({
              transactionId: String(id),
              isPlaceholder: false,
            });
      }),
      { examples: [[1n], [2n ** 31n - 2n]] },
    );
  });

  it('every other whole number stands for none, also as text and beyond what a double holds', () => {
    const others = fc.oneof(
      fc.bigInt({ min: -(2n ** 70n), max: 0n }),
      fc.bigInt({ min: 2n ** 31n - 1n, max: 2n ** 70n }),
    );
    fc.assert(
      fc.property(others, (id) => {
        for (const form of forms(id))
          for (const frame of frames)
            expect(readIn(frame(form))).toEqual({ transactionId: undefined, isPlaceholder: true });
      }),
      {
        examples: [
          ...[0n, -1n, -16n, 2n ** 31n - 1n, 2n ** 31n, 2n ** 32n - 1n],
          ...[2n ** 63n - 1n, 2n ** 64n - 1n, -(2n ** 63n)],
        ].map((id): [bigint] => [id]),
      },
    );
  });

  it('the ids of two starts are among those that are read as they are', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (chargerKey, meterStart) => {
        const start = {
          kind: 'sessionStarted',
          evseId: 1,
          connectorId: 1,
          meterStart,
          raw: '',
        } as const;
        for (const id of proposeTransactionIds(chargerKey, start)) {
          expect(mayBeGiven(Number(id))).toBe(true);
        }
      }),
    );
  });

  it('ids that a charger made up for its transactions remain different beyond 2^53', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 62n), max: -(2n ** 53n) }), (id) => {
        const [one, next] = [id, id + 1n].map((each) => {
          const frame = frames[1]?.(String(each)) ?? '';
          return v16.decodeStored('stop', frame.slice(frame.indexOf('{'), -1), 0).madeUpId;
        });
        expect([one, next]).toEqual([String(id), String(id + 1n)]);
      }),
    );
  });
});

describe('a number in a message', () => {
  it('a number in a message keeps the digits it was written with', () => {
    const text =
      '{"meterValue":[{"sampledValue":[{"value":123456789.123456789,"x":1.50},{"value":0.10}]}]}';

    expect(withNumberLiterals(text, ['value'])).toEqual({
      meterValue: [{ sampledValue: [{ value: '123456789.123456789', x: 1.5 }, { value: '0.10' }] }],
    });
  });

  it('a number deeper in the message than requested is taken as parsed', () => {
    const text = '{"inner":{"transactionId":9007199254740993}}';

    expect(integerText(9007199254740992, 'transactionId', text)).toBe('9007199254740992');
    expect(integerText(17, 'transactionId', text)).toBe('17');
  });
});
