@maxLength(60)
@description('The function app.')
param name string

@description('Its plan.')
param planName string

@description('The region.')
param location string

@description('Tags.')
param tags object

@description('The identity it runs as: resource id.')
param identityId string

@description('The identity it runs as: client id.')
param identityClientId string

@description('The account of the package, the host and the records.')
param storageName string

@description('The account of the orchestrations; empty: the Durable Task Scheduler keeps them.')
param durableStorageName string

@description('The scheduler; empty: storage keeps the orchestrations.')
param schedulerEndpoint string

@description('The task hub: letters and digits.')
param taskHub string

@description('The container that the package is deployed to.')
param packageContainer string

@description('The vault.')
param vaultUri string

@description('The bus.')
param serviceBusNamespace string

@description('Application Insights.')
param appInsightsConnectionString string

@description('Where the platform log goes.')
param workspaceId string

@description('Memory of one instance in MB.')
param instanceMemoryMB int

@description('The most instances.')
param maximumInstanceCount int

@description('Instances kept warm for orchestrations and activities.')
param alwaysReadyDurable int

@description('Origins that browsers may call the API from.')
param allowedOrigins array

@description('The subnet for outbound traffic; empty: none.')
param subnetId string

@description('The endpoint of an Azure OpenAI resource; empty: none.')
param azureOpenAiEndpoint string

@description('The queue whose messages start workflows.')
param startQueue string

@description('The queue that does so in the order of its sessions.')
param sessionQueue string

@description('The queue that is told of every execution that ended; empty: only those that a start names.')
param completedQueue string

resource records 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName
}

resource durable 'Microsoft.Storage/storageAccounts@2025-06-01' existing = if (!empty(durableStorageName)) {
  name: empty(durableStorageName) ? 'none' : durableStorageName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

var durableSettings = empty(schedulerEndpoint) ? {
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionName: 'DurableStorage'
  DurableStorage__credential: 'managedidentity'
  DurableStorage__clientId: identityClientId
  DurableStorage__blobServiceUri: durable.properties.primaryEndpoints.blob
  DurableStorage__queueServiceUri: durable.properties.primaryEndpoints.queue
  DurableStorage__tableServiceUri: durable.properties.primaryEndpoints.table
} : {
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
  AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${identityClientId}'
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      cors: { allowedOrigins: allowedOrigins }
    }
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${records.properties.primaryEndpoints.blob}${packageContainer}'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyDurable > 0 ? [{ name: 'durable', instanceCount: alwaysReadyDurable }] : []
        triggers: { http: { perInstanceConcurrency: 16 } }
      }
    }
  }

  // The whole list of settings: a second 'appsettings' resource would replace this one.
  resource settings 'config' = {
    name: 'appsettings'
    properties: union({
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      AzureWebJobsStorage__blobServiceUri: records.properties.primaryEndpoints.blob
      AzureWebJobsStorage__queueServiceUri: records.properties.primaryEndpoints.queue
      AzureWebJobsStorage__tableServiceUri: records.properties.primaryEndpoints.table
      ServiceBusConnection__fullyQualifiedNamespace: serviceBusNamespace
      ServiceBusConnection__credential: 'managedidentity'
      ServiceBusConnection__clientId: identityClientId
      AZURE_CLIENT_ID: identityClientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: appInsightsConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
      TaskHub: taskHub
      Weft__Records__TableServiceUri: records.properties.primaryEndpoints.table
      Weft__Vault__Uri: vaultUri
      WEFT_START_QUEUE: startQueue
      WEFT_SESSION_QUEUE: sessionQueue
      Weft__Queue__Completed: completedQueue
      OPENAI_API_KEY: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/openai-api-key)'
      ANTHROPIC_API_KEY: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/anthropic-api-key)'
      COMPOSIO_API_KEY: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/composio-api-key)'
      AZURE_OPENAI_ENDPOINT: azureOpenAiEndpoint
      AZURE_OPENAI_API_KEY: empty(azureOpenAiEndpoint) ? '' : '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/azure-openai-api-key)'
    }, durableSettings)
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'weft'
  scope: app
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'FunctionAppLogs', enabled: true }
    ]
    metrics: [
      { category: 'AllMetrics', enabled: true }
    ]
  }
}

output name string = app.name
output url string = 'https://${app.properties.defaultHostName}/api/v1'
