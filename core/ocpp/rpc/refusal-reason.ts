/** Why a charger refuses a request of ours, free of the OCPP version. */
export type RefusalReason =
  | 'not-implemented'
  | 'not-supported'
  | 'internal'
  | 'protocol'
  | 'security'
  | 'malformed'
  | 'wrong-value'
  | 'other';

const reasons: Readonly<Record<string, RefusalReason>> = {
  notimplemented: 'not-implemented',
  notsupported: 'not-supported',
  messagetypenotsupported: 'not-supported',
  internalerror: 'internal',
  protocolerror: 'protocol',
  rpcframeworkerror: 'protocol',
  securityerror: 'security',
  formationviolation: 'malformed',
  formatviolation: 'malformed',
  occurenceconstraintviolation: 'malformed',
  occurrenceconstraintviolation: 'malformed',
  typeconstraintviolation: 'malformed',
  propertyconstraintviolation: 'wrong-value',
};

/**
 * The reason that the code of a CALLERROR gives (OCPP-J 1.6 section 4.2.3, 2.0.1 part 4 section 4.3). Chargers mix up the two
 * spellings and the case, so all of them count in every version.
 */
export const refusalReason = (code: string): RefusalReason => {
  const known = code.toLowerCase();
  return Object.hasOwn(reasons, known) ? (reasons[known] ?? 'other') : 'other';
};
