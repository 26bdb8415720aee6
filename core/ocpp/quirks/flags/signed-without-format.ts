import { holdsSignedRecord } from '../../../ocmf/find-signed-records.ts';
import { isJsonObject } from '../../json-object.ts';
import { sampledValuesIn } from '../meter-values.ts';
import type { Flag } from '../quirk.ts';

const isUnmarked = (sample: unknown): boolean =>
  isJsonObject(sample) &&
  sample['format'] !== 'SignedData' &&
  typeof sample['value'] === 'string' &&
  holdsSignedRecord(sample['value']);

/** A sampled value is a signed record without `format: SignedData`: it is not a number, and is taken as what it is. */
export const signedWithoutFormat = {
  kind: 'flags',
  name: 'signed-without-format',
  applies: (payload) => sampledValuesIn(payload).some(isUnmarked),
} as const satisfies Flag;
