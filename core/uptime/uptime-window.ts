import { instant } from '../units/instant.ts';
import type { Span } from './span.ts';
import type { UptimeDefinition } from './uptime-definition.ts';

/** The window of a definition for a month (`YYYY-MM`), in UTC. It may end in the future. */
export function uptimeWindow({ window }: UptimeDefinition, month: string): Span {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const start = (y: number, m: number) => instant(BigInt(Date.UTC(y, m, 1)));
  const to = start(year, number);
  switch (window) {
    case 'month':
      return { from: start(year, number - 1), to };
    case 'calendar-year':
      return { from: start(year, 0), to };
    case 'twelve-months':
      return { from: start(year - 1, number), to };
    default:
      return window satisfies never;
  }
}
