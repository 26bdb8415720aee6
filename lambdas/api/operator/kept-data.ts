/** The data that an erasure leaves, each with the reason. None of them says who the person is. */
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
  {
    data: 'readings',
    reason:
      'Messages of chargers are the evidence of sealed CDRs, and name the token where the charger did; they end with readingRetentionDays.',
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
  { data: 'events', reason: 'Events and their deliveries are gone after 7 days.' },
  { data: 'logs', reason: 'They mask tokens, and end with logRetentionDays.' },
  {
    data: 'backups',
    reason:
      'Point-in-time recovery holds the state of the last 35 days, and a backup plan what it says; erase again after a recovery.',
  },
  {
    data: 'recipients',
    reason:
      'Whatever partners and webhooks were sent is theirs: tell them. Partners that took a token hear that it is not valid.',
  },
] as const;
