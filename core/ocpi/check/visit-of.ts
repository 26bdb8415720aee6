import { omitUndefined } from '../../units/omit-undefined.ts';
import type { PartnerCdr } from '../model/cdr.ts';
import type { PartnerSession } from '../model/session.ts';
import type { CdrVisit, Visit } from './visit.ts';

/** The visit that a CDR bills. */
export const visitOfCdr = (cdr: PartnerCdr): CdrVisit =>
  omitUndefined({
    id: cdr.id,
    sessionId: cdr.sessionId,
    lastUpdated: cdr.lastUpdated,
    startDateTime: cdr.startDateTime,
    endDateTime: cdr.endDateTime,
    evseUid: cdr.location.evseUid,
    energy: cdr.totalEnergy,
    currency: cdr.currency,
    exclVat: cdr.totalCost.exclVat,
    inclVat: cdr.totalCost.inclVat,
    isCredit: cdr.credit === true,
    creditOf: cdr.creditReferenceId,
  });

/** The facts of a session that tell it apart from other visits to the same EVSE. */
export const visitOfSession = (session: PartnerSession): Visit =>
  omitUndefined({
    id: session.id,
    evseUid: session.evseUid,
    energy: session.kwh,
    startDateTime: session.startDateTime,
    endDateTime: session.endDateTime,
  });
