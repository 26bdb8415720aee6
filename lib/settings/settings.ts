import { SecurityPolicyProtocol } from 'aws-cdk-lib/aws-cloudfront';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';

/** Days that CloudWatch may keep logs for. */
const retentionPeriods: readonly RetentionDays[] = Object.values(RetentionDays).filter(
  (each): each is RetentionDays => typeof each === 'number' && each !== RetentionDays.INFINITE,
);

/** Policies of CloudFront that a charger of OCPP can meet: TLS 1.2, and nothing older. */
const tlsPolicies = [
  SecurityPolicyProtocol.TLS_V1_2_2018,
  SecurityPolicyProtocol.TLS_V1_2_2019,
  SecurityPolicyProtocol.TLS_V1_2_2021,
  SecurityPolicyProtocol.TLS_V1_2_2025,
] as const;

/** Everything that an operator of a deployment may choose; `docs/deploy.md` has the table of it. */
export const settingsSchema = z.strictObject({
  /** Account that the stage is deployed to; with it a deployment to any other fails. */
  account: text(/^\d{12}$/, 'the twelve digits of an account').optional(),
  /** Region that the stage is deployed to, as in `eu-central-1`. */
  region: text(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a Region such as eu-central-1').optional(),

  /** Days that raw readings are kept; a CDR keeps its evidence for ever. */
  // Thirteen months: a driver may dispute the bill of a year, and an audit comes after the year has ended.
  readingRetentionDays: whole('days', 1, 3650).default(400),
  /** True if readings can be brought back as they were at any second of the last 35 days. CDRs and all else always can. */
  readingRecovery: z.boolean({ error: 'true or false' }).default(true),
  /**
   * Megabytes of messages that are kept of one session, and that its CDR is made from. A session with more is held
   * (`EVIDENCE_TOO_LARGE`), so that one charger cannot keep the bills of others waiting.
   */
  // A day of samples every ten seconds has 4 MB. A function that reads 8 takes half of its memory for it.
  sessionMegabytes: whole('megabytes', 1, 12).default(8),
  /**
   * Megabytes of messages that only inform (events, reports, notices) which are kept of one charger and day; they are kept for
   * 30 days. What comes beyond it is answered and counted.
   */
  // A report of two thousand variables has 1 MB.
  messageMegabytesPerDay: whole('megabytes', 1, 100).default(4),
  /** Sessions that the messages of one charger make on a day; what comes beyond it is answered, kept and counted. */
  // A week without a connection at a charger of twelve connectors has fewer.
  sessionsPerDay: whole('sessions', 100, 100_000).default(2000),
  /** Days that logs which chargers upload are kept. */
  chargerLogRetentionDays: whole('days', 1, 3650).default(90),
  /** Days that logs are kept: one of the periods that CloudWatch knows. */
  logRetentionDays: z
    .literal(
      retentionPeriods,
      'a period that CloudWatch keeps logs for: 1, 3, 5, 7, 14, 30, 60, 90 … days',
    )
    .default(RetentionDays.ONE_MONTH),
  /**
   * Seconds that readings are gathered before running energy and cost are written: how far the running view lags
   * behind, against one write and one run for each gathering.
   */
  // Two readings of a charger that sends one a minute.
  liveWindowSeconds: whole('seconds', 0, 300).default(65),
  /**
   * Seconds after the last reading that came too late for its session until a sealed CDR is corrected: a charger that
   * sends what it has kept while it was offline gets one correction and not many.
   */
  // The longest that a queue can hold a message back.
  correctionDelaySeconds: whole('seconds', 0, 900).default(900),

  /**
   * When the key that seals CDRs was replaced, each time, ISO 8601 in UTC, ascending: every time makes another key, and the
   * ones before stay for verification. A time after the deployment that brings it: until then the key before may seal.
   */
  cdrKeyReplacedAt: z
    .array(z.iso.datetime({ error: 'times in UTC such as 2027-01-01T00:00:00Z' }))
    .max(9, 'at most 9 times')
    .refine(
      (times) =>
        times.every((time, n) => n === 0 || Date.parse(time) > Date.parse(times[n - 1] ?? '')),
      'times in ascending order',
    )
    .default([]),

  /** Address that every alarm is sent to; SNS asks it for confirmation first. */
  alarmEmail: text(/^\S+@\S+\.\S+$/, 'an e-mail address').optional(),
  /**
   * Which alarms there are: those of the failure queues, or also those of what hurts users before a step gives up. The latter cost
   * 11.90 USD a month more (docs/cost.md).
   */
  alarms: z.enum(['failures', 'all'], { error: 'failures or all' }).default('failures'),
  /** Tags of everything that the stage has, beside `joulegate:stage`. */
  tags: z
    .record(
      text(/^(?!aws:)[\w .:/=+@-]{1,128}$/, 'names of tags'),
      text(/^[\w .:/=+@-]{0,256}$/, 'values of tags'),
      { error: 'tags by their names' },
    )
    .optional(),
  /** Months that backups of both tables are kept, one of each month; none are made unless given (docs/deploy.md). */
  backupMonths: whole('months', 1, 120).optional(),
  /** US dollars that a month may cost until mail is sent to `alarmEmail`; no budget unless given. */
  monthlyBudgetUsd: whole('US dollars', 1, 1_000_000).optional(),
  /** Handshakes of an address in five minutes, beyond which a web ACL of its own refuses it; there is none unless given. */
  chargerHandshakesPerAddress: whole('handshakes', 10, 1_000_000).optional(),
  /** The web ACL of AWS WAF in front of chargers. */
  chargerWebAclArn: text(
    /^arn:aws[a-z-]*:wafv2:us-east-1:\d{12}:global\/webacl\/\S+$/,
    'the ARN of a web ACL for CloudFront, in us-east-1',
  ).optional(),
  /** Minutes between two sessions of a charger of our own, which show that charging works; there is none unless given (docs/deploy.md). */
  canaryMinutes: whole('minutes', 2, 1440).optional(),
  /** True if this stage sets the role that API Gateway logs through, which belongs to the account and Region. */
  apiGatewayLogRole: z.boolean({ error: 'true or false' }).default(true),

  /**
   * True if chargers that ask for a certificate get one, of an authority whose key is in KMS (docs/security-profiles.md); the key costs
   * 1 USD a month.
   */
  chargerAuthority: z.boolean({ error: 'true or false' }).default(false),
  /** Domain that chargers connect to, and its certificate, which CloudFront takes from us-east-1 only. */
  chargerDomainName: domainName().optional(),
  chargerCertificateArn: text(
    /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/\S+$/,
    'the ARN of a certificate in us-east-1',
  ).optional(),
  /** Policy of CloudFront that says which suites of TLS chargers may choose at `chargerDomainName`; all begin with TLS 1.2 (docs/security.md). */
  // The last one with the suites of RSA key exchange, which are all that OCPP asks a charger for where the certificate is RSA.
  chargerTlsPolicy: z
    .enum(tlsPolicies, {
      error: 'TLSv1.2_2018, TLSv1.2_2019, TLSv1.2_2021 or TLSv1.2_2025',
    })
    .default(SecurityPolicyProtocol.TLS_V1_2_2018),
  /**
   * Trust store of CloudFront: with it the address of chargers asks each for a certificate that one of its authorities has issued, and takes
   * no `ws://` (docs/security-profiles.md).
   */
  chargerTrustStoreId: text(/^[A-Za-z0-9_-]{1,64}$/, 'the id of a trust store').optional(),
  /** True if chargers may also come without a certificate where the trust store is named: one that has shown its own may not any more. */
  chargerCertificatesOptional: z.boolean({ error: 'true or false' }).default(false),
  /** Domain of the HTTP API, and its certificate, which is in the Region of the stage. */
  apiDomainName: domainName().optional(),
  apiCertificateArn: text(
    /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/\S+$/,
    'the ARN of a certificate',
  ).optional(),

  /** Origins of pages whose scripts may call the HTTP API from a browser, as in `https://portal.example.com`; none unless given. */
  apiAllowedOrigins: z
    .array(
      text(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/, 'origins such as https://portal.example.com'),
    )
    .max(20, 'at most 20 origins')
    .default([]),

  /** Messages of all chargers together; half of the default quota of the Region unless given. */
  chargerMessagesPerSecond: whole('messages', 1, 1_000_000).optional(),
  /** Handshakes of all chargers together: half of what AWS lets an account open, unless its quota was raised. */
  chargerHandshakesPerSecond: whole('handshakes', 1, 100_000).default(250),
  /** Calls of all callers of the HTTP API together; a fifth of the default quota of the Region unless given. */
  apiCallsPerSecond: whole('calls', 1, 1_000_000).optional(),
  /** Instances reserved for messages of chargers, and never exceeded; none are reserved unless given. */
  messageConcurrency: whole('instances', 1, 100_000).optional(),
  /** Instances reserved for each of the two functions of a handshake, and never exceeded. */
  handshakeConcurrency: whole('instances', 1, 100_000).optional(),
});

/** The settings of a stage, with the defaults of what it leaves out. */
export type Settings = z.output<typeof settingsSchema>;

function domainName() {
  return text(/^([a-z0-9-]+\.)+[a-z]{2,}$/, 'a domain name in lower case');
}

function whole(of: string, least: number, most: number) {
  const error = `a whole number of ${of} from ${least} to ${most}`;
  return z.int({ error }).min(least, error).max(most, error);
}

function text(pattern: RegExp, error: string) {
  return z.string({ error }).regex(pattern, error);
}
