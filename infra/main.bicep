// Everything that Weft needs on Azure: one resource group, one identity, no keys.
// Deploy with azd (azure.yaml), or: az deployment sub create -l LOCATION -f infra/main.bicep -p infra/dev.bicepparam
targetScope = 'subscription'

@minLength(1)
@maxLength(40)
@description('Names the environment, such as dev or prod. Part of the resource group name, and hashed into every other name.')
param environmentName string

@description('The region. It must offer Flex Consumption.')
param location string

@description('Tags for every resource.')
param tags object = {}

@allowed(['azureStorage', 'azureManaged'])
@description('Where orchestrations are kept: a storage account of their own, or the Durable Task Scheduler.')
param durableBackend string = 'azureStorage'

@description('Puts the app into a virtual network, and storage, vault and bus behind private endpoints.')
param vnetEnabled bool = false

@allowed(['Standard_LRS', 'Standard_ZRS'])
@description('How storage is replicated.')
param storageSku string = 'Standard_LRS'

@allowed(['Standard', 'Premium'])
@description('The Service Bus tier. Private endpoints need Premium.')
param serviceBusSku string = 'Standard'

@allowed([512, 2048, 4096])
@description('Memory of one instance in MB.')
param instanceMemoryMB int = 2048

@minValue(1)
@maxValue(1000)
@description('The most instances. It bounds cost, and the load on model providers.')
param maximumInstanceCount int = 40

@minValue(0)
@description('Instances kept warm for orchestrations and activities; 0 scales to nothing.')
param alwaysReadyDurable int = 0

@description('Origins that browsers may call the API from; none by default.')
param allowedOrigins array = []

@description('Protects deleted secrets from being purged. It cannot be taken back: leave it off in throw-away environments.')
param purgeProtection bool = true

@description('Days that logs are kept.')
param logRetentionDays int = 30

@description('GB of logs a day, after which ingestion stops; -1: no cap.')
param logDailyCapGb int = -1

@description('Where alerts are mailed; empty: alerts fire without mail.')
param alertEmail string = ''

@description('USD a day of model cost at which an alert fires.')
param dailyModelBudgetUsd int = 500

@description('USD a month of Azure cost for the resource group at which the budget alerts; 0: no budget.')
param monthlyAzureBudgetUsd int = 0

@description('The first day of the month from which the Azure budget counts, as yyyy-MM-01.')
param budgetStartDate string = '2026-12-01'

@description('Sends a message to the queue weft-completed when an execution ends.')
param publishCompletions bool = false

@description('The object id of a person or pipeline that may read and write data, for debugging; empty: nobody but the app.')
param deployerId string = ''

@allowed(['User', 'ServicePrincipal'])
@description('What that id is: a person, or a pipeline.')
param deployerType string = 'User'

@secure()
@description('The OpenAI key. Kept in the vault; leave empty to set it there by hand later.')
param openAiApiKey string = ''

@secure()
@description('The Anthropic key, likewise.')
param anthropicApiKey string = ''

@secure()
@description('The Composio key, likewise.')
param composioApiKey string = ''

@description('The endpoint of an Azure OpenAI resource; empty: none. Its key is the secret azure-openai-api-key.')
param azureOpenAiEndpoint string = ''

var abbreviations = loadJsonContent('abbreviations.json')
var token = take(toLower(uniqueString(subscription().id, environmentName, location)), 10)
var allTags = union(tags, { 'azd-env-name': environmentName })
var packageContainer = 'app-package'
var startQueue = 'weft-start'
var sessionQueue = 'weft-start-sessions'
var completedQueue = 'weft-completed'
var usesStorage = durableBackend == 'azureStorage'
var usesScheduler = durableBackend == 'azureManaged'

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: '${abbreviations.resourceGroup}weft-${environmentName}'
  location: location
  tags: allTags
}

module identity 'modules/identity.bicep' = {
  scope: group
  name: 'identity'
  params: {
    name: '${abbreviations.identity}${token}'
    location: location
    tags: allTags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  name: 'monitoring'
  params: {
    workspaceName: '${abbreviations.logAnalytics}${token}'
    componentName: '${abbreviations.appInsights}${token}'
    location: location
    tags: allTags
    retentionDays: logRetentionDays
    dailyCapGb: logDailyCapGb
  }
}

module network 'modules/network.bicep' = if (vnetEnabled) {
  scope: group
  name: 'network'
  params: {
    name: '${abbreviations.network}${token}'
    location: location
    tags: allTags
  }
}

// The app's own account: the package, the host's leases, Weft's records.
module storage 'modules/storage.bicep' = {
  scope: group
  name: 'storage'
  params: {
    name: '${abbreviations.storage}${token}'
    location: location
    tags: allTags
    sku: storageSku
    containers: [packageContainer]
    publicAccess: !vnetEnabled
    workspaceId: monitoring.outputs.workspaceId
  }
}

// Orchestrations poll queues and rewrite tables without rest: an account of their own keeps them from throttling the records.
module durableStorage 'modules/storage.bicep' = if (usesStorage) {
  scope: group
  name: 'durable-storage'
  params: {
    name: '${abbreviations.storage}d${token}'
    location: location
    tags: allTags
    sku: storageSku
    containers: []
    publicAccess: !vnetEnabled
    workspaceId: monitoring.outputs.workspaceId
  }
}

module scheduler 'modules/scheduler.bicep' = if (usesScheduler) {
  scope: group
  name: 'scheduler'
  params: {
    name: '${abbreviations.scheduler}${token}'
    location: location
    tags: allTags
  }
}

module vault 'modules/keyvault.bicep' = {
  scope: group
  name: 'vault'
  params: {
    name: '${abbreviations.keyVault}${token}'
    location: location
    tags: allTags
    purgeProtection: purgeProtection
    publicAccess: !vnetEnabled
    workspaceId: monitoring.outputs.workspaceId
    openAiApiKey: openAiApiKey
    anthropicApiKey: anthropicApiKey
    composioApiKey: composioApiKey
  }
}

module bus 'modules/servicebus.bicep' = {
  scope: group
  name: 'bus'
  params: {
    name: '${abbreviations.serviceBus}${token}'
    location: location
    tags: allTags
    sku: serviceBusSku
    queueNames: [startQueue, completedQueue]
    sessionQueueNames: [sessionQueue]
    publicAccess: !vnetEnabled
    workspaceId: monitoring.outputs.workspaceId
  }
}

module grants 'modules/rbac.bicep' = {
  scope: group
  name: 'grants'
  params: {
    principalId: identity.outputs.principalId
    deployerId: deployerId
    deployerType: deployerType
    storageNames: usesStorage ? [storage.outputs.name, durableStorage.outputs.name] : [storage.outputs.name]
    vaultName: vault.outputs.name
    serviceBusName: bus.outputs.name
    appInsightsName: monitoring.outputs.componentName
    schedulerName: usesScheduler ? scheduler.outputs.name : ''
  }
}

module endpoints 'modules/endpoints.bicep' = if (vnetEnabled) {
  scope: group
  name: 'endpoints'
  params: {
    location: location
    tags: allTags
    networkId: network.outputs.networkId
    subnetId: network.outputs.endpointSubnetId
    storageIds: usesStorage ? [storage.outputs.id, durableStorage.outputs.id] : [storage.outputs.id]
    vaultId: vault.outputs.id
    serviceBusId: serviceBusSku == 'Premium' ? bus.outputs.id : ''
  }
}

module app 'modules/functionapp.bicep' = {
  scope: group
  name: 'app'
  params: {
    name: '${abbreviations.functionApp}${token}'
    planName: '${abbreviations.plan}${token}'
    location: location
    tags: allTags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    durableStorageName: usesStorage ? durableStorage.outputs.name : ''
    schedulerEndpoint: usesScheduler ? scheduler.outputs.endpoint : ''
    taskHub: usesScheduler ? scheduler.outputs.taskHub : 'Weft${take(token, 8)}'
    packageContainer: packageContainer
    vaultUri: vault.outputs.uri
    serviceBusNamespace: bus.outputs.fullyQualifiedNamespace
    appInsightsConnectionString: monitoring.outputs.connectionString
    workspaceId: monitoring.outputs.workspaceId
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyDurable: alwaysReadyDurable
    allowedOrigins: allowedOrigins
    subnetId: vnetEnabled ? network.outputs.appSubnetId : ''
    azureOpenAiEndpoint: azureOpenAiEndpoint
    startQueue: startQueue
    sessionQueue: sessionQueue
    completedQueue: publishCompletions ? completedQueue : ''
  }
  // Without its grants, and where it has one its network, the app could not read its package.
  dependsOn: [grants, endpoints]
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  name: 'alerts'
  params: {
    actionGroupName: '${abbreviations.actionGroup}${token}'
    location: location
    tags: allTags
    email: alertEmail
    workspaceId: monitoring.outputs.workspaceId
    componentId: monitoring.outputs.componentId
    serviceBusId: bus.outputs.id
    vaultId: vault.outputs.id
    storageId: storage.outputs.id
    dailyModelBudgetUsd: dailyModelBudgetUsd
    monthlyAzureBudgetUsd: monthlyAzureBudgetUsd
    budgetStartDate: budgetStartDate
  }
}

@description('The base address of the API.')
output WEFT_API_URL string = app.outputs.url

@description('The function app, for func azure functionapp publish.')
output AZURE_FUNCTION_APP_NAME string = app.outputs.name

@description('The resource group.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The region.')
output AZURE_LOCATION string = location

@description('The client id of the identity that the app runs as.')
output AZURE_CLIENT_ID string = identity.outputs.clientId

@description('The vault, for setting keys by hand.')
output AZURE_KEY_VAULT_NAME string = vault.outputs.name

@description('The Service Bus namespace, for senders.')
output AZURE_SERVICE_BUS_NAMESPACE string = bus.outputs.fullyQualifiedNamespace

@description('The queue that starts workflows.')
output WEFT_START_QUEUE string = startQueue

@description('The queue that starts workflows in the order of its sessions.')
output WEFT_SESSION_QUEUE string = sessionQueue

@description('The queue that is told of executions that ended.')
output WEFT_COMPLETED_QUEUE string = completedQueue

@description('Application Insights, for queries and dashboards.')
output AZURE_APP_INSIGHTS_ID string = monitoring.outputs.componentId

@description('The account of the records.')
output AZURE_STORAGE_ACCOUNT_NAME string = storage.outputs.name

@description('The Log Analytics workspace, for queries.')
output AZURE_LOG_ANALYTICS_WORKSPACE_ID string = monitoring.outputs.workspaceId
