/** Sentences about parameters of paths and queries, by name, where their routes have none. */
export const parameters: Readonly<Record<string, string>> = {
  action: 'Only messages of this action of OCPP, as in `StatusNotification`.',
  code: 'The name of the promo code.',
  from: 'Only what happened from this time on.',
  late: '`false` leaves out readings that arrived too late for the CDR.',
  requestId: 'The number by which the charger was asked for the report.',
  state: 'Only those in this state.',
  token: 'The last part of the link.',
  to: 'Only what happened before this time.',
  wait: 'Seconds to wait for the outcome.',
};
