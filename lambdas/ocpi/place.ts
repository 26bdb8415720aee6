import { deploymentHubTree } from '../../core/ocpi/hub/deployment-hub.ts';
import { isOcpiVersion } from '../../core/ocpi/partner/ocpi-versions.ts';
import { clientsModule, hasClients, treeOf } from '../../core/ocpi/partner/our-endpoints.ts';
import type { OurRole } from '../../core/ocpi/partner/our-party.ts';
import type { OcpiVersion } from '../../core/ocpi/translators.ts';
import { servedModules } from '../roaming/served-modules.ts';

/** A module in the tree of one of our roles, and what follows it in the path. */
export type ModulePlace = {
  readonly kind: 'module';
  readonly version: OcpiVersion;
  readonly role: OurRole;
  readonly module: (typeof servedModules)[number]['module'];
  readonly rest: readonly string[];
};

/** The statements of a hub about the parties behind it: a module of configuration, which no role has for itself. */
export type ClientsPlace = {
  readonly kind: 'clients';
  readonly version: OcpiVersion;
  readonly rest: readonly string[];
};

/** A module of an operator of this deployment, for another one of it. */
export type HubPlace = { readonly kind: 'hub'; readonly at: ModulePlace };

/** The place that a path of our OCPI names. */
export type Place =
  | { readonly kind: 'versions' }
  | { readonly kind: 'details'; readonly version: OcpiVersion }
  | { readonly kind: 'credentials'; readonly version: OcpiVersion }
  | ClientsPlace
  | HubPlace
  | ModulePlace;

const includesVersion = (versions: readonly OcpiVersion[], version: OcpiVersion): boolean =>
  versions.includes(version);

function moduleOf([tree, version, module, ...rest]: readonly string[]): ModulePlace | undefined {
  if (!isOcpiVersion(version)) return undefined;
  const served = servedModules.find(
    (one) =>
      treeOf(one.role) === tree && one.module === module && includesVersion(one.versions, version),
  );
  return served && { kind: 'module', version, role: served.role, module: served.module, rest };
}

/** Finds the place that a path names; undefined for none of ours. */
export function placeOfPath(steps: readonly string[]): Place | undefined {
  const [first, second] = steps;
  if (steps.length === 1 && first === 'versions') return { kind: 'versions' };
  if (steps.length === 1 && isOcpiVersion(first)) return { kind: 'details', version: first };
  if (steps.length === 2 && isOcpiVersion(first) && second === 'credentials') {
    return { kind: 'credentials', version: first };
  }
  if (isOcpiVersion(first) && hasClients(first) && second === clientsModule) {
    return { kind: 'clients', version: first, rest: steps.slice(2) };
  }
  if (first !== deploymentHubTree) return moduleOf(steps);
  const at = moduleOf(steps.slice(1));
  return at && { kind: 'hub', at };
}
