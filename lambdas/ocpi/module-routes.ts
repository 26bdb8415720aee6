import { ocpiVersions } from '../../core/ocpi/partner/ocpi-versions.ts';
import type { OurRole } from '../../core/ocpi/partner/our-party.ts';
import type { OcpiVersion } from '../../core/ocpi/translators.ts';
import type { OcpiRequest } from './ocpi-request.ts';
import type { ModulePlace } from './place.ts';

/** A request that a module answers: `path` follows its address, with ids in braces. */
export type ModuleRoute = {
  readonly role: OurRole;
  readonly module: ModulePlace['module'];
  readonly method: OcpiRequest['method'];
  readonly path: string;
  readonly versions: readonly OcpiVersion[];
};

const since221: readonly OcpiVersion[] = ['2.3.0', '2.2.1'];

const routesOf =
  (role: OurRole, module: ModuleRoute['module']) =>
  (
    methods: string,
    paths: readonly string[],
    versions: readonly OcpiVersion[] = ocpiVersions,
  ): readonly ModuleRoute[] =>
    paths.flatMap((path) =>
      methods.split(' ').map((method) => ({ role, module, method, path, versions }) as ModuleRoute),
    );

const owned = '{country_code}/{party_id}';

/** Every request that our modules answer. What is not here is not found: a handler is not asked. */
export const moduleRoutes: readonly ModuleRoute[] = [
  ...routesOf('CPO', 'locations')('GET', [
    ...['', '{location_id}', '{location_id}/{evse_uid}'],
    '{location_id}/{evse_uid}/{connector_id}',
  ]),
  ...routesOf('CPO', 'tariffs')('GET', ['']),
  ...routesOf('CPO', 'sessions')('GET', ['']),
  ...routesOf('CPO', 'sessions')('PUT', ['{session_id}/charging_preferences'], since221),
  ...routesOf('CPO', 'cdrs')('GET', ['']),
  ...routesOf('CPO', 'invoicereconciliation')('GET', [''], ['2.3.0']),
  ...routesOf('CPO', 'commands')('POST', [
    ...['START_SESSION', 'STOP_SESSION', 'RESERVE_NOW', 'UNLOCK_CONNECTOR'],
  ]),
  ...routesOf('CPO', 'commands')('POST', ['CANCEL_RESERVATION'], since221),
  ...routesOf('CPO', 'chargingprofiles')('GET PUT DELETE', ['{session_id}'], since221),
  ...routesOf('CPO', 'tokens')('GET PUT PATCH', [`${owned}/{token_uid}`]),
  ...routesOf('EMSP', 'locations')('GET PUT PATCH', [
    ...[`${owned}/{location_id}`, `${owned}/{location_id}/{evse_uid}`],
    `${owned}/{location_id}/{evse_uid}/{connector_id}`,
  ]),
  ...routesOf('EMSP', 'tariffs')('GET PUT DELETE', [`${owned}/{tariff_id}`]),
  ...routesOf('EMSP', 'tariffs')('PATCH', [`${owned}/{tariff_id}`], ['2.1.1']),
  ...routesOf('EMSP', 'sessions')('GET PUT PATCH', [`${owned}/{session_id}`]),
  ...routesOf('EMSP', 'cdrs')('POST', ['']),
  ...routesOf('EMSP', 'cdrs')('GET', ['{cdr}']),
  ...routesOf('EMSP', 'invoicereconciliation')('POST', [''], ['2.3.0']),
  ...routesOf('EMSP', 'invoicereconciliation')(
    'GET PUT DELETE',
    [`${owned}/{record_id}`],
    ['2.3.0'],
  ),
  ...routesOf('EMSP', 'tokens')('GET', ['']),
  ...routesOf('EMSP', 'tokens')('POST', ['{token_uid}/authorize']),
  ...routesOf('EMSP', 'commands')('POST', ['{command_id}']),
  ...routesOf('EMSP', 'chargingprofiles')('PUT', ['{session_id}'], since221),
  ...routesOf('EMSP', 'chargingprofiles')('POST', ['{command_id}'], since221),
];

/** Says whether steps are those of a path; words of OCPI are found in any case. */
const isAt = (path: string, steps: readonly string[]): boolean => {
  const named = path === '' ? [] : path.split('/');
  return (
    named.length === steps.length &&
    named.every(
      (step, at) => step.startsWith('{') || step.toUpperCase() === steps[at]?.toUpperCase(),
    )
  );
};

/** The route of a request; undefined for one that nothing answers. */
export const moduleRouteOf = (
  { role, module, version, rest }: Pick<ModulePlace, 'role' | 'module' | 'version' | 'rest'>,
  method: OcpiRequest['method'],
): ModuleRoute | undefined =>
  moduleRoutes.find(
    (route) =>
      route.role === role &&
      route.module === module &&
      route.method === method &&
      route.versions.includes(version) &&
      isAt(route.path, rest),
  );
