import { hash } from 'node:crypto';
import type { CountedMessages } from '../../../core/cdr/evidence.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import type { CountedReadings } from '../sessions/closed-running-view.ts';
import type { MessageRecord } from './readings.ts';

/** Marks of the readings that a sealed CDR is based on take this many characters each: two in 10^10 are alike. */
const markLength = 6;

/** A session with more messages than this shows only by time what its sealed CDR is based on: an item holds 400 KB. */
const mostMarks = 3_000;

type Marked = Pick<MessageRecord, 'sessionId' | 'connectorId' | 'key'>;

const markOf = ({ sessionId, connectorId, key }: Marked): string =>
  hash('sha256', `${sessionId ?? connectorId}\n${key}`, 'base64url').slice(0, markLength);

/** Marks that identify known readings, as short text; undefined when there are too many. */
export const marksOf = (readings: readonly Marked[]): string | undefined =>
  readings.length > mostMarks ? undefined : readings.map(markOf).join('');

/** Tells which readings are among those that were marked. */
export function isMarkedBy(text: string): (reading: Marked) => boolean {
  const marks = new Set<string>();
  for (let at = 0; at < text.length; at += markLength) {
    marks.add(text.slice(at, at + markLength));
  }
  return (reading) => marks.has(markOf(reading));
}

/** The messages that a CDR counted, from what is stored of them. */
export const countedBy = ({ marks, until }: CountedReadings): CountedMessages<MessageRecord> =>
  omitUndefined({ isCounted: marks === undefined ? undefined : isMarkedBy(marks), until });
