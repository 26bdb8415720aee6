import { describe, expect, it } from 'vitest';
import { resourcesOf, templateOf } from './synthesize.ts';

const promised = `
  POST   /mcp
  GET    /mcp
  DELETE /mcp
  POST   /chargers
  GET    /chargers
  GET    /chargers/{chargerId}
  PATCH  /chargers/{chargerId}
  DELETE /chargers/{chargerId}
  POST   /chargers/{chargerId}/approval
  GET    /waiting-chargers
  POST   /waiting-chargers/{waitingChargerId}/adopt
  DELETE /waiting-chargers/{waitingChargerId}
  GET    /chargers/{chargerId}/messages
  GET    /chargers/{chargerId}/reports
  GET    /chargers/{chargerId}/reports/{requestId}
  GET    /chargers/{chargerId}/configuration
  GET    /chargers/{chargerId}/device-model
  GET    /chargers/{chargerId}/proposed-evses
  GET    /chargers/{chargerId}/certificates
  GET    /chargers/{chargerId}/logs
  GET    /chargers/{chargerId}/logs/{logId}/url
  GET    /chargers/{chargerId}/reservations
  GET    /chargers/{chargerId}/charging-profiles
  GET    /chargers/{chargerId}/desired-configuration
  PUT    /chargers/{chargerId}/desired-configuration
  POST   /chargers/{chargerId}/password
  POST   /chargers/{chargerId}/connection-token
  GET    /chargers/{chargerId}/connection-tokens
  DELETE /chargers/{chargerId}/connection-tokens/{connectionTokenId}
  POST   /chargers/{chargerId}/meter-keys
  GET    /chargers/{chargerId}/meter-keys
  GET    /chargers/{chargerId}/proposed-meter-keys
  DELETE /chargers/{chargerId}/meter-keys/{meterKeyId}
  POST   /chargers/{chargerId}/commands
  GET    /chargers/{chargerId}/commands
  GET    /commands/{commandId}
  DELETE /commands/{commandId}
  POST   /accounts
  GET    /accounts
  GET    /accounts/{accountId}
  PATCH  /accounts/{accountId}
  DELETE /accounts/{accountId}
  POST   /accounts/{accountId}/erasure
  GET    /accounts/{accountId}/statements/{month}
  GET    /accounts/{accountId}/statements/{month}/csv
  GET    /accounts/{accountId}/statements/{month}/page
  POST   /tokens
  GET    /tokens
  GET    /tokens/{tokenId}
  PUT    /tokens/{tokenId}
  DELETE /tokens/{tokenId}
  POST   /tokens/{tokenId}/erasure
  POST   /tariffs
  GET    /tariffs
  GET    /tariffs/{tariffId}
  PUT    /tariffs/{tariffId}
  POST   /tariffs/{tariffId}/preview
  POST   /promo-codes
  GET    /promo-codes
  GET    /promo-codes/{code}
  DELETE /promo-codes/{code}
  GET    /sessions
  GET    /sessions/active
  GET    /sessions/{sessionId}
  GET    /sessions/{sessionId}/readings
  GET    /sessions/{sessionId}/cdr
  POST   /sessions/{sessionId}/promo-code
  POST   /sessions/{sessionId}/end
  GET    /cdrs
  GET    /cdrs/{cdrId}
  GET    /cdrs/{cdrId}/readings
  POST   /cdrs/{cdrId}/payments
  GET    /cdrs/{cdrId}/payments
  GET    /payments
  GET    /settings/payments
  PUT    /settings/payments
  POST   /cdrs/{cdrId}/receipt
  DELETE /cdrs/{cdrId}/receipt
  POST   /chargers/{chargerId}/pay-links
  DELETE /chargers/{chargerId}/pay-links/{payLinkId}
  GET    /pay/{token}
  POST   /pay/{token}
  GET    /pay/{token}/qr
  GET    /pay/pay.js
  POST   /payments/stripe/{operatorId}
  GET    /receipts/{token}
  GET    /receipts/receipt.js
  POST   /cdrs/{cdrId}/resolve
  POST   /cdrs/{cdrId}/corrections
  GET    /monitoring/uptime
  GET    /monitoring/alerts
  GET    /monitoring/failed-sessions
  GET    /monitoring/abnormal-readings
  POST   /chargers/{chargerId}/uptime-exclusions
  GET    /chargers/{chargerId}/uptime-exclusions
  DELETE /chargers/{chargerId}/uptime-exclusions/{exclusionId}
  GET    /settings/monitoring
  PUT    /settings/monitoring
  GET    /analytics/days
  GET    /analytics/months
  GET    /analytics/chargers
  GET    /analytics/locations
  GET    /analytics/locations/{locationId}
  GET    /analytics/tariffs
  GET    /analytics/accounts
  GET    /analytics/promo-codes
  GET    /events
  POST   /webhooks
  GET    /webhooks
  GET    /webhooks/{webhookId}
  PATCH  /webhooks/{webhookId}
  DELETE /webhooks/{webhookId}
  POST   /webhooks/{webhookId}/rotate
  POST   /webhooks/{webhookId}/test
  POST   /webhooks/{webhookId}/replay
  GET    /webhooks/{webhookId}/deliveries
  GET    /webhooks/{webhookId}/deliveries/{deliveryId}
  POST   /webhooks/{webhookId}/deliveries/{deliveryId}/replay
  GET    /settings
  PUT    /settings
  GET    /settings/ocpi
  PUT    /settings/ocpi
  POST   /partners
  GET    /partners
  GET    /partners/{partnerId}
  PATCH  /partners/{partnerId}
  DELETE /partners/{partnerId}
  POST   /partners/{partnerId}/register
  POST   /partners/{partnerId}/rotate
  POST   /partners/{partnerId}/test
  POST   /partners/{partnerId}/suspend
  POST   /partners/{partnerId}/resume
  POST   /partners/{partnerId}/pulls
  GET    /partners/{partnerId}/pulls
  POST   /partners/{partnerId}/invoices
  GET    /partners/{partnerId}/invoices
  GET    /partners/{partnerId}/invoices/{partnerInvoiceId}
  DELETE /partners/{partnerId}/invoices/{partnerInvoiceId}
  GET    /partners/{partnerId}/settlements/{month}
  GET    /partners/{partnerId}/settlements/{month}/csv
  GET    /partners/{partnerId}/settlements/{month}/page
  GET    /roaming/invoices
  GET    /roaming/invoices/{roamingInvoiceId}
  POST   /roaming/commands
  GET    /roaming/commands/{roamingCommandId}
  GET    /roaming/locations
  GET    /roaming/locations/{roamingLocationId}/evses
  GET    /roaming/sessions
  GET    /roaming/cdrs
  GET    /roaming/cdrs/{roamingCdrId}
  POST   /roaming/cdrs/{roamingCdrId}/check
  GET    /partners/{partnerId}/parties
  GET    /partners/{partnerId}/deliveries
  GET    /partners/{partnerId}/deliveries/{partnerDeliveryId}
  GET    /partners/{partnerId}/losses
  ANY    /ocpi/{place+}
  GET    /settings/charger-authority
  GET    /settings/admission
  PUT    /settings/admission
  GET    /settings/configuration
  PUT    /settings/configuration
  POST   /locations
  GET    /locations
  GET    /locations/{locationId}
  GET    /locations/{locationId}/evses
  PATCH  /locations/{locationId}
  DELETE /locations/{locationId}
  POST   /api-keys
  GET    /api-keys
  POST   /api-keys/{apiKeyId}/rotate
  DELETE /api-keys/{apiKeyId}
  POST   /api/gateway/sessions
  POST   /firmware
  GET    /firmware
  GET    /firmware/{firmwareId}
  DELETE /firmware/{firmwareId}
  POST   /firmware-campaigns
  GET    /firmware-campaigns
  GET    /firmware-campaigns/{campaignId}
  POST   /firmware-campaigns/{campaignId}/stop
  POST   /firmware-campaigns/{campaignId}/resume
  GET    /files/{token}
  GET    /files/{token}/{name}
  HEAD   /files/{token}
  HEAD   /files/{token}/{name}
  PUT    /files/{token}
  PUT    /files/{token}/{name}
  POST   /files/{token}
  POST   /files/{token}/{name}
  GET    /health
  GET    /openapi.json
  GET    /.well-known/joulegate-cdr-keys
  GET    /docs
`
  .trim()
  .split('\n')
  .map((line) => line.trim().replace(/ +/, ' '));

const template = templateOf();

describe('the operator API', () => {
  it('a request outside the operator API reaches the function, which refuses it', () => {
    const [api] = resourcesOf(template, 'AWS::ApiGatewayV2::Api').filter(
      (one) => one.Properties['ProtocolType'] === 'HTTP',
    );
    const ours = resourcesOf(template, 'AWS::ApiGatewayV2::Route').filter(
      (route) => JSON.stringify(route.Properties['ApiId']) === JSON.stringify({ Ref: api?.id }),
    );
    const targets = ours
      .filter(({ Properties }) => Properties['RouteKey'] !== 'POST /api/gateway/sessions')
      .filter(({ Properties }) => !/ \/(?:files|ocpi)\//.test(String(Properties['RouteKey'])))
      .map((route) => JSON.stringify(route.Properties['Target']));

    expect(ours.map((route) => route.Properties['RouteKey'])).toContain('$default');
    expect(new Set(targets).size).toBe(1);
    const sources = resourcesOf(template, 'AWS::Lambda::Permission')
      .map((permission) => JSON.stringify(permission.Properties['SourceArn']))
      .filter((source) => source.includes(JSON.stringify({ Ref: api?.id })));
    // `*/*/*` is any method and path, which $default has not.
    expect(sources).toEqual(
      expect.arrayContaining([
        expect.stringContaining('/*/*/*"'),
        expect.stringContaining('/*/$default"'),
      ]),
    );
  });

  it('the operator API has exactly the promised routes', () => {
    const [api] = resourcesOf(template, 'AWS::ApiGatewayV2::Api').filter(
      ({ Properties }) => Properties['ProtocolType'] === 'HTTP',
    );
    const served = resourcesOf(template, 'AWS::ApiGatewayV2::Route')
      .filter(({ Properties }) => JSON.stringify(Properties['ApiId']) === `{"Ref":"${api?.id}"}`)
      .map((route) => String(route.Properties['RouteKey']))
      .filter((key) => !key.startsWith('$'));

    expect(served.toSorted()).toEqual(promised.toSorted());
  });
});
