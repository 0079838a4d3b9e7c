@maxLength(60)
@description('The function app.')
param name string

@description('Its plan.')
param planName string

@description('The region.')
param location string

@description('Tags.')
param tags object

@description('The identity it runs as.')
param identityName string

@description('Its client id.')
param identityClientId string

@description('The account of the package, the host and the records.')
param storageName string

@description('Whether the Durable Task Scheduler keeps the orchestrations, or an account of their own.')
param usesScheduler bool

@description('That account.')
param durableStorageName string

@description('The endpoint of the scheduler.')
param schedulerEndpoint string

@description('The task hub: letters and digits.')
param taskHub string

@description('The container that the package is deployed to.')
param packageContainer string

@description('The vault.')
param vaultName string

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

@description('Whether the plan is spread over zones.')
param zoneRedundant bool

@description('Origins that browsers may call the API from.')
param allowedOrigins array

@description('The virtual network with a subnet for outbound traffic; empty: none.')
param networkName string

@description('The endpoint of an Azure OpenAI account; empty: none.')
param azureOpenAiEndpoint string

@description('The queue whose messages start workflows.')
param startQueue string

@description('The queue that does so in the order of its sessions.')
param sessionQueue string

@description('The queue that is told of every execution that ended; empty: only those that a start names.')
param completedQueue string

@description('Further settings whose values lie in the vault.')
param secretSettings array

@description('Further settings, which go over those of this file.')
param extraSettings object

var identityId = resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', identityName)
var subnetId = empty(networkName) ? null : resourceId('Microsoft.Network/virtualNetworks/subnets', networkName, 'app')
var storageSuffix = environment().suffixes.storage
var vaultUri = 'https://${vaultName}${environment().suffixes.keyvaultDns}/'
var recordsUri = 'https://${storageName}.table.${storageSuffix}/'

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

// host.json names these connections: the platform scales by that file, and would not see it overridden by a setting.
var durableSettings = usesScheduler ? {
  DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${identityClientId}'
} : {
  DurableStorage__credential: 'managedidentity'
  DurableStorage__clientId: identityClientId
  DurableStorage__blobServiceUri: 'https://${durableStorageName}.blob.${storageSuffix}/'
  DurableStorage__queueServiceUri: 'https://${durableStorageName}.queue.${storageSuffix}/'
  DurableStorage__tableServiceUri: 'https://${durableStorageName}.table.${storageSuffix}/'
}

// Those that have no secret in the vault are nothing to the app, so each provider is one secret away.
var vaultSettings = union([
  'OPENAI_API_KEY'
  'ANTHROPIC_API_KEY'
  'AZURE_OPENAI_API_KEY'
  'GEMINI_API_KEY'
  'GROQ_API_KEY'
  'MISTRAL_API_KEY'
  'DEEPSEEK_API_KEY'
  'XAI_API_KEY'
  'OPENROUTER_API_KEY'
  'COMPOSIO_API_KEY'
  'COMPOSIO_WEBHOOK_SECRET'
], secretSettings)
var vaultReferences = toObject(
  vaultSettings,
  setting => setting,
  setting => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${toLower(replace(replace(setting, '__', '-'), '_', '-'))})'
)

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
    virtualNetworkSubnetId: subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      cors: { allowedOrigins: allowedOrigins }
    }
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: 'https://${storageName}.blob.${storageSuffix}/${packageContainer}'
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

  // Publishing is by identity; a password would go around it.
  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  // The whole list of settings: each deployment replaces it, so further ones come in by parameter.
  resource settings 'config' = {
    name: 'appsettings'
    properties: union({
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      AzureWebJobsStorage__blobServiceUri: 'https://${storageName}.blob.${storageSuffix}/'
      AzureWebJobsStorage__queueServiceUri: 'https://${storageName}.queue.${storageSuffix}/'
      AzureWebJobsStorage__tableServiceUri: recordsUri
      ServiceBusConnection__fullyQualifiedNamespace: serviceBusNamespace
      ServiceBusConnection__credential: 'managedidentity'
      ServiceBusConnection__clientId: identityClientId
      AZURE_CLIENT_ID: identityClientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: appInsightsConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
      TaskHub: taskHub
      Weft__Records__TableServiceUri: recordsUri
      Weft__Vault__Uri: vaultUri
      WEFT_START_QUEUE: startQueue
      WEFT_SESSION_QUEUE: sessionQueue
      Weft__Queue__Completed: completedQueue
      AZURE_OPENAI_ENDPOINT: azureOpenAiEndpoint
    }, vaultReferences, durableSettings, extraSettings)
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
