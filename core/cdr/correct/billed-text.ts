import type { CdrContent } from '../model/cdr.ts';
import { canonicalJson } from '../seal/canonical-json.ts';

/** All that a CDR bills, as a text that is the same for the same bill: energy, times, periods, lines and total. */
export const billedText = (content: CdrContent): string => {
  const {
    startedAt,
    endedAt,
    durationSeconds,
    chargingSeconds,
    idleSeconds,
    unusedSeconds = 0,
  } = content;
  const { energyKwh, periods, lines, total, unrounded } = content;
  const times = {
    startedAt,
    endedAt,
    durationSeconds,
    chargingSeconds,
    idleSeconds,
    unusedSeconds,
  };
  return canonicalJson({ ...times, energyKwh, periods, lines, total, unrounded });
};
