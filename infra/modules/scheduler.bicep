@description('The Durable Task Scheduler.')
param name string

@description('The region.')
param location string

@description('Tags.')
param tags object

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: { name: 'Consumption' }
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

output name string = scheduler.name
output endpoint string = scheduler.properties.endpoint
output taskHub string = hub.name
