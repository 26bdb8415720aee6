import type { Metered } from '../../metering/model/metered.ts';

/** True if nothing but the signed values tells of a session: no reading, or a register that is 0 throughout, as some chargers send beside them. */
export const isSilent = ({ quality, energy, meterStop }: Metered): boolean =>
  quality === 'none' || (quality === 'register' && energy === 0n && meterStop?.register === 0n);
