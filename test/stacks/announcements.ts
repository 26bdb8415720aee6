import { deployment, unnamed } from './states-of-conditions.ts';

/** A metric alarm that is raised from one minute to another, or for good. */
export type Raised = { readonly name: string; readonly from: number; readonly to?: number };

/** A message to whoever is on call: an alarm that began, at a minute. */
type Announcement = { readonly name: string; readonly at: number };

const ofType = (type: string) =>
  deployment.resources.filter((one) => one.type === `AWS::CloudWatch::${type}`);

/** The alarms of the template that watch metrics, by name without the stage. */
export const metricAlarms: readonly string[] = ofType('Alarm').map(({ ref }) => unnamed(ref));

type Composite = {
  readonly name: string;
  readonly over: readonly string[];
  readonly after: string | undefined;
  /** Minutes that its suppressor may come later, and that it may be gone for. */
  readonly wait: number;
  readonly extension: number;
};

/** The alarms over others, with what is in their rules, as the template has them. */
export const composites: readonly Composite[] = ofType('CompositeAlarm').map(
  ({ ref, properties }) => {
    const { ActionsSuppressor: suppressor } = properties;
    const minutes = (name: string) => Number(properties[name] ?? 0) / 60;
    return {
      name: unnamed(ref),
      over: [...String(properties['AlarmRule']).matchAll(/ALARM\("([^"]+)"\)/g)].map(
        ([, arn = '']) => unnamed(arn),
      ),
      after: suppressor === undefined ? undefined : unnamed(String(suppressor)),
      wait: minutes('ActionsSuppressorWaitPeriod'),
      extension: minutes('ActionsSuppressorExtensionPeriod'),
    };
  },
);

/** Alarms that watch metrics and are announced by themselves. */
export const announcedAlone: readonly string[] = ofType('Alarm')
  .filter(({ properties }) => properties['AlarmActions'] !== undefined)
  .map(({ ref }) => unnamed(ref));

/**
 * The announcements of CloudWatch, minute by minute, while metric alarms come and go: an alarm over others is announced when it begins, unless
 * its suppressor is raised then or within its waiting time; and when its suppressor has been gone for the extension, if it is still raised.
 */
export function announcements(raised: readonly Raised[], until: number): readonly Announcement[] {
  const isRaised = (name: string, at: number): boolean =>
    at >= 0 && raised.some((one) => one.name === name && one.from <= at && at < (one.to ?? until));
  const minutes = Array.from({ length: until }, (_, at) => at);
  const alone = announcedAlone.flatMap((name) =>
    minutes
      .filter((at) => isRaised(name, at) && !isRaised(name, at - 1))
      .map((at) => ({ name, at })),
  );
  const together = composites.flatMap((composite) => {
    const states = (of: Composite | undefined) =>
      minutes.map((at) => of?.over.some((name) => isRaised(name, at)) ?? false);
    const suppressor = composites.find(({ name }) => name === composite.after);
    return timesOf(composite, states(composite), states(suppressor)).map((at) => ({
      ...{ name: composite.name, at },
    }));
  });
  return [...alone, ...together].toSorted((a, b) => a.at - b.at);
}

/** The minutes at which an alarm over others is announced, by its states and those of its suppressor. */
function timesOf(
  { wait, extension }: Composite,
  states: readonly boolean[],
  held: readonly boolean[],
): readonly number[] {
  const times: number[] = [];
  /** When it is to be announced; undefined once it was, and while it is not raised. */
  let due: number | undefined;
  let heldUntil = Number.NEGATIVE_INFINITY;
  for (const [at, state] of states.entries()) {
    if (held[at]) heldUntil = at + 1 + extension;
    if (!state) due = undefined;
    else if (!states[at - 1]) due = at + wait;
    if (due === undefined || held[at] || at < Math.max(due, heldUntil)) continue;
    times.push(at);
    due = undefined;
  }
  return times;
}
