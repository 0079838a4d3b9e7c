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

@description('The queues.')
param queueNames array

@description('The queues with sessions: messages of one session are handed out in order.')
param sessionQueueNames array

@description('Whether it answers on the public endpoint.')
param publicAccess bool

@description('Where its operational log goes.')
param workspaceId string

resource bus 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: sku, tier: sku }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: publicAccess || sku != 'Premium' ? 'Enabled' : 'Disabled'
  }

  resource queues 'queues' = [for queue in queueNames: {
    name: queue
    properties: {
      lockDuration: 'PT1M'
      maxDeliveryCount: 10
      // The message id is the idempotency key of the start; the broker drops what is sent twice, and the start catches the rest.
      requiresDuplicateDetection: true
      duplicateDetectionHistoryTimeWindow: 'PT10M'
      deadLetteringOnMessageExpiration: true
      defaultMessageTimeToLive: 'P14D'
    }
  }]

  resource sessionQueues 'queues' = [for queue in sessionQueueNames: {
    name: queue
    properties: {
      lockDuration: 'PT1M'
      maxDeliveryCount: 10
      requiresSession: true
      requiresDuplicateDetection: true
      duplicateDetectionHistoryTimeWindow: 'PT10M'
      deadLetteringOnMessageExpiration: true
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

output id string = bus.id
output name string = bus.name
output fullyQualifiedNamespace string = '${bus.name}.servicebus.windows.net'
