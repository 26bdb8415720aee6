import { setTimeout as sleep } from 'node:timers/promises';
import type { StackAccess } from '../../clients/stack-access.ts';
import type { FleetScreen } from './fleet-screen.ts';
import type { FleetPicture } from './fleet-view.ts';
import { lookAtFleet } from './look-at-fleet.ts';
import type { OrderCount } from './order-session.ts';
import { lookAtRoaming } from './roaming/look-at-roaming.ts';
import type { Roaming, RoamingPlace } from './roaming/roaming-place.ts';
import { unlessBusy } from './unless-busy.ts';

/** Where a run is seen, and shown. */
export type Watching = {
  readonly access: StackAccess;
  readonly screen: FleetScreen;
  readonly interrupted: AbortSignal;
};

/** The run that is watched: its sessions since `from` (epoch milliseconds). */
export type Watched = {
  readonly from: number;
  readonly sessions: number;
  readonly orders: OrderCount;
  readonly roaming: Roaming | undefined;
};

/** The sealed CDRs of the last picture, and the verdicts of the roaming driver's operator on those that it got. */
export type Seen = { readonly sealed: number; readonly verdicts: readonly string[] };

// A CDR takes a second or two; when no more come for so long, something is wrong, as the logs show.
const patienceMs = 120_000;

const seenIn = ({ cdrs, roaming }: FleetPicture): Seen => ({
  sealed: cdrs.filter(({ state }) => state === 'sealed').length,
  verdicts: (roaming?.cdrs ?? []).map(({ verdict }) => verdict),
});

/** One picture of the chargers; undefined where a busy machine gives none. */
const look = async (
  { access }: Watching,
  chargerIds: readonly string[],
  { from, orders, roaming: visited }: Watched,
  place: RoamingPlace | undefined,
): Promise<FleetPicture | undefined> => {
  const [seen, roaming] = await Promise.all([
    unlessBusy(lookAtFleet(access, chargerIds, from)),
    visited && place && unlessBusy(lookAtRoaming(visited.emsp, place.evseUid, from)),
  ]);
  return seen && { ...seen, orders, ...(roaming && { roaming }) };
};

/** The value of a promise once it has one. */
const onceKnown = <T>(promise: Promise<T> | undefined): { value?: T } => {
  const known: { value?: T } = {};
  void promise?.then(
    (value) => {
      known.value = value;
    },
    () => undefined,
  );
  return known;
};

/** Says when a run is over: when all that was charged is billed, or nothing more comes. */
const patience = (sessions: number) => {
  let before = '';
  let newsAt = performance.now();
  return (seen: Seen, isSent: boolean, isRoaming: boolean): boolean => {
    const news = JSON.stringify(seen);
    if (news !== before || !isSent) newsAt = performance.now();
    before = news;
    const isBilled = seen.sealed >= sessions && (!isRoaming || seen.verdicts.length > 0);
    return isSent && (isBilled || performance.now() - newsAt > patienceMs);
  };
};

/** Shows one picture a second, until all that was charged is billed or nothing more comes. */
export const watchDemo = async (
  watching: Watching,
  chargerIds: readonly string[],
  watched: Watched,
  charging: Promise<true>,
): Promise<Seen> => {
  const { screen, interrupted } = watching;
  const place = onceKnown(watched.roaming?.place);
  const sent = onceKnown(charging);
  const isOver = patience(watched.sessions);
  for (;;) {
    const picture = await look(watching, chargerIds, watched, place.value);
    if (picture !== undefined) {
      const seen = seenIn(picture);
      const last = isOver(seen, sent.value === true, place.value !== undefined);
      screen.show(picture, last);
      if (last) return seen;
    }
    await sleep(1000, undefined, { signal: interrupted });
  }
};
