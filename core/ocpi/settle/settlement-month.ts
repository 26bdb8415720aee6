/** The month in which a CDR is settled, as in `2026-03`: that in which its session ended, by UTC, whenever the CDR came. `endedAt` is ISO 8601 in UTC. */
export const settlementMonth = (endedAt: string): string => endedAt.slice(0, 7);
