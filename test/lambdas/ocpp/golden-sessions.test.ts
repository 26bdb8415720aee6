import '../quiet.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Protocol, protocols } from '../../../core/ocpp/protocol.ts';
import { settleLate } from '../corrections/late-plant.ts';
import { openSite, type TestSite } from '../test-site.ts';
import { type GoldenSession, goldenSessions, outcomeOf, sendSession } from './golden-session.ts';

let site: TestSite;

beforeAll(async () => {
  site = await openSite({
    tokens: [{ tokenId: 'TAG1', accountId: 'acc-1' }],
    tariff: { name: 'AC', currency: 'EUR', perKwh: '0.50', idlePerMinute: '0.10' },
    charger: { maxPowerKw: 22, connectors: 2 },
  });
});

afterAll(async () => {
  await site.close();
});

const sessions = goldenSessions();
const minute = 60_000;
/** A quarter past five, when all messages of the golden sessions are over. */
const after = Date.parse('2026-04-14T17:15:00.000Z');
const mostDelay = 3 * 1440;

/** Anomalies that only say that something came after the CDR was sealed. */
const ofLateness = ['CDR_CORRECTED', 'LATE_READINGS', 'LATE_START'];

const withoutLateness = (thing: { readonly anomalies: readonly string[] }): object => ({
  ...thing,
  anomalies: thing.anomalies.filter((code) => !ofLateness.includes(code)),
});

const expectOutcome = async ({ protocol, expected }: GoldenSession): Promise<void> => {
  const { count, session, readings, cdr } = await outcomeOf(site, protocol);
  expect(count).toBe(1);
  expect(readings).toEqual([...expected.readings].sort());
  expect(session).toMatchObject(expected.session);
  expect(cdr).toMatchObject(expected.cdr);
};

/** The frames of a session of a version, each twice, in any order, and how many minutes late each is. */
const disorder = (protocol: Protocol) =>
  fc
    .constantFrom(...sessions.filter((session) => session.protocol === protocol))
    .chain((session) => {
      const twice = [...session.frames, ...session.frames];
      const { length } = twice;
      return fc.record({
        session: fc.constant(session),
        frames: fc.shuffledSubarray(twice, { minLength: length }),
        delays: fc.array(fc.nat(mostDelay), { minLength: length, maxLength: length }),
      });
    });

describe('golden sessions', () => {
  it.each(sessions)(
    'the session $name of $protocol comes to the numbers that were calculated by hand',
    async (session) => {
      const arrivals = session.frames.map((frame) => ({ frame, at: after }));
      await sendSession(site, session, arrivals);
      await expectOutcome(session);
    },
  );

  it.each(protocols)(
    'a session of %s is the same in whatever order and however often its messages arrive at once',
    async (protocol) => {
      await fc.assert(
        fc.asyncProperty(disorder(protocol), async ({ session, frames, delays: [delay = 0] }) => {
          const at = after + delay * minute;
          await sendSession(
            site,
            session,
            frames.map((frame) => ({ frame, at })),
          );
          await expectOutcome(session);
        }),
        { numRuns: 4 },
      );
    },
  );

  it.each(protocols)(
    'the bill of a session of %s is the same in the end, however late each of its messages arrives',
    async (protocol) => {
      await fc.assert(
        fc.asyncProperty(disorder(protocol), async ({ session, frames, delays }) => {
          const arrivals = frames.map((frame, index) => ({
            frame,
            at: after + (delays[index] ?? 0) * minute,
          }));
          await sendSession(site, session, arrivals);
          const [{ sessionId } = {}] = await site.sessions();
          await settleLate(site.database, {
            chargerKey: site.chargerKey,
            sessionId: String(sessionId),
          });
          const { count, session: shown, readings, cdr } = await outcomeOf(site, protocol);
          expect(count).toBe(1);
          expect(readings).toEqual([...session.expected.readings].sort());
          // A state of charge that comes after the CDR is no part of any bill, and corrects nothing.
          const { stateOfCharge: _late, ...billed } = session.expected.session;
          expect(withoutLateness(shown)).toMatchObject(billed);
          expect(withoutLateness(cdr)).toMatchObject(session.expected.cdr);
        }),
        { numRuns: 4 },
      );
    },
  );
});
