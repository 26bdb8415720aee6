import { evidenceBytes } from '../../runtime/evidence-bytes.ts';

/** The share of a connection: so many sessions with as many messages as one of them may have. */
const sessionsPerConnection = 4;

const mostRemembered = 10_000;

/** Bytes of messages that this process stored, by session and by connection. */
const stored = new Map<string, number>();

/** Where messages belong, as far as it is counted. */
export type Owner = { readonly connectionId: string; readonly sessionId?: string };

const limitsOf = ({ connectionId, sessionId }: Owner) => [
  ...(sessionId === undefined ? [] : [{ key: sessionId, most: evidenceBytes() }]),
  { key: connectionId, most: sessionsPerConnection * evidenceBytes() },
];

/**
 * Counts bytes that are to be stored; `full` when there are too many of them already. It costs no request, and holds for each
 * process alone: a charger that waits for its answers, as it must, nearly always talks to the same one.
 */
export function reserveBytes(owner: Owner, bytes: number, factor: number): 'free' | 'full' {
  const limits = limitsOf(owner);
  if (limits.some(({ key, most }) => (stored.get(key) ?? 0) + bytes > most * factor)) return 'full';
  if (stored.size >= mostRemembered) stored.clear();
  for (const { key } of limits) stored.set(key, (stored.get(key) ?? 0) + bytes);
  return 'free';
}

/** Gives back bytes that did not have to be stored. */
export function releaseBytes(owner: Owner, bytes: number): void {
  for (const { key } of limitsOf(owner)) {
    stored.set(key, Math.max(0, (stored.get(key) ?? 0) - bytes));
  }
}

/** Gives back all bytes of a transaction's id: those that come are of another session. */
export function releaseAll(sessionId: string): void {
  stored.delete(sessionId);
}
