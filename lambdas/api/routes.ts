import { accountRoutes } from './accounts/account-routes.ts';
import { statementRoutes } from './accounts/statement-routes.ts';
import { analyticsRoutes } from './analytics/analytics-routes.ts';
import type { ApiRoute } from './api-route.ts';
import { cdrRoutes } from './cdrs/cdr-routes.ts';
import { correctionRoutes } from './cdrs/correction-routes.ts';
import { resolveRoutes } from './cdrs/resolve-routes.ts';
import { approvalRoutes } from './chargers/approval-routes.ts';
import { chargerMessageRoutes } from './chargers/charger-message-routes.ts';
import { chargerRoutes } from './chargers/charger-routes.ts';
import { chargerSecretRoutes } from './chargers/charger-secret-routes.ts';
import { chargingProfileRoutes } from './chargers/charging-profile-routes.ts';
import { configurationRoutes } from './chargers/configuration-routes.ts';
import { desiredConfigurationRoutes } from './chargers/desired-configuration-routes.ts';
import { meterKeyRoutes } from './chargers/meter-key-routes.ts';
import { reportRoutes } from './chargers/report-routes.ts';
import { reservationRoutes } from './chargers/reservation-routes.ts';
import { upkeepRoutes } from './chargers/upkeep-routes.ts';
import { waitingRoutes } from './chargers/waiting-routes.ts';
import { commandRoutes } from './commands/command-routes.ts';
import { eventRoutes } from './events/event-routes.ts';
import { campaignRoutes } from './firmware/campaign-routes.ts';
import { firmwareRoutes } from './firmware/firmware-routes.ts';
import { locationRoutes } from './locations/location-routes.ts';
import { monitoringRoutes } from './monitoring/monitoring-routes.ts';
import { monitoringSettingsRoutes } from './monitoring/monitoring-settings-routes.ts';
import { admissionRoutes } from './operator/admission-routes.ts';
import { apiKeyRoutes } from './operator/api-key-routes.ts';
import { authorityRoutes } from './operator/authority-routes.ts';
import { erasureRoutes } from './operator/erasure-routes.ts';
import { settingsRoutes } from './operator/settings-routes.ts';
import { tokenRoutes } from './operator/token-routes.ts';
import { partnerDeliveryRoutes } from './partners/delivery-routes.ts';
import { ocpiSettingsRoutes } from './partners/ocpi-settings-routes.ts';
import { partnerRoutes } from './partners/partner-routes.ts';
import { partnerPartyRoutes } from './partners/party-routes.ts';
import { payLinkRoutes } from './payments/pay-link-routes.ts';
import { paymentRoutes } from './payments/payment-routes.ts';
import { paymentSettingsRoutes } from './payments/payment-settings-routes.ts';
import { receiptRoutes } from './receipts/receipt-routes.ts';
import { invoiceRoutes } from './roaming/invoice-routes.ts';
import { issuedInvoiceRoutes } from './roaming/issued-invoice-routes.ts';
import { pullRoutes } from './roaming/pull-routes.ts';
import { roamingCommandRoutes } from './roaming/roaming-command-routes.ts';
import { roamingRoutes } from './roaming/roaming-routes.ts';
import { settlementRoutes } from './roaming/settlement-routes.ts';
import { sessionRoutes } from './sessions/session-routes.ts';
import { promoCodeRoutes } from './tariffs/promo-code-routes.ts';
import { tariffRoutes } from './tariffs/tariff-routes.ts';
import { deliveryRoutes } from './webhooks/delivery-routes.ts';
import { webhookRoutes } from './webhooks/webhook-routes.ts';

/** Every call of the operator API that needs a key. */
export const routes: readonly ApiRoute[] = [
  ...chargerRoutes,
  ...approvalRoutes,
  ...waitingRoutes,
  ...chargerMessageRoutes,
  ...reportRoutes,
  ...configurationRoutes,
  ...desiredConfigurationRoutes,
  ...upkeepRoutes,
  ...reservationRoutes,
  ...chargingProfileRoutes,
  ...chargerSecretRoutes,
  ...meterKeyRoutes,
  ...commandRoutes,
  ...firmwareRoutes,
  ...campaignRoutes,
  ...locationRoutes,
  ...accountRoutes,
  ...statementRoutes,
  ...tokenRoutes,
  ...erasureRoutes,
  ...tariffRoutes,
  ...promoCodeRoutes,
  ...sessionRoutes,
  ...cdrRoutes,
  ...resolveRoutes,
  ...correctionRoutes,
  ...receiptRoutes,
  ...paymentRoutes,
  ...paymentSettingsRoutes,
  ...payLinkRoutes,
  ...analyticsRoutes,
  ...monitoringRoutes,
  ...eventRoutes,
  ...webhookRoutes,
  ...deliveryRoutes,
  ...partnerRoutes,
  ...partnerDeliveryRoutes,
  ...partnerPartyRoutes,
  ...ocpiSettingsRoutes,
  ...roamingRoutes,
  ...settlementRoutes,
  ...invoiceRoutes,
  ...issuedInvoiceRoutes,
  ...pullRoutes,
  ...roamingCommandRoutes,
  ...settingsRoutes,
  ...monitoringSettingsRoutes,
  ...authorityRoutes,
  ...admissionRoutes,
  ...apiKeyRoutes,
];
