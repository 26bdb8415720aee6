import { timeZoneVersion } from '../../units/zone-table.ts';
import { differsFromOurs } from '../compute/zone-record.ts';
import type { CdrContent } from '../model/cdr.ts';
import { attempted, type CdrCheck, failed, passed } from './cdr-check.ts';

/**
 * Compares the local time that a CDR was priced by with our data; undefined where it needed none. A difference is said and
 * is no fault: laws change, and the CDR is held against the offsets that it records.
 */
export const checkZone = ({ timeZone, evidence }: CdrContent): CdrCheck | undefined => {
  const record = evidence.basis.timeZoneData;
  if (record === undefined) return undefined;
  const differs = attempted(() => differsFromOurs(timeZone, record));
  if (differs === undefined) return failed('time-zone', 'The recorded local time is malformed.');
  return passed(
    'time-zone',
    differs
      ? `The CDR was priced with other offsets of ${timeZone}, of data ${record.version}, than data ${timeZoneVersion} has: it stands as it was sealed.`
      : `The offsets of ${timeZone} are those of data ${timeZoneVersion}.`,
  );
};
