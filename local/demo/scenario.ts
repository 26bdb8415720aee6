import type { ChargingPlan } from '../fleet/charging-plan.ts';

/** A charger of the demo and the sessions that it will run, in order of time. */
export type DemoCharger = {
  readonly chargerId: string;
  readonly name: string;
  readonly maxPowerKw: number;
  readonly tariff: keyof typeof demoTariffs;
  readonly plans: readonly ChargingPlan[];
};

const minute = 60_000;
const hour = 60 * minute;

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

/** Six chargers whose sessions lie in the hours before `now`, so that no charger's clock runs ahead. */
export const demoChargers = (now: number): readonly DemoCharger[] => {
  const from = now - 3 * hour;
  return [
    fleetMember('street-1', 'Market square', 11, 'street', from, [[2, 62, 9_400n, 1]]),
    fleetMember('street-2', 'Market square', 22, 'street', from, [
      [7, 48, 14_850n, 1],
      [75, 50, 12_300n, 1],
    ]),
    fleetMember('fast-1', 'Motorway north', 150, 'fast', from, [
      [1, 24, 41_200n, 1],
      [50, 40, 52_700n, 0.6],
      [110, 26, 38_100n, 1],
    ]),
    fleetMember('fast-2', 'Motorway north', 150, 'fast', from, [
      [12, 45, 61_050n, 0.7],
      [80, 30, 44_600n, 1],
    ]),
    fleetMember('depot-1', 'Depot', 22, 'timeOfDay', from, [[4, 150, 38_900n, 1]]),
    fleetMember('depot-2', 'Depot', 22, 'timeOfDay', from, [[9, 140, 31_750n, 0.9]]),
  ];
};

type SessionShape = readonly [
  startMinute: number,
  minutes: number,
  wattHours: bigint,
  share: number,
];

const fleetMember = (
  chargerId: string,
  name: string,
  maxPowerKw: number,
  tariff: keyof typeof demoTariffs,
  from: number,
  sessions: readonly SessionShape[],
): DemoCharger => {
  let register = 1_250_000_000n;
  const plans = sessions.map(([startMinute, minutes, wattHours, share], index) => {
    const startedAt = from + startMinute * minute;
    const plan: ChargingPlan = {
      connectorId: 1,
      idTag: demoTokens[(chargerId.length + index + startMinute) % demoTokens.length] ?? 'ADA',
      startedAt,
      endedAt: startedAt + minutes * minute,
      energy: wattHours * 1000n,
      registerAtStart: register,
      readings: Math.max(4, Math.floor(minutes / 3)),
      chargingShare: share,
    };
    register += plan.energy;
    return plan;
  });
  return { chargerId: `demo-${chargerId}`, name, maxPowerKw, tariff, plans };
};
