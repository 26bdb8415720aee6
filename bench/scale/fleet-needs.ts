import { chargerProfile as charger } from './charger-profile.ts';
import { limits } from './limits.ts';

/** The use of a fleet at its busiest time; rates are by the second. */
export type FleetNeeds = {
  readonly chargers: number;
  readonly connections: number;
  readonly handshakes: number;
  readonly messages: number;
  readonly sessionStarts: number;
  readonly signatures: number;
  readonly stateWrites: number;
  readonly readingWrites: number;
  readonly reads: number;
  readonly lambdaConcurrency: number;
  readonly statePartitions: number;
  readonly readingPartitions: number;
  /** Chunks of the event log, while somebody reads events: one for each batch of each shard at most. */
  readonly logChunks: number;
  /** Writes of the busiest key: sums by the day of one operator who has all chargers. */
  readonly hottestKey: number;
};

const partitionsOf = (bytes: number, writes: number): number =>
  Math.max(1, Math.ceil(bytes / limits.partitionBytes), Math.ceil(writes / limits.keyWrites));

/** Computes what a fleet of so many chargers needs, all of one operator. */
export function fleetNeeds(chargers: number): FleetNeeds {
  const charging = chargers * charger.chargingAtPeak;
  const sessionStarts = charging / charger.sessionSeconds;
  const handshakes = chargers / charger.connectionSeconds;
  const messages =
    charging / charger.readingSeconds +
    sessionStarts * charger.otherMessages +
    chargers / charger.heartbeatSeconds +
    handshakes * charger.messagesPerConnection;
  const readingWrites = sessionStarts * charger.readingUnitsPerSession;
  const stateWrites =
    sessionStarts * (charger.writeUnitsPerSession - charger.readingUnitsPerSession) +
    handshakes * charger.writeUnitsPerConnection +
    chargers / charger.heartbeatNoteSeconds;
  const sessionsOf = (days: number): number => chargers * charger.sessionsPerDay * days;
  const readingBytes = sessionsOf(charger.readingDays) * charger.readingBytesPerSession;
  const stateBytes = sessionsOf(charger.stateDays) * charger.stateBytesPerSession;
  const statePartitions = partitionsOf(stateBytes, stateWrites);
  const readingPartitions = partitionsOf(readingBytes, readingWrites);
  const answering = messages * charger.messageSeconds + handshakes * 2 * charger.handshakeSeconds;
  return {
    chargers,
    connections: chargers,
    handshakes,
    messages,
    sessionStarts,
    // Each session that begins ends as well, and is signed once.
    signatures: sessionStarts,
    stateWrites,
    readingWrites,
    reads: sessionStarts * charger.readUnitsPerSession,
    lambdaConcurrency:
      answering +
      streaming(statePartitions, stateWrites) +
      streaming(readingPartitions, readingWrites),
    statePartitions,
    readingPartitions,
    logChunks: Math.min(
      statePartitions / charger.batchWindowSeconds,
      sessionStarts * charger.eventsPerSession + charging / charger.updateSeconds,
    ),
    hottestKey: sessionStarts,
  };
}

/** Instances that read a stream: a shard has one for each reader at a time, and none while nothing was written to it. */
function streaming(shards: number, writes: number): number {
  const busy = Math.min(shards, writes * charger.batchWindowSeconds);
  const share = charger.batchSeconds / (charger.batchWindowSeconds + charger.batchSeconds);
  return busy * share * charger.readersOfStream;
}
