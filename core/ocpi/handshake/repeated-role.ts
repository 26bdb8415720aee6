import type { DocumentProblem } from '../document-field.ts';
import type { CredentialsRole } from '../model/credentials.ts';

/** The role that credentials state twice for one party, as a problem; undefined where each is stated once, as it has to be. */
export const repeatedRole = (roles: readonly CredentialsRole[]): DocumentProblem | undefined => {
  const keys = roles.map(({ role, countryCode, partyId }) =>
    [role ?? '', countryCode, partyId].join(' ').toUpperCase(),
  );
  const at = keys.findIndex((key, index) => keys.indexOf(key) < index);
  return at < 0 ? undefined : { path: `roles[${at}]`, message: `${keys[at]} is stated twice.` };
};
