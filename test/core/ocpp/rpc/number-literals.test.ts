import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { integerText, withNumberLiterals } from '../../../../core/ocpp/rpc/number-literals.ts';
import { receivedEvent } from '../received-event.ts';

const eventOf = (frame: string) => receivedEvent(frame).event;

const transactionIn = (frame: string): string | undefined => {
  const event = eventOf(frame);
  return event.kind === 'metered' || event.kind === 'sessionStopped'
    ? event.transactionId
    : undefined;
};

const metered = (id: string): string =>
  `[2,"m1","MeterValues",{"connectorId":1,"transactionId":${id},"meterValue":[{"timestamp":"2026-03-02T10:00:00Z","sampledValue":[{"value":"1000"}]}]}]`;

const stopped = (id: string): string =>
  `[2,"m1","StopTransaction",{"meterStop":1000,"timestamp":"2026-03-02T10:00:00Z","transactionId":${id}}]`;

describe('a transaction id', () => {
  it('a transaction id is the exact number that the charger wrote, however long', () => {
    for (const id of ['9007199254740992', '9007199254740993', '18446744073709551615']) {
      expect(transactionIn(metered(id))).toBe(id);
      expect(transactionIn(stopped(id))).toBe(id);
    }
  });

  it('neighbouring transaction ids beyond 2^53 remain different', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n }), (id) => {
        const ids = [id, id + 1n].map((each) => transactionIn(metered(String(each))));

        expect(ids).toEqual([String(id), String(id + 1n)]);
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
