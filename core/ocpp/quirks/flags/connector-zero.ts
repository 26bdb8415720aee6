import type { Flag } from '../quirk.ts';

/** Meter values come for connector 0, the main meter, although a connector may have measured them. */
export const connectorZero = {
  kind: 'flags',
  name: 'connector-zero',
  applies: ({ connectorId }) => connectorId === 0,
} as const satisfies Flag;
