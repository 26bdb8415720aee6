// Stands for the payment system. Its ids derive from the bill and how often it was paid: nothing is taken twice, whatever is repeated, and a bill that
// comes to the same sum again, as by a correction that was corrected, is another payment all the same.
export const paymentSystem = {
  take: ({ sessionId, payments }, amount) => ({
    reference: `${sessionId}:${payments.length + 1}:take`,
    kind: 'captured',
    amount,
  }),
  giveBack: ({ sessionId, payments }, amount) => ({
    reference: `${sessionId}:${payments.length + 1}:give-back`,
    kind: 'refunded',
    amount,
  }),
};
