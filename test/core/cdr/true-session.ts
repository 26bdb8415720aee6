import fc from 'fast-check';
import type { CdrBasis } from '../../../core/cdr/compute/cdr-basis.ts';
import { computeCdr } from '../../../core/cdr/compute/cdr-from-readings.ts';
import type { CdrContent } from '../../../core/cdr/model/cdr.ts';
import type { StoredMessage } from '../../../core/cdr/model/stored-message.ts';
import { decodeMessage } from '../../../core/ocpp/decode-message.ts';
import { v16 } from '../../../core/ocpp/v16/version.ts';
import { accumulate, noRunningReadings } from '../../../core/session/accumulate.ts';
import { decodeRunning, encodeRunning } from '../../../core/session/encode-running.ts';
import { meteredOf } from '../../../core/session/finish.ts';
import type { Session } from '../../../core/session/session.ts';
import { asShown } from '../../../core/session/shown-energy.ts';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import { priceSession } from '../../../core/tariff/price-session.ts';

const minute = 60_000;
const start = Date.UTC(2026, 2, 10, 9);

/** The faults of a reading. */
const faults = [
  'none',
  'none',
  'none',
  'none',
  'dropout',
  'spike',
  'mark',
  'kilo',
  'comma',
  'own-counter',
  'unset-clock',
  'future-clock',
  'other-year',
  'late',
  'twice',
  'lost',
  'vehicle',
] as const;
type Fault = (typeof faults)[number];

/** The faults of an end of a session. */
const endFaults = ['true', 'true', 'true', 'true', 'zero', 'minus-one', 'kilo', 'same'] as const;
type EndFault = (typeof endFaults)[number];

/** The course of a session as it truly was, and how its charger reported that. */
export type TrueSession = {
  /** The register at the start in Wh. */
  readonly from: number;
  readonly watts: number;
  /** Minutes from the start at which the vehicle was full, unplugged, and its session stopped. */
  readonly full: number;
  readonly gone: number;
  readonly stopped: number;
  readonly every: number;
  readonly readings: readonly Fault[];
  readonly atStart: EndFault;
  readonly atStop: EndFault;
  readonly hasPower: boolean;
  readonly hasCurrent: boolean;
  readonly maxPowerW: number | undefined;
  /** The energy of the session before it on the connector, in Wh, where that is known. */
  readonly follows: number | undefined;
  /** The time of the status that says that the cable is gone. */
  readonly goneClock: 'right' | 'unset' | '2019' | '2036';
};

/** Sessions of one charger with every fault of the field. */
export const trueSession: fc.Arbitrary<TrueSession> = fc
  .record({
    from: fc.constantFrom(40_000, 100_000, 12_345_678),
    watts: fc.integer({ min: 1400, max: 22_000 }),
    full: fc.integer({ min: 1, max: 240 }),
    idle: fc.integer({ min: 1, max: 120 }),
    waits: fc.integer({ min: 0, max: 120 }),
    every: fc.constantFrom(1, 5, 15),
    readings: fc.array(fc.constantFrom(...faults), { maxLength: 40 }),
    atStart: fc.constantFrom(...endFaults),
    atStop: fc.constantFrom(...endFaults),
    hasPower: fc.boolean(),
    hasCurrent: fc.boolean(),
    maxPowerW: fc.constantFrom(undefined, 22_000),
    follows: fc.constantFrom(undefined, 0, 1, 7000, 30_000),
    goneClock: fc.constantFrom('right', 'right', 'unset', '2019', '2036'),
  })
  .map(({ idle, waits, ...one }) => ({
    ...one,
    gone: one.full + idle,
    stopped: one.full + idle + waits,
  }));

/** The true register of a session after some minutes, in whole Wh. */
export const registerAt = ({ from, watts, full }: TrueSession, minutes: number): number =>
  from + Math.floor((watts * Math.min(minutes, full)) / 60);

const iso = (at: number): string => new Date(at).toISOString();
const timeAt = (minutes: number): number => start + minutes * minute;

const endValue = (fault: EndFault, value: number, other: number): number => {
  switch (fault) {
    case 'true':
      return value;
    case 'zero':
      return 0;
    case 'minus-one':
      return -1;
    case 'kilo':
      return Math.floor(value / 1000);
    case 'same':
      return other;
    default:
      return fault satisfies never;
  }
};

/** When a charger sends what it kept: seven minutes after each full hour. */
const nextHour = (minutes: number): number => Math.ceil(minutes / 60) * 60 + 7;

type Kept = StoredMessage & { readonly at: number };

/** Power and current at a minute, where the charger measures them. */
const ratesAt = ({ hasPower, hasCurrent, watts, full }: TrueSession, minutes: number) => {
  const drawn = minutes < full ? watts : 0;
  return [
    ...(hasPower ? [{ value: String(drawn), measurand: 'Power.Active.Import', unit: 'W' }] : []),
    ...(hasCurrent ? [{ value: String(drawn / 230), measurand: 'Current.Import', unit: 'A' }] : []),
  ];
};

const meterMessage = (one: TrueSession, n: number, fault: Fault): readonly Kept[] => {
  const minutes = (n + 1) * one.every;
  if (minutes > one.stopped || fault === 'lost') return [];
  const register = registerAt(one, minutes);
  const values: Record<Fault, string> = {
    none: String(register),
    dropout: '0',
    spike: String(register + 3_000_000),
    mark: ['-1', '65535', '2147483647', '4294967295'][n % 4] ?? '',
    kilo: String(register / 1000),
    comma: `${register},0`,
    'own-counter': String(register - one.from),
    'unset-clock': String(register),
    'future-clock': String(register),
    'other-year': String(register),
    late: String(register),
    twice: String(register),
    lost: '',
    vehicle: String(register * 2),
  };
  const clocks: Partial<Record<Fault, number>> = {
    'unset-clock': Date.UTC(1970, 0, 1),
    'future-clock': Date.UTC(2036, 1, 7),
    'other-year': Date.UTC(2019, 0, 1) + minutes * minute,
  };
  const sampledValue = [
    {
      value: values[fault],
      measurand: 'Energy.Active.Import.Register',
      ...(fault === 'kilo' && { unit: 'kWh' }),
      ...(fault === 'vehicle' && { location: 'EV' }),
    },
    ...ratesAt(one, minutes),
  ];
  const timestamp = iso(clocks[fault] ?? timeAt(minutes));
  const raw = JSON.stringify({
    connectorId: 1,
    transactionId: 7,
    meterValue: [{ timestamp, sampledValue }],
  });
  const heard = timeAt(fault === 'late' ? Math.min(nextHour(minutes), one.stopped) : minutes);
  const message: Kept = {
    key: `${timestamp}#meter#${n}`,
    kind: 'meter',
    receivedAt: iso(heard),
    evseId: 1,
    connectorId: 1,
    raw,
    at: heard,
  };
  return fault === 'twice' ? [message, { ...message, at: heard + 1000 }] : [message];
};

const statusMessage = (minutes: number, status: string, at = timeAt(minutes)): Kept => ({
  key: `${iso(timeAt(minutes))}#status#${status}`,
  kind: 'status',
  receivedAt: iso(timeAt(minutes)),
  evseId: 1,
  connectorId: 1,
  raw: JSON.stringify({ connectorId: 1, errorCode: 'NoError', status, timestamp: iso(at) }),
  at: timeAt(minutes),
});

const goneAt = { unset: 0, '2019': Date.UTC(2019, 0, 1), '2036': Date.UTC(2036, 1, 7) };

/** The messages of a session in the order in which they came. */
const messagesOf = (one: TrueSession): readonly Kept[] => {
  const { goneClock, full, gone } = one;
  return [
    statusMessage(0, 'Charging'),
    ...one.readings.flatMap((fault, n) => meterMessage(one, n, fault)),
    statusMessage(full, 'SuspendedEV'),
    statusMessage(gone, 'Available', goneClock === 'right' ? timeAt(gone) : goneAt[goneClock]),
  ].toSorted((a, b) => a.at - b.at);
};

const tariff: Tariff = {
  tariffId: 'tar1',
  version: 1,
  name: 'AC',
  currency: 'EUR',
  elements: [
    {
      priceComponents: [
        { type: 'ENERGY', price: '0.50', stepSize: 0 },
        { type: 'TIME', price: '6', stepSize: 0 },
        { type: 'PARKING_TIME', price: '6', stepSize: 0 },
      ],
    },
  ],
  rounding: { mode: 'half-up', scope: 'total' },
};

const sessionOf = (one: TrueSession): Session => {
  const [from, to] = [one.from, registerAt(one, one.stopped)];
  return {
    sessionId: 'ses_true',
    operatorId: 'op1',
    chargerId: 'CP-1',
    evseId: 1,
    connectorId: 1,
    transactionId: '7',
    protocol: 'ocpp1.6',
    state: 'ended',
    timeZone: 'Europe/Berlin',
    ...(one.maxPowerW !== undefined && { maxPowerW: one.maxPowerW }),
    start: {
      startedAt: iso(timeAt(0)),
      receivedAt: iso(timeAt(0)),
      meterStart: endValue(one.atStart, from, to),
      tokenId: 'TAG',
      authorization: 'Accepted',
    },
    stop: {
      endedAt: iso(timeAt(one.stopped)),
      receivedAt: iso(timeAt(one.stopped)),
      meterStop: endValue(one.atStop, to, from),
      reason: 'Local',
    },
    anomalies: [],
  };
};

const rules = {
  read: (message: StoredMessage) => decodeMessage(v16, message),
  price: priceSession,
};

/** The CDR of a session. */
export const cdrOf = (one: TrueSession): CdrContent =>
  computeCdr(sessionOf(one), tariff, messagesOf(one), rules, basisOf(one)).content;

/** The registers of the session before, where they are known. */
const basisOf = ({ from, follows }: TrueSession): CdrBasis =>
  follows === undefined
    ? {}
    : { previousRegister: { sessionId: 'ses_before', wh: from, startWh: from - follows } };

/** The energy in mWh that a session showed while it ran, after each message. */
export const runningCourse = (one: TrueSession): readonly bigint[] => {
  const { stop: _none, ...session } = sessionOf(one);
  let running = encodeRunning(noRunningReadings);
  let shown = 0n;
  return messagesOf(one).map((message) => {
    const { readings, states } = rules.read(message);
    const all = accumulate(decodeRunning(running), readings, states, session.timeZone);
    running = encodeRunning(all);
    shown = asShown(meteredOf({ ...session, state: 'active' }, all), shown).energy;
    return shown;
  });
};

/**
 * Whether the readings of a session say themselves that energy flowed later than it did: to a counter that begins with the session a dropout is its
 * own beginning, so that all energy seems to come after it.
 */
export const showsLaterEnergy = ({ readings }: TrueSession): boolean => {
  const first = readings.indexOf('dropout');
  return first >= 0 && readings.includes('own-counter', first);
};

/** Whether start and stop of a session state its register. */
export const hasKnownEnds = ({ atStart, atStop }: TrueSession): boolean =>
  atStart === 'true' && atStop === 'true';

const sound: readonly Fault[] = ['none', 'comma', 'twice', 'late', 'kilo'];

/**
 * Whether enough is known of a session to find a wrong end: both ends are right, or the registers of the session before it are known, or one end
 * and three readings within the power that is registered.
 */
export const isEvident = (one: TrueSession): boolean => {
  if (hasKnownEnds(one) || one.follows !== undefined) return true;
  const right = one.readings.filter(
    (fault, n) => (n + 1) * one.every <= one.stopped && sound.includes(fault),
  );
  const isOneRight = one.atStart === 'true' || one.atStop === 'true';
  return isOneRight && right.length > 2 && one.maxPowerW !== undefined;
};
