import { readCdrId } from '../../../core/cdr/seal/cdr-id.ts';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import { type Refused, refused } from '../../http/answer.ts';
import { routeKeyOf } from '../../http/route.ts';
import { readCharger } from '../../store/chargers/chargers.ts';
import { placeOfCommand } from '../../store/commands/command-id.ts';
import type { ApiRoute, Caller } from '../api-route.ts';
import type { ApiErrorCode } from '../errors.ts';
import { ownSession } from '../sessions/own-session.ts';

/** The parts of a request, as its route has read them. */
export type RequestParts = {
  readonly path: Readonly<Record<string, string>>;
  readonly query: unknown;
  readonly body: unknown;
};

/** A request that may be done, with its query as it is asked then. */
export type Permitted = { readonly kind: 'permitted'; readonly query: unknown };

type BoundCaller = Caller & { readonly locationIds: readonly string[] };

type Verdict = Promise<Permitted | Refused<ApiErrorCode>>;

/**
 * Permits to a key that is bounded to locations what is at one of them: its chargers with all that belongs to them, its sessions
 * and their CDRs. What is elsewhere is as absent, and a call that is not about one of these is refused.
 */
export async function permitWithinLocations(
  caller: Caller,
  route: ApiRoute,
  parts: RequestParts,
): Verdict {
  const { locationIds } = caller;
  if (locationIds === undefined) return { kind: 'permitted', query: parts.query };
  const bound = { ...caller, locationIds };
  const rule = rules[routeKeyOf(route)] ?? ruleOfPath(route.path);
  return rule === undefined ? refused('KEY_BOUNDED') : await rule(bound, parts);
}

type Rule = (caller: BoundCaller, parts: RequestParts) => Verdict;

const permitted = ({ query }: RequestParts): Permitted => ({ kind: 'permitted', query });

const isWithin = ({ locationIds }: BoundCaller, locationId: string | undefined): boolean =>
  locationId !== undefined && locationIds.includes(locationId);

async function isChargerWithin(caller: BoundCaller, key: string): Promise<boolean> {
  return isWithin(caller, (await readCharger(caller.database, key))?.locationId);
}

async function isSessionWithin(caller: BoundCaller, sessionId: string): Promise<boolean> {
  return isWithin(caller, (await ownSession(caller, sessionId))?.locationId);
}

const ofCharger: Rule = async (caller, parts) => {
  const key = chargerKey(caller.operatorId, parts.path['chargerId'] ?? '');
  return (await isChargerWithin(caller, key)) ? permitted(parts) : refused('CHARGER_NOT_FOUND');
};

/** The first parameter of a path says what a call is about. */
const byParameter: Readonly<Record<string, Rule>> = {
  chargerId: ofCharger,
  sessionId: async (caller, parts) =>
    (await isSessionWithin(caller, parts.path['sessionId'] ?? ''))
      ? permitted(parts)
      : refused('SESSION_NOT_FOUND'),
  cdrId: async (caller, parts) => {
    const named = readCdrId(parts.path['cdrId'] ?? '');
    return named !== undefined && (await isSessionWithin(caller, named.sessionId))
      ? permitted(parts)
      : refused('CDR_NOT_FOUND');
  },
  commandId: async (caller, parts) => {
    const place = placeOfCommand(caller.operatorId, parts.path['commandId'] ?? '');
    return place !== undefined && (await isChargerWithin(caller, place.chargerKey))
      ? permitted(parts)
      : refused('COMMAND_NOT_FOUND');
  },
  locationId: async (caller, parts) =>
    isWithin(caller, parts.path['locationId']) ? permitted(parts) : refused('LOCATION_NOT_FOUND'),
};

const ruleOfPath = (path: string): Rule | undefined =>
  byParameter[/^\/\w+\/\{(\w+)\}/.exec(path)?.[1] ?? ''];

/** Lists by one location: the one that is asked for, or the only one of the key. */
const byLocation: Rule = async (caller, { query }) => {
  const { chargerId, accountId, locationId, ...others } = query as Readonly<
    Record<string, unknown>
  >;
  const [only, ...more] = caller.locationIds;
  const asked = locationId ?? (more.length === 0 ? only : undefined);
  const wrong = Object.entries({ chargerId, accountId }).filter(([, value]) => value !== undefined);
  if (wrong.length === 0 && typeof asked === 'string' && isWithin(caller, asked)) {
    return { kind: 'permitted', query: { ...others, locationId: asked } };
  }
  const message =
    'This API key is bounded to locations: give one of them as locationId, and no other owner.';
  const names = wrong.length === 0 ? ['locationId'] : wrong.map(([name]) => name);
  return refused(
    'INVALID_REQUEST',
    names.map((name) => ({ path: `query.${name}`, message })),
  );
};

/** Takes a charger with one of the locations of the key alone; `unchanged`: one that stays where it is, too. */
const ofLocationInBody =
  (unchanged: Rule | undefined): Rule =>
  async (caller, parts) => {
    const { locationId } = parts.body as { readonly locationId?: string | null };
    const isStaying = unchanged !== undefined && locationId === undefined;
    if (!isStaying && !isWithin(caller, locationId ?? undefined)) {
      return refused('LOCATION_NOT_FOUND');
    }
    return unchanged === undefined ? permitted(parts) : await unchanged(caller, parts);
  };

/** Calls whose path does not say what they are about, and those that could move a charger elsewhere. */
const rules: Readonly<Record<string, Rule>> = {
  'POST /chargers': ofLocationInBody(undefined),
  'PATCH /chargers/{chargerId}': ofLocationInBody(ofCharger),
  'GET /chargers': byLocation,
  'GET /monitoring/uptime': byLocation,
  'GET /sessions': byLocation,
  'GET /sessions/active': byLocation,
  'GET /cdrs': byLocation,
  // It lists those of the key alone.
  'GET /locations': async (_caller, parts) => permitted(parts),
};
