/** How a charger of the model is used, and what one of its sessions uses: `npm run bench -- --only cost` counts the latter. */
export const chargerProfile = {
  sessionsPerDay: 4,
  sessionSeconds: 45 * 60,
  /** Share of all chargers that charge at the busiest time: twice the average. */
  chargingAtPeak: 0.25,
  /** Readings are sent once a minute. */
  readingSeconds: 60,
  /** Messages of a session besides its readings: authorization, start, stop and states. */
  otherMessages: 6,
  heartbeatSeconds: 540,
  /** API Gateway ends a connection after two hours. */
  connectionSeconds: 2 * 60 * 60,
  /** Messages after a handshake: boot and states. */
  messagesPerConnection: 2,
  writeUnitsPerSession: 105,
  readUnitsPerSession: 33,
  /** Write units of them in the table of readings: one for each reading, and for start, stop and states. */
  readingUnitsPerSession: 49,
  writeUnitsPerConnection: 4,
  /** A heartbeat is noted once in a quarter of an hour. */
  heartbeatNoteSeconds: 900,
  /** Bytes that a session leaves in the table of readings, kept for 400 days. */
  readingBytesPerSession: 16_000,
  readingDays: 400,
  /** Bytes that a session leaves in the table of state with its CDR and its entries in indexes, kept for ever: the model looks at three years. */
  stateBytesPerSession: 5_100,
  stateDays: 3 * 365,
  /** Seconds that a function takes for a message, and for each of the two of a handshake. */
  messageSeconds: 0.026,
  handshakeSeconds: 0.03,
  /** Seconds that a function of a stream takes for a batch of a shard, and the shortest time between two of them. */
  batchSeconds: 0.2,
  batchWindowSeconds: 1,
  /** Events of a session besides its updates, and how often an update of one that runs is logged while somebody reads events. */
  eventsPerSession: 10,
  updateSeconds: 65,
  /** Functions that read the stream of a table. */
  readersOfStream: 2,
} as const;
