import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { v16 } from '../../../core/ocpp/v16/version.ts';
import { arbitraryRequest } from './arbitrary-message.ts';
import { receivedEvent } from './received-event.ts';
import { wireOf } from './v16/wire-of.ts';

const receivedAt = Date.parse('2026-04-14T16:30:05.000Z');

const readingsIn = (payload: object) =>
  v16.decodeStored('meter', JSON.stringify(payload), receivedAt).readings;

describe('the readings of a stored message', () => {
  it('the readings of a stored message are those that the charger sent, with unchanged digits and clock', () => {
    fc.assert(
      fc.property(arbitraryRequest('MeterValues'), (payload) => {
        const readings = readingsIn({ ...payload, transactionId: undefined });
        const place = { evseId: 1, connectorId: 1, transactionId: '1' };
        const event = { kind: 'metered', ...place, raw: '' } as const;
        expect(readingsIn(wireOf(event, readings))).toEqual(readings);

        const sent = payload['meterValue'] as {
          timestamp: string;
          sampledValue: { value: string }[];
        }[];
        const values = sent.flatMap(({ timestamp, sampledValue }) =>
          sampledValue.map(({ value }) => [timestamp, value]),
        );
        expect(
          readings.flatMap(({ timestamp, sampledValues }) =>
            sampledValues.map(({ value }) => [timestamp, value]),
          ),
        ).toEqual(values);
      }),
    );
  });

  it('readings of a stored message have the defaults of the standard for what the charger omitted', () => {
    const meterValue = [{ timestamp: '2026-04-14T16:30:00Z', sampledValue: [{ value: '12345' }] }];
    expect(readingsIn({ connectorId: 1, meterValue })).toEqual([
      {
        timestamp: '2026-04-14T16:30:00Z',
        receivedAt,
        offline: false,
        sampledValues: [
          {
            value: '12345',
            context: 'Sample.Periodic',
            measurand: 'Energy.Active.Import.Register',
            location: 'Outlet',
            multiplier: 0,
            format: 'raw',
          },
        ],
      },
    ]);
  });

  it('the readings of a stop are its transactionData, with unchanged signed records', () => {
    const raw = JSON.stringify({
      transactionId: 1804289,
      meterStop: 18845,
      timestamp: '2026-04-14T17:30:00Z',
      transactionData: [
        {
          timestamp: '2026-04-14T17:30:00Z',
          sampledValue: [
            { value: 'OCMF|{}|{}', format: 'SignedData', context: 'Transaction.End' },
            { value: '18845.678', context: 'Transaction.End' },
          ],
        },
      ],
    });
    const [reading] = v16.decodeStored('stop', raw, receivedAt).readings;
    expect(reading?.sampledValues).toMatchObject([
      { value: 'OCMF|{}|{}', format: 'signed' },
      { value: '18845.678', format: 'raw' },
    ]);
  });

  it.each([
    ['0', 0, true],
    ['-1', -1, true],
    ['no number', '', true],
    ['none at all', undefined, undefined],
    ['that of a session', 1804289, undefined],
  ])(
    'readings are attributed by guess if their transaction id is %s: %s, %s',
    (_words, transactionId, guessed) => {
      const meterValue = [{ timestamp: '2026-04-14T16:30:00Z', sampledValue: [{ value: '1' }] }];

      const [reading] = readingsIn({ connectorId: 1, transactionId, meterValue });

      expect(reading?.sampledValues).toHaveLength(1);
      expect(reading?.guessed).toBe(guessed);
    },
  );

  it('readings are signed if the charger says so, which is not a violation', () => {
    const payload = (format: string) => ({
      connectorId: 1,
      meterValue: [
        {
          timestamp: '2026-04-14T16:30:00Z',
          sampledValue: [{ value: 'OCMF|{"FV":"1.0"}|{"SD":"00"}', format }],
        },
      ],
    });
    const quirksOf = (format: string) => {
      const frame = JSON.stringify([2, '1', 'MeterValues', payload(format)]);
      return receivedEvent(frame).quirks;
    };

    expect(quirksOf('SignedData')).toEqual([]);
    expect(quirksOf('Raw')).toEqual(['signed-without-format']);
    for (const format of ['SignedData', 'Raw']) {
      expect(readingsIn(payload(format))[0]?.sampledValues[0]?.format).toBe('signed');
    }
  });

  it('a stored message that cannot be read has no readings', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.json()),
        fc.constantFrom('meter', 'stop', 'status', 'event'),
        (raw, kind) => {
          expect(v16.decodeStored(kind, raw, receivedAt)).toEqual({ readings: [], states: [] });
        },
      ),
    );
  });
});
