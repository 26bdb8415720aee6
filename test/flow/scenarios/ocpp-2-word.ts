/** A command as an operator gives it, the message that it becomes in OCPP 2, an answer of a charger, and the outcome. */
export type Word = {
  readonly command: { readonly type: string; readonly [field: string]: unknown };
  readonly action: string;
  readonly payload: object;
  readonly answer: object;
  readonly outcome: object;
};

/** The outcome of an answer that says yes. */
export const accepted = { state: 'accepted' };

/** The outcome of an answer that says no, with its word. */
export const rejected = (reason: string, word: string) => ({
  state: 'rejected',
  response: { reason, word },
});

/** A variable that every charger of OCPP 2 has. */
export const heartbeat = {
  component: { name: 'OCPPCommCtrlr' },
  variable: { name: 'HeartbeatInterval' },
};
