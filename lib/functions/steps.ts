/** A step of the flow: the name of its folder in `lambdas/`. */
export type StepName = keyof typeof steps | keyof typeof optionalSteps;

/** A step, and the bounds of one run of it: memory in MB, timeout in seconds. */
export type StepBounds = {
  readonly description: string;
  readonly memorySize: number;
  readonly seconds: number;
};

/** Every function that runs, in the order of the flow. API Gateway waits 29 seconds at most for those it calls. */
export const steps = {
  authorizer: {
    description: 'Checks who connects and hands its verdict on',
    memorySize: 512,
    seconds: 10,
  },
  connect: {
    description: 'Answers the handshake of a charger and takes over its connection',
    memorySize: 512,
    seconds: 10,
  },
  ocpp: {
    description: 'Answers every OCPP message of a charger',
    memorySize: 512,
    seconds: 15,
  },
  postponed: {
    description: 'Processes messages that could not be processed when they came',
    memorySize: 512,
    seconds: 30,
  },
  commands: {
    description: 'Sends commands to chargers, and ends those that are not answered',
    memorySize: 256,
    seconds: 20,
  },
  disconnect: {
    description: 'Notes that a connection of a charger has ended',
    memorySize: 256,
    seconds: 10,
  },
  status: {
    description:
      'Keeps the latest status of every connector, and watches for stops that are missing',
    memorySize: 256,
    seconds: 60,
  },
  tariff: {
    description: 'Folds readings into running energy and running cost',
    memorySize: 256,
    seconds: 60,
  },
  cdr: {
    description: 'Measures, prices and seals the CDR of an ended session',
    memorySize: 512,
    seconds: 120,
  },
  sweep: {
    description:
      'Ends sessions that never stopped, has missing CDRs made, and begins pulls from partners',
    memorySize: 256,
    seconds: 300,
  },
  corrections: {
    description: 'Looks again at sessions whose readings came too late or whose stop is missing',
    memorySize: 512,
    seconds: 120,
  },
  events: {
    description: 'Logs what changed for those who read events or are sent them',
    memorySize: 256,
    seconds: 60,
  },
  webhooks: {
    description: 'Delivers events to webhooks, and what changed to roaming partners',
    memorySize: 512,
    // An attempt takes 15 at most.
    seconds: 30,
  },
  'feed-authorizer': {
    description: 'Checks the API key of whoever connects to the live feed',
    memorySize: 256,
    seconds: 10,
  },
  feed: {
    description: 'Answers readers of the live feed, and keeps what they subscribe to',
    memorySize: 256,
    seconds: 20,
  },
  api: {
    description: 'Answers operators and integrators',
    memorySize: 512,
    seconds: 25,
  },
  push: {
    description: 'Takes sessions that third parties push',
    memorySize: 512,
    seconds: 25,
  },
  files: {
    description: 'Takes the logs that chargers upload, and gives them their firmware',
    // A file of 4.5 MB comes in base64, and is held twice.
    memorySize: 512,
    seconds: 25,
  },
  partners: {
    description: 'Shows roaming partners what changed',
    memorySize: 512,
    seconds: 60,
  },
  ocpi: {
    description: 'Answers roaming partners',
    memorySize: 512,
    // A handshake reads the partner's versions and endpoints before it answers.
    seconds: 28,
  },
  widgets: {
    description: 'Draws the widgets of dashboards that show chargers, CDRs and failures',
    memorySize: 512,
    seconds: 25,
  },
  actions: {
    description:
      'Does what the buttons of dashboards ask for: decisions about held CDRs, failures sent again',
    memorySize: 512,
    // It waits for the steps that it hands records to; the longest takes 120.
    seconds: 240,
  },
  operators: {
    description: 'Makes an operator and its first administrator key',
    memorySize: 256,
    seconds: 25,
  },
} as const satisfies Readonly<Record<string, StepBounds>>;

/** Functions that a stage has where its settings ask for them. */
export const optionalSteps = {
  canary: {
    description: 'Plays a charger, from the handshake to the sealed CDR',
    memorySize: 256,
    // Its own patience, with eight answers and a minute for the CDR, ends before: Lambda's end leaves no sentence in the log.
    seconds: 150,
  },
} as const satisfies Readonly<Record<string, StepBounds>>;

/** The bounds of one run of a step. */
export const boundsOf = (step: StepName): StepBounds => ({ ...steps, ...optionalSteps })[step];
