/** The data that an erasure leaves, each with the reason. But for backups, failures and customer information, none says who the person is. */
export const keptData = [
  {
    data: 'cdrs',
    reason:
      'Sealed CDRs name the token and the account by their ids. They are what was billed, which tax and weights-and-measures law have kept; a changed one would break its seal and its chain.',
  },
  {
    data: 'sessions',
    reason: 'They name the ids that their CDRs name, and are what a CDR is found and corrected by.',
  },
  { data: 'sums', reason: 'Sums of a day or month are kept by account, by its id.' },
  {
    data: 'roaming-cdrs',
    reason:
      'CDRs and sessions of roaming partners name the token, the contract and the account by their ids; they are the evidence of what partners invoice.',
  },
  {
    data: 'partner-tokens',
    reason:
      'A token that partners were given stays as not valid, so that whoever asks again hears it.',
  },
  {
    data: 'readings',
    reason:
      'Messages of chargers are the evidence of sealed CDRs, and name the token where the charger did; they end with readingRetentionDays, customer information after 30 days.',
  },
  {
    data: 'chargers',
    reason:
      'Chargers may know the token: caches, local lists and customer information are cleared by commands, and one that is offline may let it charge.',
  },
  {
    data: 'charger-logs',
    reason: 'Logs that chargers uploaded end with chargerLogRetentionDays.',
  },
  {
    data: 'payments',
    reason: 'Bills and references of payments belong to the accounts that law has kept.',
  },
  {
    data: 'receipts',
    reason: 'Links to receipts show the CDR alone; DELETE /cdrs/{cdrId}/receipt ends one.',
  },
  {
    data: 'promo-codes',
    reason: 'Uses of a promo code are counted by token or account, until the code is deleted.',
  },
  {
    data: 'commands',
    reason: 'Commands that named the token are gone 90 days after they were made.',
  },
  {
    data: 'events',
    reason: 'Events are gone after 7 days, and a delivery 7 days after its last attempt.',
  },
  {
    data: 'failures',
    reason:
      'A record that could not be processed, and may hold the account or token, is gone after 14 days at the latest.',
  },
  { data: 'logs', reason: 'They mask tokens, and end with logRetentionDays.' },
  {
    data: 'backups',
    reason:
      'Point-in-time recovery holds the state of the last 35 days, with names and addresses, and monthly backups as long as backupMonths says; erase again after a recovery from either.',
  },
  {
    data: 'recipients',
    reason:
      'Whatever partners and webhooks were sent is theirs: tell them. Partners that took a token hear that it is not valid.',
  },
] as const;
