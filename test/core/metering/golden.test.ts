import { describe, expect, it } from 'vitest';
import { measure } from '../../../core/metering/measure.ts';
import type { MeterEnd, Metered } from '../../../core/metering/model/metered.ts';
import type { MeterReading } from '../../../core/metering/model/reading.ts';
import { pointsOf } from '../../../core/metering/points/points-of.ts';
import { statePointsOf } from '../../../core/metering/points/state-points.ts';
import { shortDecimal } from '../../../core/units/decimal.ts';
import { isoInstant } from '../../../core/units/instant.ts';
import { goldenFolders, type MeteringCase, meteringCase } from './metering-case.ts';

const measured = (one: MeteringCase, readings: readonly MeterReading[]): Metered =>
  measure(
    pointsOf(readings, one.facts.timeZone),
    one.facts,
    statePointsOf(one.states, one.facts.timeZone),
  );

const end = ({ at, register }: MeterEnd) => [isoInstant(at), shortDecimal(register, 3)];

const shown = (metered: Metered, { expected }: MeteringCase) => ({
  energyWh: shortDecimal(metered.energy, 3),
  hold: metered.hold,
  quality: metered.quality,
  anomalies: metered.anomalies.map(({ code }) => code),
  ...(expected.notedAt && { notedAt: metered.anomalies.map(({ ref }) => ref) }),
  ...(expected.series && {
    series: metered.series.map(({ at, energy }) => [isoInstant(at), shortDecimal(energy, 3)]),
    ...(metered.meterStart && { meterStart: end(metered.meterStart) }),
    ...(metered.meterStop && { meterStop: end(metered.meterStop) }),
    ...(metered.power !== undefined && { powerW: shortDecimal(metered.power, 3) }),
  }),
  ...(expected.activities && {
    activities: metered.activities.map(({ from, kind }) => [isoInstant(from), kind]),
  }),
  ...(expected.stateOfCharge && { stateOfCharge: metered.stateOfCharge }),
  ...(expected.meterStopSigned && { meterStopSigned: metered.meterStop?.signed }),
});

describe('what chargers report becomes trusted energy', () => {
  it('the golden cases of metering are the 36 cases of the field and more, each complete', () => {
    expect(goldenFolders.filter(({ name }) => /^t\d\d-/.test(name))).toHaveLength(36);
    for (const { files } of goldenFolders) expect(files).toEqual(['expected.json', 'input.json']);
  });

  it.each(goldenFolders.map(({ name }) => meteringCase(name)))('$name: $about', (one) => {
    const metered = measured(one, one.readings);

    expect(shown(metered, one)).toEqual(one.expected);
    expect(measured(one, one.readings.toReversed())).toEqual(metered);
    expect(measured(one, [...one.readings, ...one.readings])).toEqual(metered);
    expect(metered.series[0]).toEqual({ at: metered.startedAt, energy: 0n });
    expect(metered.series.at(-1)).toEqual({ at: metered.endedAt, energy: metered.energy });
  });
});
