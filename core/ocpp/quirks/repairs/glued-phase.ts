import { isJsonObject } from '../../json-object.ts';
import { mapSampledValues, sampledValuesIn } from '../meter-values.ts';
import type { Repair } from '../quirk.ts';

const glued = /^(.+)\.(L[123](?:-(?:N|L[123]))?|N)$/;

const gluedIn = (sample: unknown): RegExpExecArray | null =>
  isJsonObject(sample) && typeof sample['measurand'] === 'string'
    ? glued.exec(sample['measurand'])
    : null;

const separate = (sample: unknown): readonly unknown[] => {
  const found = gluedIn(sample);
  if (found === null || !isJsonObject(sample)) return [sample];
  const [, measurand, phase] = found;
  return [{ ...sample, measurand, phase: sample['phase'] ?? phase }];
};

/** The phase is glued to the measurand, as in `Voltage.L1`: it becomes the phase. */
export const gluedPhase = {
  kind: 'repairs',
  name: 'glued-phase',
  applies: (_action, payload) =>
    sampledValuesIn(payload).some((sample) => gluedIn(sample) !== null),
  repair: (payload) => mapSampledValues(payload, separate),
} as const satisfies Repair;
