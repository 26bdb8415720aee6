/**
 * The measures that become metrics of CloudWatch: those that tell whether bills are made, and are worth an alarm. Each costs as
 * much a month as six chargers do, so that all others are fields of their log lines only, where Logs Insights counts them.
 */
export const customMetrics = ['MessagesNotProcessed', 'StopToCdrLag'] as const;
