import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ConnectorStatus,
  connectorStatusFrom,
} from '../../../core/charger/connector-status.ts';
import type { MeteringFacts } from '../../../core/metering/model/metering-facts.ts';
import type { ConnectorState, MeterReading } from '../../../core/metering/model/reading.ts';
import { decimalOf } from '../../../core/units/decimal.ts';
import { milliWattHours } from '../../../core/units/energy.ts';
import { instant } from '../../../core/units/instant.ts';

type Value = {
  readonly value: string;
  readonly context?: string;
  readonly measurand?: string;
  readonly phase?: string;
  readonly location?: string;
  readonly unit?: string;
  readonly multiplier?: number;
  readonly format?: 'raw' | 'signed';
};

type End = {
  readonly timestamp: string;
  readonly receivedAt?: string;
  readonly registerWh?: number;
};

type Input = {
  readonly about: string;
  readonly maxPowerW?: number;
  readonly timeZone?: string;
  readonly registeredAt?: string;
  readonly start?: End;
  readonly stop?: End;
  readonly rolloverWh?: readonly string[];
  readonly previousRegisterWh?: string;
  readonly verifiedWh?: readonly [string, string];
  readonly states?: readonly {
    readonly timestamp: string;
    readonly receivedAt?: string;
    readonly status: string;
  }[];
  readonly readings: readonly {
    readonly timestamp: string;
    readonly receivedAt?: string;
    readonly offline?: boolean;
    readonly seqNo?: number;
    readonly sampledValues: readonly Value[];
  }[];
};

/** Expected result of a case. */
type Expected = {
  readonly energyWh: string;
  readonly hold: boolean;
  readonly quality: string;
  readonly anomalies: readonly string[];
  /** The reading that each anomaly is about, in their order. */
  readonly notedAt?: readonly string[];
  readonly activities?: readonly (readonly [string, string])[];
  /** Wh since the start. */
  readonly series?: readonly (readonly [string, string])[];
  /** When the register was read, and what it showed in Wh. */
  readonly meterStart?: readonly [string, string];
  readonly meterStop?: readonly [string, string];
  readonly powerW?: string;
  readonly stateOfCharge?: string;
  readonly meterStopSigned?: string;
};

/** One folder of test/golden/metering. */
export type MeteringCase = {
  readonly name: string;
  readonly about: string;
  readonly facts: MeteringFacts;
  readonly readings: readonly MeterReading[];
  readonly states: readonly ConnectorState[];
  readonly expected: Expected;
};

const root = join(import.meta.dirname, '../../golden/metering');

/** The files of every folder, so that none can be forgotten. */
export const goldenFolders = readdirSync(root, { withFileTypes: true }).map((folder) => ({
  name: folder.name,
  files: folder.isDirectory() ? readdirSync(join(root, folder.name)).sort() : [],
}));

const milli = (wh: string) => milliWattHours(decimalOf(wh, 3));

const endOf = ({ timestamp, receivedAt, registerWh }: End) => ({
  timestamp,
  receivedAt: Date.parse(receivedAt ?? timestamp) + 1000,
  ...(registerWh !== undefined && { registerWh }),
});

const readingOf = (reading: Input['readings'][number]): MeterReading => ({
  timestamp: reading.timestamp,
  receivedAt: Date.parse(reading.receivedAt ?? reading.timestamp),
  offline: reading.offline ?? false,
  ...(reading.seqNo !== undefined && { seqNo: reading.seqNo }),
  sampledValues: reading.sampledValues.map((value) => ({
    context: 'Sample.Periodic',
    measurand: 'Energy.Active.Import.Register',
    location: 'Outlet',
    multiplier: 0,
    format: 'raw',
    ...value,
  })),
});

const statusFrom = (word: string): ConnectorStatus => {
  const status = connectorStatusFrom(word);
  if (status === undefined) throw new Error(`${word} is no state of a connector`);
  return status;
};

const factsOf = (input: Input): MeteringFacts => ({
  ...(input.start && { start: endOf(input.start) }),
  ...(input.stop && { stop: endOf(input.stop) }),
  ...(input.maxPowerW !== undefined && { maxPowerW: input.maxPowerW }),
  ...(input.timeZone !== undefined && { timeZone: input.timeZone }),
  ...(input.registeredAt !== undefined && {
    registeredAt: instant(BigInt(Date.parse(input.registeredAt))),
  }),
  ...(input.rolloverWh && { rolloverWh: input.rolloverWh.map(BigInt) }),
  ...(input.previousRegisterWh !== undefined && {
    previousRegister: milli(input.previousRegisterWh),
  }),
  ...(input.verifiedWh && {
    verified: {
      start: { register: milli(input.verifiedWh[0]), at: instant(0n) },
      stop: { register: milli(input.verifiedWh[1]), at: instant(0n) },
    },
  }),
});

const read = (name: string, file: string): unknown =>
  JSON.parse(readFileSync(join(root, name, file), 'utf8'));

/** Reads the case in a folder. */
export const meteringCase = (name: string): MeteringCase => {
  const input = read(name, 'input.json') as Input;
  return {
    name,
    about: input.about,
    facts: factsOf(input),
    readings: input.readings.map(readingOf),
    states: (input.states ?? []).map(({ receivedAt, status, ...state }) => ({
      ...state,
      status: statusFrom(status),
      ...(receivedAt !== undefined && { receivedAt: Date.parse(receivedAt) }),
    })),
    expected: read(name, 'expected.json') as Expected,
  };
};
