import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { StepName } from './steps.ts';

/** ARNs of what functions may be allowed to touch. */
export type Grantable = {
  readonly stateTable: string;
  readonly listingIndex: string;
  readonly chargerListingIndex: string;
  readonly locationListingIndex: string;
  readonly accountListingIndex: string;
  readonly readingsTable: string;
  readonly cdrKey: string;
  /** That key, and those that were replaced. */
  readonly allCdrKeys: readonly string[];
  /** The key that secrets of webhooks are derived from. */
  readonly webhookKey: string;
  /** The key that certifies chargers, where there is one. */
  readonly authorityKey: string | undefined;
  /** The logs of chargers, and their firmware: `…/logs/*` and `…/firmware/*`. */
  readonly logFiles: string;
  readonly firmwareFiles: string;
  /** Events on their way to webhooks. */
  readonly webhooksQueue: string;
  /** Changes that roaming partners may see. */
  readonly partnersQueue: string;
  /** Messages to be processed later. */
  readonly postponedQueue: string;
  /** Commands to be sent. */
  readonly commandsQueue: string;
  /** Sessions to be reviewed. */
  readonly correctionsQueue: string;
  /** Every open connection of a charger, to be closed: `…/DELETE/@connections/*`. */
  readonly connectionsToClose: string;
  /** Every open connection of a charger, to be asked for: `…/GET/@connections/*`. */
  readonly connectionsToAsk: string;
  /** Every open connection of a charger, to be written to: `…/POST/@connections/*`. */
  readonly connectionsToSend: string;
  /** Every open connection of the live feed, to be written to and to be closed. */
  readonly feedToSend: string;
  readonly feedToClose: string;
  /** Queues of what steps could not process. */
  readonly failureQueues: readonly string[];
  /** Queues of the steps that read one, and functions of the steps that a stream or a schedule calls: each takes its failures again. */
  readonly stepQueues: readonly string[];
  readonly retriedFunctions: readonly string[];
};

/**
 * The permissions of each function: this table is complete.
 * Only their own log group and, for the readers of a stream or a queue, that and a stream's failure queue come on top.
 */
export function grantsOf(on: Grantable): Readonly<Record<StepName, PolicyStatement[]>> {
  return {
    authorizer: [
      allow(on.stateTable, 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'),
      // The first use of a new password or connection token ends the old one.
      allowOn(['CHARGER#*'], on.stateTable, 'dynamodb:UpdateItem'),
      allowOn(['CONNECTIONTOKEN#*'], on.stateTable, 'dynamodb:DeleteItem'),
      // Chargers that nobody registered.
      allowOn(['WAITING#*'], on.stateTable, 'dynamodb:UpdateItem'),
    ],
    connect: [
      allow(on.stateTable, 'dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem'),
      allow(on.commandsQueue, 'sqs:SendMessage'),
      allow(on.connectionsToClose, 'execute-api:ManageConnections'),
    ],
    commands: [
      allow(on.stateTable, 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'),
      // Tokens, for local lists.
      allow(on.listingIndex, 'dynamodb:Query'),
      allowOn(['COMMANDS#*', 'CHARGER#*'], on.stateTable, 'dynamodb:UpdateItem'),
      ...certifying(on),
      // Commands by which a charger gets its desired configuration, and of campaigns, with the firmware that they offer.
      allowOn(['COMMANDS#*', 'CAMPAIGN#*', 'FILE#*'], on.stateTable, 'dynamodb:PutItem'),
      // How updates of firmware go on.
      allow(on.readingsTable, 'dynamodb:Query'),
      allow(on.commandsQueue, 'sqs:SendMessage'),
      allow(on.connectionsToSend, 'execute-api:ManageConnections'),
    ],
    // A charger and an integrator, as everybody is who comes from outside.
    canary: [],
    disconnect: [allow(on.stateTable, 'dynamodb:UpdateItem')],
    ocpp: [
      ...messagesOf(on),
      allow(on.listingIndex, 'dynamodb:Query'),
      // The tokens of partners, who are asked whether a driver may charge.
      allow(on.webhookKey, 'kms:GenerateMac'),
      allow(on.postponedQueue, 'sqs:SendMessage'),
      allow(on.commandsQueue, 'sqs:SendMessage'),
      allow(on.connectionsToSend, 'execute-api:ManageConnections'),
      // One that is not its charger's own any more.
      allow(on.connectionsToClose, 'execute-api:ManageConnections'),
    ],
    postponed: messagesOf(on),
    status: [
      allow(on.stateTable, 'dynamodb:GetItem', 'dynamodb:UpdateItem'),
      // Changes that the uptime of connectors depends on; a status that comes late finds its place among them.
      allowOn(['UPTIME#*'], on.stateTable, 'dynamodb:PutItem', 'dynamodb:Query'),
      allow(on.readingsTable, 'dynamodb:Query'),
      allow(on.correctionsQueue, 'sqs:SendMessage'),
    ],
    tariff: [
      allow(on.stateTable, 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'),
      // A session of OCPP 2.x gets its place when one of its messages names it.
      allowOn(['SESSION#*', 'CHARGER#*'], on.stateTable, 'dynamodb:UpdateItem'),
      allow(on.readingsTable, 'dynamodb:Query'),
      allow(on.correctionsQueue, 'sqs:SendMessage'),
      // Costs of sessions, where chargers show them.
      allow(on.commandsQueue, 'sqs:SendMessage'),
    ],
    cdr: [
      allow(
        on.stateTable,
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
      ),
      allow(on.readingsTable, 'dynamodb:Query'),
      allow(on.cdrKey, 'kms:GetPublicKey', 'kms:Sign'),
      // Whether a session is still unknown that came between two others.
      allow(on.chargerListingIndex, 'dynamodb:Query'),
      allow(on.postponedQueue, 'sqs:GetQueueAttributes'),
      allow(on.correctionsQueue, 'sqs:SendMessage'),
    ],
    corrections: [
      allow(
        on.stateTable,
        'dynamodb:GetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
      ),
      allow(on.readingsTable, 'dynamodb:Query'),
      allow(on.cdrKey, 'kms:GetPublicKey', 'kms:Sign'),
      // A stop that its operator waits for longer than a message can be delayed.
      allow(on.correctionsQueue, 'sqs:SendMessage'),
    ],
    sweep: [
      allow(on.stateTable, 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:UpdateItem'),
      allow(on.listingIndex, 'dynamodb:Query'),
      allow(on.readingsTable, 'dynamodb:Query'),
      // Pulls that are due.
      allow(on.partnersQueue, 'sqs:SendMessage'),
    ],
    events: [
      allow(on.stateTable, 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'),
      // The log, limits that accounts reached, the commands that stop their sessions, bills, and what monitoring lists.
      allowOn(
        ['EVENTLOG#*', 'ACCOUNT#*', 'COMMANDS#*', 'BILL#*', 'UPTIME#*', 'WATCHED#*'],
        on.stateTable,
        'dynamodb:PutItem',
      ),
      // The end of the log, sums of sealed CDRs, which sessions of accounts run, and the order of commands.
      allowOn(
        ['EVENTS#*', 'ROLLUP#*', 'ACCOUNT#*', 'COMMANDS#*'],
        on.stateTable,
        'dynamodb:UpdateItem',
      ),
      allow(on.webhooksQueue, 'sqs:SendMessage'),
      allow(on.partnersQueue, 'sqs:SendMessage'),
      allow(on.commandsQueue, 'sqs:SendMessage'),
    ],
    webhooks: [
      allow(on.stateTable, 'dynamodb:GetItem', 'dynamodb:BatchGetItem'),
      // How far roaming partners are with objects that are pushed, and the order of commands.
      allowOn(
        ['EVENTS#*', 'DELIVERY#*', 'PUSH#*', 'COMMANDS#*'],
        on.stateTable,
        'dynamodb:UpdateItem',
      ),
      allow(on.webhookKey, 'kms:GenerateMac'),
      allow(on.webhooksQueue, 'sqs:SendMessage'),
      // Attempts to pay by card, their tokens, commands to chargers and bills.
      allowOn(['PAYMENT#*', 'TOKEN#*', 'COMMANDS#*', 'BILL#*'], on.stateTable, 'dynamodb:PutItem'),
      allow(on.commandsQueue, 'sqs:SendMessage'),
      // Subscribers of the live feed whose connections are over.
      allowOn(['EVENTS#*'], on.stateTable, 'dynamodb:DeleteItem'),
      allow(on.feedToSend, 'execute-api:ManageConnections'),
      allow(on.feedToClose, 'execute-api:ManageConnections'),
    ],
    'feed-authorizer': [
      allow(on.stateTable, 'dynamodb:GetItem'),
      // When a key was used last, and the end of the one before.
      allowOn(['APIKEY#*'], on.stateTable, 'dynamodb:UpdateItem'),
    ],
    feed: [
      allow(on.stateTable, 'dynamodb:GetItem', 'dynamodb:BatchGetItem'),
      allowOn(
        ['EVENTS#*'],
        on.stateTable,
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
      ),
      allow(on.webhooksQueue, 'sqs:SendMessage'),
    ],
    api: [
      allow(on.stateTable, 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'),
      // Sealed CDRs have partitions of their own (CHAIN#), held ones are stored with their session.
      // Verdicts on the CDRs of partners are found again; partners see our invoices to them.
      allowOn(
        [...forms, 'SESSION#*', 'RECEIVED#*', 'PUBLISHED#*'],
        on.stateTable,
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
      ),
      allowOn(forms, on.stateTable, 'dynamodb:DeleteItem'),
      allow(on.listingIndex, 'dynamodb:Query'),
      allow(on.chargerListingIndex, 'dynamodb:Query'),
      allow(on.locationListingIndex, 'dynamodb:Query'),
      allow(on.accountListingIndex, 'dynamodb:Query'),
      allow(on.readingsTable, 'dynamodb:Query'),
      // Secrets of webhooks, when they are made.
      allow(on.webhookKey, 'kms:GenerateMac'),
      // Events that are sent again.
      allow(on.webhooksQueue, 'sqs:SendMessage'),
      // The look at everything that a first partner sees.
      allow(on.partnersQueue, 'sqs:SendMessage'),
      allow(on.commandsQueue, 'sqs:SendMessage'),
      // URLs of logs, for those who may read them.
      allow(on.logFiles, 's3:GetObject'),
      allow(on.firmwareFiles, 's3:PutObject', 's3:GetObject', 's3:DeleteObject'),
      // Public keys are published, so that everybody can verify CDRs.
      ...on.allCdrKeys.map((key) => allow(key, 'kms:GetPublicKey')),
      // That of a charger that is deleted, or loses its approval.
      allow(on.connectionsToClose, 'execute-api:ManageConnections'),
      // Whether a silent charger is still there.
      allow(on.connectionsToAsk, 'execute-api:ManageConnections'),
    ],
    push: [
      allow(on.stateTable, 'dynamodb:GetItem', 'dynamodb:BatchGetItem'),
      // Sessions, the counters of requests, and when a key was used last.
      allowOn(['SESSION#*', 'PUSHES#*', 'APIKEY#*'], on.stateTable, 'dynamodb:UpdateItem'),
      allow(on.readingsTable, 'dynamodb:PutItem'),
    ],
    files: [
      allow(on.stateTable, 'dynamodb:GetItem'),
      // That a file has come.
      allowOn(['FILE#*'], on.stateTable, 'dynamodb:UpdateItem'),
      allow(on.logFiles, 's3:PutObject'),
      allow(on.firmwareFiles, 's3:GetObject'),
    ],
    partners: [
      allow(on.stateTable, 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'),
      allow(on.listingIndex, 'dynamodb:Query'),
      allow(on.chargerListingIndex, 'dynamodb:Query'),
      // The lists of what partners see.
      allowOn(['PUBLISHED#*'], on.stateTable, 'dynamodb:PutItem', 'dynamodb:UpdateItem'),
      allow(on.partnersQueue, 'sqs:SendMessage'),
      // Pushes of what they see.
      allow(on.webhooksQueue, 'sqs:SendMessage'),
      // Objects that are pulled from partners, with the token that they gave us.
      allowOn(['RECEIVED#*'], on.stateTable, 'dynamodb:PutItem', 'dynamodb:DeleteItem'),
      // Tokens of their drivers likewise.
      allowOn(['TOKEN#*'], on.stateTable, 'dynamodb:PutItem'),
      // Their CDRs count for the accounts of drivers.
      allowOn(['ACCOUNT#*'], on.stateTable, 'dynamodb:UpdateItem'),
      allow(on.webhookKey, 'kms:GenerateMac'),
    ],
    ocpi: [
      allow(on.stateTable, 'dynamodb:GetItem', 'dynamodb:BatchGetItem'),
      // Chargers of partners, and sessions of our drivers at them, whose CDRs count for accounts.
      allowOn(['RECEIVED#*'], on.stateTable, 'dynamodb:DeleteItem'),
      allowOn(['ACCOUNT#*'], on.stateTable, 'dynamodb:UpdateItem'),
      // These, and what accounts have used of their limits.
      allowOn(['RECEIVED#*', 'ACCOUNT#*', 'ROLLUP#*'], on.stateTable, 'dynamodb:Query'),
      allow(on.listingIndex, 'dynamodb:Query'),
      // The charger of an EVSE that a command names, the commands, and the sender of them.
      allow(on.chargerListingIndex, 'dynamodb:Query'),
      allowOn(['CHARGER#*'], on.stateTable, 'dynamodb:Query'),
      allowOn(['COMMANDS#*'], on.stateTable, 'dynamodb:PutItem', 'dynamodb:UpdateItem'),
      allow(on.commandsQueue, 'sqs:SendMessage'),
      // Also registrations, with when is pulled from them next, and the tokens that partners may call with.
      allowOn(['RECEIVED#*', 'PARTNER#*', 'PARTNERTOKEN#*'], on.stateTable, 'dynamodb:PutItem'),
      // The wishes of drivers of partners.
      allowOn(['SESSION#*'], on.stateTable, 'dynamodb:UpdateItem'),
      // Tokens of the drivers of partners.
      allowOn(['TOKEN#*'], on.stateTable, 'dynamodb:PutItem'),
      allowOn(['PARTNERTOKEN#*'], on.stateTable, 'dynamodb:DeleteItem'),
      // The key that encrypts the tokens of partners.
      allow(on.webhookKey, 'kms:GenerateMac'),
    ],
    // It reads; nobody who looks at a dashboard changes anything by it.
    widgets: [
      allow(on.stateTable, 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'),
      allow(on.listingIndex, 'dynamodb:Query'),
      // The sessions of a charger.
      allow(on.chargerListingIndex, 'dynamodb:Query'),
      ...on.failureQueues.map((queue) => allow(queue, 'sqs:GetQueueAttributes')),
    ],
    actions: [
      // A held CDR, its session, and the tariff that it would be billed by.
      allow(on.stateTable, 'dynamodb:GetItem', 'dynamodb:Query'),
      // The decision.
      allowOn(['SESSION#*'], on.stateTable, 'dynamodb:UpdateItem'),
      ...on.failureQueues.map((queue) =>
        allow(queue, 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'),
      ),
      ...on.stepQueues.map((queue) => allow(queue, 'sqs:SendMessage')),
      ...on.retriedFunctions.map((arn) => allow(arn, 'lambda:InvokeFunction')),
    ],
    operators: [allow(on.stateTable, 'dynamodb:GetItem', 'dynamodb:PutItem')],
  };
}

/** The permissions to certify chargers, which one function alone has; none where the stage has no authority. */
const certifying = (on: Grantable): PolicyStatement[] =>
  on.authorityKey === undefined
    ? []
    : [
        allow(on.authorityKey, 'kms:GetPublicKey', 'kms:Sign'),
        allowOn(
          ['CERTIFICATES#*', 'AUTHORITY'],
          on.stateTable,
          'dynamodb:PutItem',
          'dynamodb:UpdateItem',
        ),
      ];

/** The partitions of what operators and integrators create, change and delete: neither sessions nor CDRs. */
const forms = [
  'OPERATOR#*',
  'APIKEY#*',
  'CHARGER#*',
  'CHARGERID#*',
  'CONNECTIONTOKEN#*',
  'COMMANDS#*',
  'WAITING#*',
  'FILE#*',
  'FIRMWARE#*',
  'CAMPAIGN#*',
  'LOCATION#*',
  'ACCOUNT#*',
  'RECEIPT#*',
  'BILL#*',
  'PAYMENT#*',
  'UPTIME#*',
  'TOKEN#*',
  'TARIFF#*',
  'PROMOCODE#*',
  'EVENTS#*',
  'PARTNER#*',
  'PARTNERTOKEN#*',
];

/** The permissions to process a charger's messages, on arrival or later. */
function messagesOf(on: Grantable): PolicyStatement[] {
  return [
    allow(
      on.stateTable,
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ),
    allow(on.readingsTable, 'dynamodb:PutItem'),
  ];
}

/** Allows actions on the items of a table whose partition keys look like one of these. */
function allowOn(
  partitions: readonly string[],
  table: string,
  ...actions: readonly string[]
): PolicyStatement {
  const statement = allow(table, ...actions);
  statement.addCondition('ForAllValues:StringLike', { 'dynamodb:LeadingKeys': partitions });
  return statement;
}

/** Allows actions on one resource. */
export function allow(resource: string, ...actions: readonly string[]): PolicyStatement {
  return new PolicyStatement({ actions: [...actions], resources: [resource] });
}
