import { hubOf } from '../hub/hub-of.ts';
import type { Endpoint } from '../model/credentials.ts';
import type { RegisteredPartner } from '../partner/partner.ts';
import type { PartnerObjects } from '../translators.ts';

/** A module whose pages are read at partners of a role. */
export type ReadableModule = {
  readonly identifier: string;
  readonly kind: keyof PartnerObjects;
  readonly role: 'CPO' | 'EMSP';
};

/** The modules that have pages, in the order in which a partner is read. */
const modules: readonly ReadableModule[] = [
  { identifier: 'locations', kind: 'location', role: 'CPO' },
  { identifier: 'tariffs', kind: 'tariff', role: 'CPO' },
  { identifier: 'sessions', kind: 'session', role: 'CPO' },
  { identifier: 'cdrs', kind: 'cdr', role: 'CPO' },
  { identifier: 'invoicereconciliation', kind: 'invoiceRecord', role: 'CPO' },
  { identifier: 'tokens', kind: 'token', role: 'EMSP' },
];

/** The roles that a partner plays; in 2.1.1 it does not say it, and is the other side of ours, as a hub is. */
export function rolesOfPartner({ ourRoles, registration }: RegisteredPartner): readonly string[] {
  if (hubOf(registration) !== undefined) {
    return ourRoles.map((role) => (role === 'CPO' ? 'EMSP' : 'CPO'));
  }
  const other = ourRoles[0] === 'CPO' ? 'EMSP' : 'CPO';
  return registration.roles.map(({ role }) => role ?? other);
}

/**
 * The modules that may be read at a partner: those of its roles whose sender endpoint it names. In 2.1.1 endpoints have no role, and
 * that of the partner says which side they are.
 */
export const readableModules = (
  endpoints: readonly Endpoint[],
  roles: readonly string[],
): readonly (ReadableModule & { readonly url: string })[] =>
  modules
    .filter(({ role }) => roles.includes(role))
    .flatMap((module) => {
      const endpoint = endpoints.find(
        ({ identifier, role }) =>
          identifier === module.identifier && (role === undefined || role === 'SENDER'),
      );
      return endpoint === undefined ? [] : [{ ...module, url: endpoint.url }];
    });
