/** A sentence about each group of calls, by the first step of their paths. */
export const tags: Readonly<Record<string, string>> = {
  chargers: 'Chargers, their secrets, settings, messages and meter keys, and the commands to them.',
  settings: 'What holds for all chargers and sessions of an operator.',
  commands: 'Commands that were sent to chargers, and their outcomes.',
  locations: 'Sites with chargers.',
  tokens: 'Tokens that start sessions: RFID cards and the like.',
  tariffs: 'Tariffs in their versions, and what a session would cost.',
  'promo-codes': 'Promo codes and their uses.',
  analytics: 'Sums of sessions, energy and revenue.',
  sessions: 'Sessions while they run and after, with their readings.',
  cdrs: 'Sealed charge detail records, their evidence, and decisions about those that are held.',
  events: 'The event log of the last 7 days.',
  webhooks: 'Webhooks, their deliveries and replays.',
  'api-keys': 'API keys and their scopes.',
  gateway: 'Sessions that third parties push.',
  general: 'Calls that need no key.',
};
