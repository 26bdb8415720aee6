import { expect } from 'vitest';
import type { Cdr } from '../../../core/cdr/model/cdr.ts';
import type { StoredMessage } from '../../../core/cdr/model/stored-message.ts';
import { type CdrVerdict, verifyCdr } from '../../../core/cdr/verify/verify-cdr.ts';
import { chargerKey as chargerKeyOf } from '../../../core/charger/charger-key.ts';
import { loadDecoder } from '../../../core/ocpp/load-decoder.ts';
import { sessionId as sessionIdOf } from '../../../core/session/session-id.ts';
import type { CorrectionMessage } from '../../../lambdas/billing/correction-message.ts';
import { rulesFor } from '../../../lambdas/billing/rules-for.ts';
import { closeDivided } from '../../../lambdas/cdr/close-divided.ts';
import { closeSuperseded } from '../../../lambdas/cdr/close-superseded.ts';
import { makeCdr } from '../../../lambdas/cdr/make-cdr.ts';
import {
  type CorrectionOutcome,
  correctSession,
} from '../../../lambdas/corrections/correct-session.ts';
import { readSession } from '../../../lambdas/store/sessions/sessions.ts';
import type { Database } from '../../../lambdas/store/table/client.ts';
import { foldSpan, spansOf } from '../../../lambdas/tariff/fold-readings.ts';
import {
  at,
  cdrHelpers,
  messageRecords,
  meterValues,
  plugIn,
  type TestOperator,
  testKey,
  testSigner,
} from '../plant.ts';

/** 0.30 EUR per kWh, from 17:00 to 18:00 0.60 EUR: it matters when the energy flowed. */
export const byTheHour = {
  name: 'By the hour',
  currency: 'EUR',
  elements: [
    {
      priceComponents: [{ type: 'ENERGY', price: '0.60', stepSize: 1 }],
      restrictions: { startTime: '17:00', endTime: '18:00' },
    },
    { priceComponents: [{ type: 'ENERGY', price: '0.30', stepSize: 1 }] },
  ],
};

/** When messages come that are late: a day later, and so many minutes. */
const dayLater = (minute: number): number => Date.parse(at(24 * 60 + minute));

/** A session from 16:30 to 17:30 with 10 kWh, and all that may come of it. */
export type LateSession = {
  readonly chargerId: string;
  readonly chargerKey: string;
  readonly sessionId: string;
  readonly cdrId: string;
  readonly transactionId: number;
  /** Readings (minute, register in Wh) that the charger sends now; a day after the stop unless `onTime`. */
  readonly read: (minute: number, wh: number, when?: number | 'onTime') => Promise<void>;
  /** Sends something else late. */
  readonly send: (action: string, payload: object) => Promise<void>;
  readonly stop: () => Promise<void>;
};

let chargers = 0;

function newChargerId(): string {
  chargers += 1;
  return `LATE-${chargers}`;
}

/** Registers a charger and begins a session on it. */
export async function beginLateSession(
  database: Database,
  operator: TestOperator,
  tariffId: unknown,
  chargerId = newChargerId(),
): Promise<LateSession> {
  await operator.call('POST', '/chargers', { chargerId, tariffId, maxPowerKw: 22 });
  const chargerKey = chargerKeyOf(operator.operatorId, chargerId);
  const charger = await plugIn(database, chargerKey, Date.parse(at(31)));
  const start = { connectorId: 1, idTag: 'TAG1', timestamp: at(30), meterStart: 0 };
  const transactionId = Number((await charger.call('StartTransaction', start))['transactionId']);
  const sessionId = sessionIdOf(chargerKey, String(transactionId));
  return {
    chargerId,
    chargerKey,
    sessionId,
    cdrId: sessionId.replace('ses_', 'cdr_'),
    transactionId,
    read: async (minute, wh, when = 0) => {
      const now = when === 'onTime' ? Date.parse(at(minute)) : dayLater(minute + when);
      const plug = await plugIn(database, chargerKey, now);
      await plug.call('MeterValues', meterValues(at(minute), wh, transactionId));
    },
    send: async (action, payload) => {
      const plug = await plugIn(database, chargerKey, dayLater(0));
      await plug.call(action, payload);
    },
    stop: async () => {
      const plug = await plugIn(database, chargerKey, Date.parse(at(90)));
      await plug.call('StopTransaction', { transactionId, timestamp: at(90), meterStop: 10_000 });
    },
  };
}

/**
 * Processes all stream records once more, and then makes the CDR of the session; returns the
 * requested corrections.
 */
export async function carryOn(
  database: Database,
  { chargerKey, sessionId }: Pick<LateSession, 'chargerKey' | 'sessionId'>,
): Promise<readonly CorrectionMessage[]> {
  const asked: CorrectionMessage[] = [];
  const kept = (await messageRecords(database)).filter((one) => one.chargerKey === chargerKey);
  for (const span of spansOf(kept)) {
    const outcomes = await foldSpan(database, span, new Date().toISOString());
    asked.push(...outcomes.flatMap((one) => (one.kind === 'late' ? [one.correction] : [])));
  }
  const stored = await readSession(database, sessionId, true);
  if (stored !== undefined) {
    await closeSuperseded(database, stored.session);
    await closeDivided(database, stored);
  }
  const helpers = {
    ...cdrHelpers,
    sign: testSigner,
    askForCorrection: async (message: CorrectionMessage) => {
      asked.push(message);
    },
  };
  await makeCdr(database, helpers, sessionId);
  return asked;
}

/** Action of the queue on a message. */
export const deliver = (
  database: Database,
  message: CorrectionMessage,
): Promise<CorrectionOutcome> => correctSession(database, testSigner, message);

/** Everything until nothing is asked for any more; gives what became of each message. */
export async function settleLate(
  database: Database,
  session: Pick<LateSession, 'chargerKey' | 'sessionId'>,
): Promise<readonly CorrectionOutcome[]> {
  const outcomes: CorrectionOutcome[] = [];
  for (let round = 0; round < 10; round += 1) {
    const asked = await carryOn(database, session);
    if (asked.length === 0) return outcomes;
    for (const message of asked) outcomes.push(await deliver(database, message));
  }
  throw new Error('somebody asks for corrections without end');
}

/** All CDRs of a charger as the API lists them, in the order of its chain. */
export async function chainOf(operator: TestOperator, chargerId: string): Promise<readonly Cdr[]> {
  const listed = await operator.call('GET', `/cdrs?chargerId=${chargerId}&limit=100`);
  const cdrs = (listed.body.items ?? []) as unknown as readonly Cdr[];
  return cdrs
    .filter(({ seal }) => seal !== null)
    .toSorted((a, b) => (a.seal?.sequence ?? 0) - (b.seal?.sequence ?? 0));
}

/** Verifies a CDR by nothing but what the API gives for it, and its predecessor in the chain. */
export async function verifyByApi(
  operator: TestOperator,
  cdr: Cdr,
  previous: Cdr | undefined,
): Promise<CdrVerdict> {
  const shown = await operator.call('GET', `/cdrs/${cdr.cdrId}`);
  expect(shown.body).toEqual(cdr);
  const listed = await operator.call('GET', `/cdrs/${cdr.cdrId}/readings?limit=100`);
  return verifyCdr(cdr, {
    readings: (listed.body.items ?? []) as unknown as readonly StoredMessage[],
    rules: rulesFor(cdr.evidence.session, await loadDecoder([cdr.evidence.session.protocol])),
    key: testKey,
    ...(previous?.seal ? { previous: previous.seal } : {}),
  });
}

/** Expects a charger's chain to be whole, and each CDR in it to be valid in every respect. */
export async function expectWholeChain(
  operator: TestOperator,
  chargerId: string,
): Promise<readonly Cdr[]> {
  const chain = await chainOf(operator, chargerId);
  expect(chain.map(({ seal }) => seal?.sequence)).toEqual(chain.map((_, index) => index + 1));
  for (const [index, cdr] of chain.entries()) {
    const { checks } = await verifyByApi(operator, cdr, chain[index - 1]);
    expect([cdr.cdrId, checks.filter(({ outcome }) => outcome !== 'passed')]).toEqual([
      cdr.cdrId,
      [],
    ]);
  }
  return chain;
}
