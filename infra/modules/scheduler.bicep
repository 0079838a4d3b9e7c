@description('The Durable Task Scheduler.')
param name string

@description('The region.')
param location string

@description('Tags.')
param tags object

@description('Consumption or Dedicated.')
param sku string

@description('Capacity units of a dedicated one.')
param capacity int

@description('Whether a dedicated one is spread over zones, which takes three units.')
param zoneRedundant bool

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: sku == 'Dedicated' ? { name: sku, capacity: zoneRedundant ? 3 : capacity } : { name: sku }
    // Identities with the role are let in from anywhere; an empty list would block everyone.
    ipAllowlist: ['0.0.0.0/0']
  }
}

resource hub 'Microsoft.DurableTask/schedulers/taskHubs@2025-11-01' = {
  parent: scheduler
  name: 'weft'
}

resource retention 'Microsoft.DurableTask/schedulers/retentionPolicies@2025-11-01' = {
  parent: scheduler
  name: 'default'
  properties: {
    retentionPolicies: [
      { retentionPeriodInDays: 7 }
      { retentionPeriodInDays: 30, orchestrationState: 'Failed' }
    ]
  }
}

output endpoint string = scheduler.properties.endpoint
output taskHub string = hub.name
