import type { Metered } from '../metering/metered.ts';
import { registerFromWh } from '../metering/register-from-wh.ts';
import { finish, type MeteringExtras } from '../session/finish.ts';
import type { Session } from '../session/session.ts';
import type { CdrBasis } from './cdr-basis.ts';
import type { CdrRules } from './cdr-from-readings.ts';
import type { StoredReading } from './stored-reading.ts';

/** What a session amounts to by its stored messages and by what its CDR rests on otherwise. */
export const measuredSession = (
  session: Session,
  stored: readonly StoredReading[],
  read: CdrRules['read'],
  basis: CdrBasis,
): Metered => {
  const understood = stored.map(read);
  return finish(
    session,
    understood.flatMap(({ readings }) => readings),
    understood.flatMap(({ states }) => states),
    extrasOf(basis),
  );
};

const extrasOf = ({ previousRegister }: CdrBasis): MeteringExtras => {
  const register = previousRegister && registerFromWh(previousRegister.wh);
  return { ...(register !== undefined && { previousRegister: register }) };
};
