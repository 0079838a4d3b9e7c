@minLength(6)
@maxLength(50)
@description('The namespace.')
param name string

@description('The region.')
param location string

@description('Tags.')
param tags object

@description('Standard or Premium.')
param sku string

@description('The queues that start workflows: name, and whether messages of one session are handed out in order.')
param startQueues array

@description('The queues that are told of ends.')
param replyQueues array

@description('Whether it answers on the public endpoint.')
param publicAccess bool

@description('Where its operational log goes.')
param workspaceId string

resource bus 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: sku == 'Premium' ? { name: sku, tier: sku, capacity: 1 } : { name: sku, tier: sku }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
  }

  resource starts 'queues' = [for queue in startQueues: {
    name: queue.name
    properties: {
      lockDuration: 'PT1M'
      maxDeliveryCount: 10
      requiresSession: queue.sessions
      // The message id is the idempotency key of the start; the broker drops what is sent twice, and the start catches the rest.
      requiresDuplicateDetection: true
      duplicateDetectionHistoryTimeWindow: 'PT10M'
      deadLetteringOnMessageExpiration: true
      defaultMessageTimeToLive: 'P14D'
    }
  }]

  // An answer that nobody fetched for two weeks is no work that is lost: it goes, without an alert.
  resource replies 'queues' = [for queue in replyQueues: {
    name: queue
    properties: {
      lockDuration: 'PT1M'
      maxDeliveryCount: 10
      requiresDuplicateDetection: true
      duplicateDetectionHistoryTimeWindow: 'PT10M'
      deadLetteringOnMessageExpiration: false
      defaultMessageTimeToLive: 'P14D'
    }
  }]
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'weft'
  scope: bus
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'OperationalLogs', enabled: true }
    ]
    metrics: [
      { category: 'AllMetrics', enabled: true }
    ]
  }
}

output fullyQualifiedNamespace string = '${bus.name}.servicebus.windows.net'
