import { expect } from 'vitest';
import type { Cdr } from '../../core/cdr/model/cdr.ts';
import { type CdrVerdict, verifyCdr } from '../../core/cdr/verify/verify-cdr.ts';
import { chargerKey } from '../../core/charger/charger-key.ts';
import { decodeMessage } from '../../core/ocpp/decode-message.ts';
import type { Protocol } from '../../core/ocpp/protocol.ts';
import { v16 } from '../../core/ocpp/v16/version.ts';
import { v201 } from '../../core/ocpp/v201/v201.ts';
import { priceSession } from '../../core/tariff/price-session.ts';
import { openDatabase, type TestDatabase } from '../contracts/engines.ts';
import {
  at,
  type Body,
  newOperator,
  plugIn,
  settle,
  type TestCharger,
  type TestOperator,
  testKey,
} from './plant.ts';

/** Resources of an operator before anybody charges: tokens, a tariff, and the registration of each charger. */
export type SiteForm = {
  readonly tokens: readonly object[];
  readonly tariff: object;
  readonly charger?: object;
};

/** An operator with a database of its own, and the charger that was registered last. */
export type TestSite = {
  readonly database: TestDatabase;
  readonly operator: TestOperator;
  readonly tariffId: string;
  /** The charger's id in the form in which it is compared, and the key that names it among those of all operators. */
  readonly chargerId: string;
  readonly chargerKey: string;
  /** Registers one more charger, billed by the tariff unless the form says otherwise; gives its id in that form. */
  readonly register: (form?: object) => Promise<string>;
  /** A connection of the charger, by our clock now unless told otherwise. */
  readonly plugIn: (now?: number, protocol?: Protocol) => Promise<TestCharger>;
  /** The charger as it is heard at a minute by our clock. */
  readonly heardAt: (minute: number) => Promise<TestCharger>;
  /** Everything that follows from what the charger sent. */
  readonly settle: () => Promise<void>;
  readonly call: TestOperator['call'];
  /** The sessions of the charger, the latest first. */
  readonly sessions: () => Promise<readonly Body[]>;
  readonly cdrOf: (session: Body | undefined) => Promise<Body>;
  /** The readings that the CDR of a session counts. */
  readonly countedOf: (session: Body | undefined) => Promise<readonly Body[]>;
  readonly close: () => Promise<void>;
};

/** Makes an operator with all that a form names. */
export async function openSite({ tokens, tariff, charger }: SiteForm): Promise<TestSite> {
  const database = await openDatabase('dynoxide');
  const operator = await newOperator(database);
  for (const token of tokens) await operator.call('POST', '/tokens', token);
  const tariffId = String((await operator.call('POST', '/tariffs', tariff)).body['tariffId']);
  let count = 0;
  let chargerId = '';
  return {
    database,
    operator,
    tariffId,
    get chargerId() {
      return chargerId;
    },
    get chargerKey() {
      return chargerKey(operator.operatorId, chargerId);
    },
    register: async (form = {}) => {
      count += 1;
      const whole = { chargerId: `CP-${count}`, tariffId, ...charger, ...form };
      chargerId = whole.chargerId;
      expect((await operator.call('POST', '/chargers', whole)).status).toBe(201);
      return chargerId.toLowerCase();
    },
    plugIn: (now, protocol) => plugIn(database, chargerId, now, protocol),
    heardAt: (minute) => plugIn(database, chargerId, Date.parse(at(minute))),
    settle: () => settle(database, chargerId),
    call: operator.call,
    sessions: async () =>
      (await operator.call('GET', `/sessions?chargerId=${chargerId}`)).body.items ?? [],
    cdrOf: async (session) =>
      (await operator.call('GET', `/sessions/${session?.['sessionId']}/cdr`)).body,
    countedOf: async (session) => {
      const path = `/sessions/${session?.['sessionId']}/readings?late=false&limit=100`;
      return (await operator.call('GET', path)).body.items ?? [];
    },
    close: database.stop,
  };
}

/** Verdict on a CDR with the readings that it includes. */
export async function verdictOn(site: TestSite, cdr: Body | Cdr): Promise<CdrVerdict> {
  const { sessionId } = cdr as Cdr;
  return verifyCdr(cdr as Cdr, {
    readings: (await site.countedOf({ sessionId })) as never,
    rules: {
      read: (reading) =>
        decodeMessage((cdr as Cdr).evidence.session.protocol === 'ocpp1.6' ? v16 : v201, reading),
      price: priceSession,
    },
    key: testKey,
  });
}

/** Expects a sealed CDR to be valid by everything that it can be checked against. */
export async function expectValid(site: TestSite, cdr: Body | Cdr): Promise<void> {
  const { checks, valid } = await verdictOn(site, cdr);
  expect(checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  expect(valid).toBe(true);
  for (const name of ['content', 'readings']) {
    expect(checks.find(({ check }) => check === name)?.outcome).toBe('passed');
  }
}

/** A StartTransaction payload: TAG1 on connector 1 in minute 0, at 1 kWh. */
export const start = (overrides: Record<string, unknown> = {}) => ({
  connectorId: 1,
  idTag: 'TAG1',
  timestamp: at(0),
  meterStart: 1000,
  ...overrides,
});

/** A StopTransaction payload: an hour and 10 kWh later. */
export const stop = (transactionId: unknown, overrides: Record<string, unknown> = {}) => ({
  transactionId,
  timestamp: at(60),
  meterStop: 11_000,
  reason: 'Local',
  ...overrides,
});
