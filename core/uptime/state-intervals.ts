import { earlierOf, type Instant, laterOf } from '../units/instant.ts';
import { type ReportedState, reportedStates } from './reported-state.ts';
import type { Span } from './span.ts';

/** The state of a connector in an interval: what was reported last, unless its charger could not be heard. */
export type UptimeState = ReportedState | 'offline';

/** That a connector, or its charger as a whole, was in a state from an instant on. */
export type UptimePoint = { readonly at: Instant; readonly state: ReportedState };

/** All that is known of a connector's past, each part in any order. */
export type History = {
  readonly connector: readonly UptimePoint[];
  /** Of the charger as a whole: connector 0 of OCPP 1.6. */
  readonly charger: readonly UptimePoint[];
  /** When the charger could not be heard. */
  readonly offline: readonly Span[];
  /** Times that are to be told apart, such as scheduled maintenance. */
  readonly aside: readonly Span[];
};

/** A time in which a connector was in one state, and whether the definition sets it aside (`isAside`), as hours in which the location is closed. */
export type StateInterval = Span & { readonly state: UptimeState; readonly isAside: boolean };

type Change = { readonly at: Instant; readonly rank: number; readonly apply: (now: Now) => void };

/** The state that holds while the changes are gone through. */
type Now = {
  connector: ReportedState | undefined;
  charger: ReportedState;
  offline: number;
  aside: number;
};

/** At one instant, the state of highest rank counts: the result is the same in whatever order points are stored. */
const pointChanges = (
  points: readonly UptimePoint[],
  set: (now: Now, state: ReportedState) => void,
): readonly Change[] =>
  points.map(({ at, state }) => ({
    at,
    rank: reportedStates.indexOf(state),
    apply: (now) => {
      set(now, state);
    },
  }));

const spanChanges = (spans: readonly Span[], name: 'offline' | 'aside'): readonly Change[] =>
  spans
    .filter(({ from, to }) => from < to)
    .flatMap(({ from, to }) => [
      {
        at: from,
        rank: 0,
        apply: (now: Now) => {
          now[name] += 1;
        },
      },
      {
        at: to,
        rank: 0,
        apply: (now: Now) => {
          now[name] -= 1;
        },
      },
    ]);

function changesOf({ connector, charger, offline, aside }: History): readonly Change[] {
  return [
    ...pointChanges(connector, (now, state) => {
      now.connector = state;
    }),
    ...pointChanges(charger, (now, state) => {
      now.charger = state;
    }),
    ...spanChanges(offline, 'offline'),
    ...spanChanges(aside, 'aside'),
  ].toSorted((a, b) => Number(a.at - b.at) || a.rank - b.rank);
}

function stateIn({ connector, charger, offline }: Now): UptimeState | undefined {
  if (connector === undefined) return undefined;
  if (offline > 0) return 'offline';
  return charger === 'up' ? connector : charger;
}

/**
 * The intervals of a window during which a connector was in one state, in their order. What was before its first report is none: nobody
 * knows whether it was there.
 */
export function stateIntervals(history: History, { from, to }: Span): readonly StateInterval[] {
  const now: Now = { connector: undefined, charger: 'up', offline: 0, aside: 0 };
  const intervals: StateInterval[] = [];
  let since = from;
  const close = (until: Instant): void => {
    const state = stateIn(now);
    const end = earlierOf(until, to);
    if (state !== undefined && since < end) {
      intervals.push({ from: since, to: end, state, isAside: now.aside > 0 });
    }
    since = laterOf(since, end);
  };
  for (const change of changesOf(history)) {
    close(change.at);
    change.apply(now);
  }
  close(to);
  return intervals;
}
