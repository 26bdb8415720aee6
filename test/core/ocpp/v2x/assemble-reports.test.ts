import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assembleReports, type ReportPart } from '../../../../core/ocpp/v2x/assemble-reports.ts';

const at = (second: number) => new Date(Date.UTC(2026, 3, 14, 16, 0, second)).toISOString();

/** The parts of a report with so many of them, each with one variable. */
const payloads = (length: number, requestId = 7) =>
  Array.from({ length }, (_one, seqNo) => ({
    requestId,
    generatedAt: at(0),
    seqNo,
    ...(seqNo < length - 1 ? { tbc: true } : {}),
    reportData: [{ variable: { name: `V${seqNo}` } }],
  }));

const received = (sent: readonly object[], action = 'NotifyReport'): readonly ReportPart[] =>
  sent.map((payload, n) => ({ action, receivedAt: at(n), raw: JSON.stringify(payload) }));

const content = (length: number) => payloads(length).map(({ reportData }) => ({ reportData }));

it('the parts of a report give the same report in any order and any number', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.infiniteStream(fc.nat()), (length, choices) => {
      const parts = payloads(length);
      const again = parts.flatMap((part) =>
        Number(choices.next().value) % 2 ? [part, part] : [part],
      );
      const shuffled = again
        .map((part) => ({ part, place: Number(choices.next().value) }))
        .sort((a, b) => a.place - b.place)
        .map(({ part }) => part);

      expect(assembleReports(received(shuffled))).toMatchObject([
        {
          action: 'NotifyReport',
          requestId: 7,
          isComplete: true,
          missing: [],
          content: content(length),
        },
      ]);
    }),
  );
});

it('a report that lacks any of its parts is not complete, and names those that are missing between others', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 8 }).chain((length) =>
        fc.record({
          length: fc.constant(length),
          lost: fc.subarray([...Array(length).keys()], { minLength: 1, maxLength: length - 1 }),
        }),
      ),
      ({ length, lost }) => {
        const arrived = payloads(length).filter(({ seqNo }) => !lost.includes(seqNo));
        const [report] = assembleReports(received(arrived));
        const last = Math.max(...arrived.map(({ seqNo }) => seqNo));

        expect(report?.isComplete).toBe(false);
        expect(report?.missing).toEqual(lost.filter((n) => n < last).sort((a, b) => a - b));
      },
    ),
  );
});

it('a part that comes once more with other content replaces the one before', () => {
  const first = { requestId: 1, seqNo: 0, tbc: false, data: 'old' };
  const second = { ...first, data: 'new' };

  expect(assembleReports(received([first, second], 'NotifyCustomerInformation'))).toMatchObject([
    { content: [{ data: 'new' }], isComplete: true },
  ]);
});

it('parts without numbers are in the order of their receipt, and complete with the one that is the last', () => {
  const profile = (id: number, tbc: boolean) => ({
    requestId: 3,
    evseId: 1,
    tbc,
    chargingProfile: [{ id }],
  });
  const parts = [profile(1, true), profile(1, true), profile(2, true)];
  const reports = (sent: readonly object[]) =>
    assembleReports(received(sent, 'ReportChargingProfiles'));

  expect(reports(parts)).toMatchObject([{ isComplete: false, missing: [] }]);
  const [report] = reports([...parts, profile(3, false)]);
  expect(report?.isComplete).toBe(true);
  expect(report?.content).toEqual(
    [1, 2, 3].map((id) => ({ evseId: 1, chargingProfile: [{ id }] })),
  );
});

it('reports are distinguished by their action and number, the one heard last first; what is no part is left out', () => {
  const parts: readonly ReportPart[] = [
    ...received(payloads(1, 1)),
    ...received(payloads(1, 1), 'NotifyMonitoringReport').map((one) => ({
      ...one,
      receivedAt: at(9),
    })),
    ...received(payloads(1, 2)).map((one) => ({ ...one, receivedAt: at(5) })),
    { action: 'NotifyReport', receivedAt: at(6), raw: '{"seqNo":1}' },
    { action: 'NotifyReport', receivedAt: at(7), raw: 'broken' },
  ];

  expect(assembleReports(parts).map(({ action, requestId }) => [action, requestId])).toEqual([
    ['NotifyMonitoringReport', 1],
    ['NotifyReport', 2],
    ['NotifyReport', 1],
  ]);
});

it('a number that no report can have does not make a list without end', () => {
  const [report] = assembleReports(received([{ requestId: 1, seqNo: 2_000_000_000 }]));

  expect(report?.isComplete).toBe(false);
  expect(report?.missing).toHaveLength(1_000);
});

it.each(['1e308', '1e400', '9007199254740993', '1.5', '"7"', 'null'])(
  'a report that is numbered by no whole number is none, and a part so numbered has no place of its own: %s',
  (number) => {
    const part = (requestId: string, seqNo: string) => ({
      action: 'NotifyReport',
      receivedAt: at(0),
      raw: `{"requestId":${requestId},"seqNo":${seqNo},"reportData":[]}`,
    });

    expect(assembleReports([part(number, '0')])).toEqual([]);
    expect(assembleReports([part('7', number)])).toMatchObject([
      { requestId: 7, missing: [], isComplete: true },
    ]);
  },
);
