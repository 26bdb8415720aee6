import { type Protocol, protocols } from '../../core/ocpp/protocol.ts';
import type { ChargingPlan } from '../charger/charging-plan.ts';

/** A charger of the demo, as it is registered. */
export type DemoCharger = {
  readonly chargerId: string;
  readonly name: string;
  readonly maxPowerKw: number;
  readonly tariff: keyof typeof demoTariffs;
};

/** A charger's part in one run of the demo: the sessions that it will run, in order of time. */
export type DemoShift = {
  readonly chargerId: string;
  readonly protocol: Protocol;
  readonly plans: readonly ChargingPlan[];
};

/** Meter registers in mWh by charger id; a charger not listed is new. */
export type Registers = Readonly<Record<string, bigint>>;

const minute = 60_000;

/** How far into the past a run of the demo reaches, in milliseconds: no charger's clock runs ahead of ours. */
export const demoSpan = 180 * minute;

/** The demo's tariffs, as `POST /tariffs` takes them: per kWh, with idle minutes after a grace, and by time of day. */
export const demoTariffs = {
  street: { name: 'Street', currency: 'EUR', perKwh: '0.49', sessionFee: '0.35', vatPercent: '19' },
  fast: {
    name: 'Fast, with idle fee',
    currency: 'EUR',
    perKwh: '0.64',
    idlePerMinute: '0.10',
    idleGraceMinutes: 5,
    vatPercent: '19',
  },
  timeOfDay: {
    name: 'Cheaper while the sun shines',
    currency: 'EUR',
    elements: [
      {
        priceComponents: [{ type: 'ENERGY', price: '0.29', vat: '19', stepSize: 1 }],
        restrictions: { startTime: '10:00', endTime: '16:00' },
      },
      { priceComponents: [{ type: 'ENERGY', price: '0.45', vat: '19', stepSize: 1 }] },
    ],
  },
} as const;

/** The tokens that the demo's drivers present. */
export const demoTokens: readonly string[] = ['ADA', 'GRACE', 'HEDY', 'LISE', 'EMMY', 'MARIE'];

/** The operator of the roaming driver, and the file that has its key. */
export const demoDrive = { name: 'Demo Drive', file: 'demo-drive.json' } as const;

/** The token of a driver of another operator, who charges at the first charger of a fleet. */
export const roamingToken = 'NOOR';

type SessionShape = readonly [
  startMinute: number,
  minutes: number,
  wattHours: bigint,
  share: number,
  idTag?: string,
];

type Post = Omit<DemoCharger, 'chargerId'> & {
  readonly site: string;
  readonly sessions: readonly SessionShape[];
};

const street = { site: 'street', name: 'Market square', tariff: 'street' } as const;
const fast = { site: 'fast', name: 'Motorway north', maxPowerKw: 150, tariff: 'fast' } as const;
const depot = { site: 'depot', name: 'Depot', maxPowerKw: 22, tariff: 'timeOfDay' } as const;

// Two at each site.
const posts: readonly Post[] = [
  {
    ...street,
    maxPowerKw: 11,
    sessions: [
      [2, 62, 9_400n, 1],
      [74, 56, 8_600n, 1, roamingToken],
    ],
  },
  {
    ...street,
    maxPowerKw: 22,
    sessions: [
      [7, 48, 14_850n, 1],
      [75, 50, 12_300n, 1],
    ],
  },
  {
    ...fast,
    sessions: [
      [1, 24, 41_200n, 1],
      [50, 40, 52_700n, 0.6],
      [110, 26, 38_100n, 1],
    ],
  },
  {
    ...fast,
    sessions: [
      [12, 45, 61_050n, 0.7],
      [80, 30, 44_600n, 1],
    ],
  },
  { ...depot, sessions: [[4, 150, 38_900n, 1]] },
  { ...depot, sessions: [[9, 140, 31_750n, 0.9]] },
];

const firstRegister = 1_250_000_000n;

const chargerIdAt = (place: number, site: string, fleet: number): string =>
  `demo-${site}-${2 * (fleet - 1) + (place % 2) + 1}`;

/** The versions take turns, so that each site has two of them. */
const protocolAt = (place: number): Protocol => protocols[place % protocols.length] ?? 'ocpp1.6';

/** The six chargers of the demo's n-th fleet, from 1 on: the second one adds two more at each site. */
export const demoChargers = (fleet: number): readonly DemoCharger[] =>
  posts.map(({ site, name, maxPowerKw, tariff }, place) => ({
    chargerId: chargerIdAt(place, site, fleet),
    name,
    maxPowerKw,
    tariff,
  }));

/** The sessions of a fleet in one run that begins at `from`; meters continue from their last registers. */
export const planShifts = (
  fleet: number,
  from: number,
  registers: Registers,
): readonly DemoShift[] =>
  posts.map(({ site, sessions }, place) => {
    const chargerId = chargerIdAt(place, site, fleet);
    let register = registers[chargerId] ?? firstRegister;
    const plans = sessions.map(
      ([startMinute, minutes, wattHours, chargingShare, driver], index) => {
        const startedAt = from + startMinute * minute;
        const plan: ChargingPlan = {
          connectorId: 1,
          idTag: driver ?? demoTokens[(place + 2 * index) % demoTokens.length] ?? 'ADA',
          startedAt,
          endedAt: startedAt + minutes * minute,
          energy: wattHours * 1000n,
          registerAtStart: register,
          readings: Math.max(4, Math.floor(minutes / 3)),
          chargingShare,
        };
        register += plan.energy;
        return plan;
      },
    );
    return { chargerId, protocol: protocolAt(place), plans };
  });

/** When the last session of some shifts ends, in epoch milliseconds. */
export const endOf = (shifts: readonly DemoShift[]): number =>
  Math.max(...shifts.flatMap(({ plans }) => plans.map(({ endedAt }) => endedAt)));

/** Meter registers after some shifts. */
export const registersAfter = (shifts: readonly DemoShift[]): Registers =>
  Object.fromEntries(
    shifts.map(({ chargerId, plans }) => {
      const last = plans.at(-1);
      return [chargerId, last === undefined ? firstRegister : last.registerAtStart + last.energy];
    }),
  );
