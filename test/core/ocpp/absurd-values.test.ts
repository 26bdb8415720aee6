import { describe, expect, it } from 'vitest';
import { answerFrame } from '../../../core/ocpp/answer-frame.ts';
import { receive } from '../../../core/ocpp/receive.ts';
import { v16 } from '../../../core/ocpp/v16/version.ts';
import { v21 } from '../../../core/ocpp/v21/v21.ts';
import { v201 } from '../../../core/ocpp/v201/v201.ts';

/** A value that JSON.parse reads, and JSON.stringify cannot write. */
const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
const at = '2026-04-14T16:30:00Z';

describe('a value that is nested deeper than anybody can write again', () => {
  it.each([
    { version: v16, code: 'FormationViolation' },
    { version: v201, code: 'FormatViolation' },
    { version: v21, code: 'FormatViolation' },
  ])('a message with it is refused ($version.protocol)', ({ version, code }) => {
    const text = `[2,"m1","DataTransfer",{"vendorId":"Acme","data":${deep}}]`;
    const received = receive(version, text);

    expect(received.kind === 'answer' && JSON.parse(received.frame).slice(0, 3)).toEqual([
      4,
      'm1',
      code,
    ]);
  });

  it.each([v16, v201, v21])(
    'a message about a transaction with it is kept as evidence ($protocol)',
    (version) => {
      const raw = `{"connectorId":1,"evseId":1,"meterValue":${deep}}`;

      expect(receive(version, `[2,"m1","MeterValues",${raw}]`)).toMatchObject({
        kind: 'call',
        events: [{ kind: 'unusable', raw }],
      });
      expect(version.decodeStored('meter', raw, Date.parse(at))).toMatchObject({ readings: [] });
    },
  );

  it.each([v16, v201, v21])('a refusal of the charger with it is read ($protocol)', (version) => {
    expect(receive(version, `[4,"m1","NotSupported","No.",{"x":${deep}}]`)).toMatchObject({
      kind: 'reply',
      reply: { kind: 'refusal', code: 'NotSupported', raw: '{}' },
    });
  });

  it.each([v16, v201, v21])(
    'an answer of the charger to a command with it cannot be read ($protocol)',
    async (version) => {
      const written = await version.writeRequest({ type: 'data-transfer', vendorId: 'Acme' }, 'x');
      if (written.kind !== 'written') throw new Error(written.reason);
      const raw = `{"status":"Accepted","data":${deep}}`;
      const { messageId } = written;

      expect(await version.readReply({ kind: 'result', messageId, raw })).toMatchObject({
        outcome: { kind: 'unreadable' },
      });
    },
  );
});

describe('a number that no double holds', () => {
  it.each(['1e400', '9'.repeat(400), '9007199254740993'])(
    'it does not come back with the answer about a VAT number: %s',
    (number) => {
      const text = `[2,"m1","VatNumberValidation",{"vatNumber":"DE1","evseId":${number}}]`;
      const received = receive(v21, text);
      if (received.kind !== 'call') throw new Error(JSON.stringify(received));
      const [event] = received.events;
      const evseId = event?.kind === 'vatNumberAsked' ? event.evseId : undefined;

      expect(evseId).toBeUndefined();
      expect(
        JSON.parse(
          answerFrame(received, [
            {
              kind: 'vatNumberAsked',
              answer: {
                status: 'Rejected',
                vatNumber: 'DE1',
                reason: { code: 'FormOnly', text: 'No register was asked.' },
              },
            },
          ]),
        ),
      ).toEqual([
        3,
        'm1',
        {
          status: 'Rejected',
          vatNumber: 'DE1',
          statusInfo: { reasonCode: 'FormOnly', additionalInfo: 'No register was asked.' },
        },
      ]);
    },
  );

  it.each([
    { version: v201, number: '1e400' },
    { version: v201, number: '-1e400' },
    { version: v21, number: '9'.repeat(400) },
  ])(
    'as a power of ten it makes no reading that cannot be shown ($version.protocol, $number)',
    ({ version, number }) => {
      const unitOfMeasure = `{"unit":"Wh","multiplier":${number}}`;
      const sample = `{"value":1,"unitOfMeasure":${unitOfMeasure}}`;
      const raw = `{"evseId":1,"meterValue":[{"timestamp":"${at}","sampledValue":[${sample}]}]}`;

      const { readings } = version.decodeStored('meter', raw, Date.parse(at));
      const powers = readings.flatMap(({ sampledValues }) =>
        sampledValues.map(({ multiplier }) => multiplier),
      );
      expect(powers.map(Number.isFinite)).toEqual([true]);
    },
  );

  it.each([v201, v21])(
    'a message with it as its number counts as one without ($protocol)',
    (version) => {
      const sample = '{"value":1}';
      const raw = `{"eventType":"Updated","timestamp":"${at}","triggerReason":"MeterValuePeriodic","seqNo":1e300,"transactionInfo":{"transactionId":"t"},"meterValue":[{"timestamp":"${at}","sampledValue":[${sample}]}]}`;

      const stored = version.decodeStored('event', raw, Date.parse(at));
      expect(stored.numbered).toBeUndefined();
      expect(stored.readings).toEqual([expect.not.objectContaining({ seqNo: expect.anything() })]);
    },
  );
});
