const certificate = 'certificate/0b1a2c3d-0000-4000-8000-000000000001';
/** Every setting of a stage that makes something of its own, with a value that it takes. */
export const everySetting = {
  alarmEmail: 'night@operator.example',
  alarms: 'all',
  apiAllowedOrigins: ['https://portal.example.com'],
  apiCertificateArn: `arn:aws:acm:eu-central-1:123456789012:${certificate}`,
  apiDomainName: 'api.example.com',
  backupMonths: 12,
  canaryMinutes: 5,
  cdrKeyReplacedAt: ['2027-01-01T00:00:00Z'],
  chargerAuthority: true,
  chargerCertificateArn: `arn:aws:acm:us-east-1:123456789012:${certificate}`,
  chargerDomainName: 'chargers.example.com',
  chargerHandshakesPerAddress: 2000,
  chargerTlsPolicy: 'TLSv1.2_2021',
  chargerTrustStoreId: 'ts_1',
  handshakeConcurrency: 20,
  messageConcurrency: 100,
  monthlyBudgetUsd: 100,
  tags: { 'cost-centre': 'charging' },
};
