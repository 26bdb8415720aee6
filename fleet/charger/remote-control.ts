/** The commands by which an operator starts and stops sessions, in all versions of OCPP: a simulated charger accepts each of them. */
export const remoteControl = [
  'RemoteStartTransaction',
  'RemoteStopTransaction',
  'RequestStartTransaction',
  'RequestStopTransaction',
] as const;
