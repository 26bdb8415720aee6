/** The kind of a call of the API, as far as its cost goes. */
export type CallKind = 'read' | 'create' | 'change' | 'act' | 'delete';

/** The most that a call may take: requests of DynamoDB and their capacity units. */
type CallBudget = { readonly requests: number; readonly units: number };

/** The budgets of calls about one of everything. */
const callBudgets: Readonly<Record<CallKind, CallBudget>> = {
  read: { requests: 12, units: 8 },
  create: { requests: 8, units: 16 },
  change: { requests: 8, units: 8 },
  act: { requests: 14, units: 18 },
  delete: { requests: 6, units: 20 },
};

/** Calls that take more than their kind, each for a reason. */
const callExceptions: Readonly<Record<string, CallBudget>> = {
  // One charger's reports by connector, its absences, its exclusions.
  'GET /monitoring/uptime': { requests: 16, units: 16 },
  // The CDRs of a month, and that each of them is on no other invoice.
  'POST /partners/{partnerId}/invoices': { requests: 16, units: 40 },
};

/** The budget of a call of a kind. */
export const callBudget = (call: string, kind: CallKind): CallBudget =>
  callExceptions[call] ?? callBudgets[kind];
