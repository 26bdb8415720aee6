/** Seconds that a charger has to answer a command. */
export const answerSeconds = 30;

/**
 * Whether the answer to a command that was sent (ISO 8601 in UTC) is overdue at `now` (epoch ms) although its deadline has been: the
 * message with the deadline was lost, or never sent.
 */
export const isAnswerOverdue = (sentAt: string | undefined, now: number): boolean =>
  now - Date.parse(sentAt ?? '') >= 2 * answerSeconds * 1000;
