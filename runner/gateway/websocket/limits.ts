/** The limits of a WebSocket connection in API Gateway; hard limits. */
export const webSocketLimits = {
  frameBytes: 32 * 1024,
  messageBytes: 128 * 1024,
  /** Without a message in either direction; control frames do not count. */
  idleMilliseconds: 10 * 60 * 1000,
  connectionMilliseconds: 2 * 60 * 60 * 1000,
  integrationMilliseconds: 29_000,
} as const;
