import type { Severity } from '../queues/failure-queue.ts';

/** The kinds of trouble that are announced. */
export type TroubleName =
  | 'service-trouble'
  | 'processing-late'
  | 'drivers-refused'
  | 'fleet-silent'
  | 'charging-fails'
  | 'api-failing'
  | 'messages-unused'
  | 'cdrs-late'
  | 'failures-postponed'
  | 'failures-cdr'
  | 'failures-medium'
  | 'failures-low';

/** A kind of trouble: its alarms have one cause, or one answer, and are announced as one. */
type Trouble = {
  /** That of its section in the runbook. */
  readonly name: TroubleName;
  readonly severity: Severity;
  /** One sentence: what it means that any of its alarms is raised. */
  readonly consequence: string;
  /** The kind that explains it, and stands before it: what is raised while that one is, is announced when that one has ended. */
  readonly after?: TroubleName;
};

/**
 * Two rules: a kind explains others only where it is a fault that somebody ends within the hour, and what may last for days without a fault of
 * the service, as a silent fleet or a canary whose key has expired, is a kind of its own and explains none.
 */
export const troubles: readonly Trouble[] = [
  {
    name: 'service-trouble',
    severity: 'high',
    consequence:
      'Functions, tables, signatures or the gateway refuse what is asked of them: everything else follows from that.',
  },
  {
    name: 'processing-late',
    severity: 'high',
    consequence: 'Streams or queues are processed too late.',
    after: 'service-trouble',
  },
  {
    name: 'drivers-refused',
    severity: 'high',
    consequence: 'Starts of sessions are refused: drivers cannot charge.',
    after: 'service-trouble',
  },
  {
    name: 'fleet-silent',
    severity: 'high',
    consequence: 'Many chargers are offline, and the service itself says nothing of a fault.',
    after: 'service-trouble',
  },
  {
    name: 'charging-fails',
    severity: 'high',
    consequence: 'The canary cannot charge, and the service itself says nothing of a fault.',
    after: 'service-trouble',
  },
  {
    name: 'api-failing',
    severity: 'medium',
    consequence: 'The API answers calls with an error of ours.',
    after: 'service-trouble',
  },
  {
    name: 'messages-unused',
    severity: 'medium',
    consequence: 'Many messages of chargers cannot be used.',
    after: 'service-trouble',
  },
  {
    name: 'cdrs-late',
    severity: 'medium',
    consequence: 'CDRs come late, and no stream or queue does.',
    after: 'processing-late',
  },
  {
    name: 'failures-postponed',
    severity: 'high',
    consequence: 'Messages of chargers were given up: sessions lack them.',
    after: 'service-trouble',
  },
  {
    name: 'failures-cdr',
    severity: 'high',
    consequence: 'Ends of sessions were given up: nobody is billed for these sessions.',
    after: 'service-trouble',
  },
  {
    name: 'failures-medium',
    severity: 'medium',
    consequence: 'Steps gave up on something: the system dashboard shows which, and how many.',
    after: 'service-trouble',
  },
  {
    name: 'failures-low',
    severity: 'low',
    consequence: 'Steps gave up on something: the system dashboard shows which, and how many.',
    after: 'service-trouble',
  },
];

/** The kind that the failures of a step are announced with: severe ones each by itself, since one waits for a new version and may not hide the other. */
export function troubleOfFailures(step: string, severity: Severity): TroubleName {
  if (severity !== 'high') return `failures-${severity}`;
  const [own] = troubles.filter(({ name }) => name === `failures-${step}`);
  if (own === undefined) throw new Error(`The severe failures of ${step} have no kind of trouble`);
  return own.name;
}
