import type { SessionView } from './session-view.ts';

/**
 * The energy in mWh that intervals showed of a session, and until when: before its register had two values that are not all 0, which may
 * be at the stop only. Undefined where they showed none before that.
 */
export const shownBeforeRegister = ({
  line: { points },
  shownIntervals,
}: SessionView): { readonly energy: bigint; readonly until: bigint } | undefined => {
  const read = points.findIndex(({ value }) => value !== 0n);
  const told = read < 0 ? undefined : points[Math.max(read, 1)];
  if (told === undefined) return undefined;
  const shown = shownIntervals.findLast(({ at }) => at <= told.at);
  return shown === undefined || shown.energy === 0n
    ? undefined
    : { energy: shown.energy, until: told.at };
};
