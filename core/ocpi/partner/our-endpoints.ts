import { joinUrl } from '../envelope/join-url.ts';
import type { Endpoint } from '../model/credentials.ts';
import type { OcpiVersion } from '../translators.ts';
import type { OurRole } from './our-party.ts';

/** A module that we serve in one of our roles. */
export type OurModule = {
  readonly role: OurRole;
  readonly module: string;
  /** `SENDER`: the owner of the data is read; `RECEIVER`: it pushes to us. */
  readonly side: 'SENDER' | 'RECEIVER';
  readonly versions: readonly OcpiVersion[];
};

/** The first step of the path of a role's tree: both roles have interfaces of one module whose paths look alike. */
export const treeOf = (role: OurRole): string => role.toLowerCase();

/** The module in which a hub says which of its parties are connected. */
export const clientsModule = 'hubclientinfo';

/** Says whether a version has that module. */
export const hasClients = (version: OcpiVersion): boolean => version !== '2.1.1';

/**
 * The endpoints of a version for a partner, towards which we play these roles: 2.1.1 does not say which interface an
 * endpoint is, so that a connection has one role there, the first.
 */
export const ourEndpoints = (
  modules: readonly OurModule[],
  version: OcpiVersion,
  roles: readonly OurRole[],
  ocpiUrl: string,
): readonly Endpoint[] => {
  const isFirst = version === '2.1.1';
  const played = isFirst ? roles.slice(0, 1) : roles;
  const named = (side: OurModule['side']) => (isFirst ? {} : { role: side });
  return [
    {
      identifier: 'credentials',
      // It has no side; the text advises this one.
      ...named('SENDER'),
      url: joinUrl(ocpiUrl, [version, 'credentials']),
    },
    // For both roles, as that of credentials; whoever is no hub has nothing to say there.
    ...(hasClients(version)
      ? [
          {
            identifier: clientsModule,
            role: 'RECEIVER',
            url: joinUrl(ocpiUrl, [version, clientsModule]),
          },
        ]
      : []),
    ...modules
      .filter((one) => played.includes(one.role) && one.versions.includes(version))
      .map(({ role, module, side }) => ({
        identifier: module,
        ...named(side),
        url: joinUrl(ocpiUrl, [treeOf(role), version, module]),
      })),
  ];
};
