import type { OcppEvent } from '../event.ts';

/** Reads OpenPeriodicEventStreamRequest of OCPP 2.1: the values of a monitor are going to be streamed, as whoever set it asked. */
export const toStreamOpened = (_wire: unknown, raw: string): readonly OcppEvent[] => [
  { kind: 'streamOpened', raw },
];
