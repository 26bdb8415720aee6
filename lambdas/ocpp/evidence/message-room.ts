import { chargerMessageBytes } from '../../runtime/evidence-bytes.ts';

/** The room that a charger has taken on a day. */
type Taken = { readonly day: string; readonly bytes: number; readonly isFull: boolean };

const mostRemembered = 10_000;

/** The room that this process has given, by charger. */
const taken = new Map<string, Taken>();

/** Room for a message that only informs: `last` for the one that fills its charger's day. */
export type MessageRoom = 'free' | 'last' | 'full';

/**
 * Takes room for a message of a charger on a day (ISO 8601). It costs no request, and holds for each process alone: a charger
 * that waits for its answers, as it must, nearly always talks to the same one.
 */
export function takeMessageRoom(chargerKey: string, day: string, bytes: number): MessageRoom {
  const known = taken.get(chargerKey);
  const before = known?.day === day ? known : { day, bytes: 0, isFull: false };
  if (before.isFull) return 'full';
  if (taken.size >= mostRemembered) taken.clear();
  const isFull = before.bytes + bytes > chargerMessageBytes();
  taken.set(chargerKey, { day, bytes: before.bytes + bytes, isFull });
  return isFull ? 'last' : 'free';
}

/** Gives back the room of a message that was not stored. */
export function returnMessageRoom(chargerKey: string, day: string, bytes: number): void {
  const known = taken.get(chargerKey);
  if (known?.day !== day) return;
  taken.set(chargerKey, { day, bytes: Math.max(0, known.bytes - bytes), isFull: false });
}
