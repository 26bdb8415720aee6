/** Messages of OCPP 2.0.1 and 2.1 that a charger is sent with the fields that the message has, by the name of the message. */
export const verbatimTypes = [
  'clear-display-message',
  'clear-variable-monitoring',
  'cost-updated',
  'customer-information',
  'get-base-report',
  'get-charging-profiles',
  'get-display-messages',
  'get-monitoring-report',
  'get-report',
  'get-transaction-status',
  'get-variables',
  'publish-firmware',
  'set-display-message',
  'set-monitoring-base',
  'set-monitoring-level',
  'set-network-profile',
  'set-variable-monitoring',
  'set-variables',
  'unpublish-firmware',
] as const;

/** Those that only OCPP 2.1 has. */
export const verbatimTypesOf21 = [
  'adjust-periodic-event-stream',
  'afrr-signal',
  'change-transaction-tariff',
  'clear-der-control',
  'clear-tariffs',
  'get-der-control',
  'get-periodic-event-stream',
  'get-tariffs',
  'notify-allowed-energy-transfer',
  'notify-web-payment-started',
  'request-battery-swap',
  'set-default-tariff',
  'set-der-control',
  'update-dynamic-schedule',
  'use-priority-charging',
] as const;

/** The name of such a message. */
export type VerbatimType = (typeof verbatimTypes)[number] | (typeof verbatimTypesOf21)[number];
