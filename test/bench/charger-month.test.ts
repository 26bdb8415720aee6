import { describe, expect, test } from 'vitest';
import { bill, billTotal, chargerMonth } from '../../bench/aws-bill/charger-month.ts';
import { addCounted, type Counted, countedFrom } from '../../bench/aws-bill/counted.ts';
import { lambdaGigabyteSeconds } from '../../bench/aws-bill/lambda-time.ts';
import { prices } from '../../bench/aws-bill/prices.ts';

const nothing: Counted = {
  messages: 0,
  bytesIn: 0,
  bytesOut: 0,
  handshakes: 0,
  invocations: 0,
  gigabyteSeconds: 0,
  writeUnits: 0,
  readUnits: 0,
  signatures: 0,
  logBytes: 0,
  accessLogBytes: 0,
};
const use = { sessionsPerDay: 4, heartbeatSeconds: 540, connectsPerDay: 12 };
const quiet = { heartbeat: nothing, connect: nothing, session: nothing };

describe('bill of a charger-month', () => {
  test('a charger without messages costs 30 days of connection minutes', () => {
    expect(billTotal(chargerMonth(quiet, use))).toBeCloseTo(43_200 * 0.25e-6, 12);
  });

  test('events count as often as they happen in 30 days', () => {
    const amount = (events: Partial<typeof quiet>): number =>
      chargerMonth({ ...quiet, ...events }, use).find(({ what }) => what === 'WebSocket messages')
        ?.amount ?? 0;
    const two = { ...nothing, messages: 2 };
    expect(amount({ heartbeat: two })).toBe(2 * 4_800);
    expect(amount({ connect: two })).toBe(2 * 360);
    expect(amount({ session: two })).toBe(2 * 120);
  });

  test('every counted figure has a line with a price in the bill', () => {
    const figures = Object.keys(nothing) as (keyof Counted)[];
    for (const figure of figures) {
      expect(billTotal(bill({ ...nothing, [figure]: 1 })), figure).toBeGreaterThan(0);
    }
  });

  test('every price names its page and its unit', () => {
    for (const { usd, per, source } of Object.values(prices)) {
      expect(usd).toBeGreaterThan(0);
      expect(per).not.toBe('');
      expect(source).toMatch(/^aws\.amazon\.com\/.+\/pricing$/);
    }
  });

  test('events add up figure by figure', () => {
    const sum = addCounted([
      { counted: { ...nothing, messages: 2, logBytes: 10 }, times: 3 },
      { counted: { ...nothing, messages: 1 }, times: 0.5 },
    ]);
    expect(sum).toEqual({ ...nothing, messages: 6.5, logBytes: 30 });
  });

  test('messages are billed in both directions', () => {
    const message = (operation: string, bytes: number) => ({
      service: 'apigateway',
      operation,
      units: { message: 1, bytes },
    });
    const counted = countedFrom(
      [message('WebSocketMessageIn', 300), message('WebSocketMessageOut', 20)],
      { steps: [], memoryOf: () => 512, logBytes: 7, accessLogBytes: 0 },
    );
    expect(counted).toMatchObject({ messages: 2, bytesIn: 300, bytesOut: 20, logBytes: 7 });
  });
});

describe('billed time of a function', () => {
  const used = {
    step: 'ocpp',
    invocations: 100,
    milliseconds: 0,
    writeRequests: 80,
    readRequests: 20,
    writeUnits: 0,
    readUnits: 0,
    signatures: 0,
  };

  test('the billed time of a function is estimated from its requests when the measured time is shorter', () => {
    // 100 × 6 ms + 100 requests × 8 ms, at half a GB
    expect(lambdaGigabyteSeconds(used, 512)).toBeCloseTo(0.7, 12);
  });

  test('the billed time of a function is the measured time when that is longer', () => {
    expect(lambdaGigabyteSeconds({ ...used, milliseconds: 3_000 }, 1024)).toBeCloseTo(3, 12);
  });
});
