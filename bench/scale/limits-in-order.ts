import { type FleetNeeds, fleetNeeds } from './fleet-needs.ts';
import { limits, ourThrottles } from './limits.ts';

/** A limit, and the largest fleet that stays within it. */
export type Limit = {
  readonly what: string;
  readonly limit: number;
  readonly chargers: number;
  readonly remedy: string;
};

type Bound = Omit<Limit, 'chargers'> & { readonly need: (needs: FleetNeeds) => number };

const bounds: readonly Bound[] = [
  {
    what: 'messages of chargers a second, as this stack throttles them',
    limit: ourThrottles.messages,
    need: ({ messages }) => messages,
    remedy:
      'have the quota of API Gateway raised (L-8A5B8E43), then set `chargerMessagesPerSecond`',
  },
  {
    what: 'requests of all APIs a second (quota)',
    limit: limits.apiRequests,
    need: ({ messages, handshakes }) => messages + handshakes,
    remedy: 'have it raised (L-8A5B8E43)',
  },
  {
    what: 'handshakes of chargers a second, as this stack throttles them',
    limit: ourThrottles.handshakes,
    need: ({ handshakes }) => handshakes,
    remedy:
      'have the quota of new connections raised (L-9ED1E49A); the throttle is the setting `chargerHandshakesPerSecond`',
  },
  {
    what: 'new connections a second (quota)',
    limit: limits.newConnections,
    need: ({ handshakes }) => handshakes,
    remedy: 'have it raised (L-9ED1E49A)',
  },
  {
    what: 'instances of Lambda at once (quota)',
    limit: limits.lambdaConcurrency,
    need: ({ lambdaConcurrency }) => lambdaConcurrency,
    remedy:
      'have it raised (L-B99A9384), and reserve some for chargers (`messageConcurrency`, `handshakeConcurrency`)',
  },
  {
    what: 'write units of the table of state a second (quota)',
    limit: limits.tableUnits,
    need: ({ stateWrites }) => stateWrites,
    remedy: 'have it raised',
  },
  {
    what: 'write units of the table of readings a second (quota)',
    limit: limits.tableUnits,
    need: ({ readingWrites }) => readingWrites,
    remedy: 'have it raised',
  },
  {
    what: 'signatures of KMS a second (quota)',
    limit: limits.signatures,
    need: ({ signatures }) => signatures,
    remedy: 'have it raised; what is throttled is signed a little later',
  },
  {
    what: 'chunks of one event log a second, while somebody reads the events of an operator',
    limit: limits.logChunks,
    need: ({ logChunks }) => logChunks,
    remedy:
      'events come later, and none is lost; split the fleet into several operators, who have logs of their own',
  },
  {
    what: 'write units of one key a second: sums of one operator by the day',
    limit: limits.keyWrites,
    need: ({ hottestKey }) => hottestKey,
    remedy: 'split the fleet into several operators',
  },
];

/** The largest fleet for which a need stays within a limit; needs grow with the fleet. */
function largestFleet({ need, limit }: Bound): number {
  let [fits, exceeds] = [0, 1];
  while (need(fleetNeeds(exceeds)) <= limit) [fits, exceeds] = [exceeds, exceeds * 2];
  while (exceeds - fits > 1) {
    const middle = Math.floor((fits + exceeds) / 2);
    if (need(fleetNeeds(middle)) <= limit) fits = middle;
    else exceeds = middle;
  }
  return fits;
}

/** All limits, in the order in which a growing fleet comes to them. */
export const limitsInOrder = (): readonly Limit[] =>
  bounds
    .map((bound) => ({
      what: bound.what,
      limit: bound.limit,
      remedy: bound.remedy,
      chargers: largestFleet(bound),
    }))
    .toSorted((one, other) => one.chargers - other.chargers);
