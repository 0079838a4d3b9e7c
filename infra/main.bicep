// Everything that Weft needs on Azure: one resource group, one identity, no keys.
// Deploy with azd (azure.yaml), or: az deployment sub create -n weft -l LOCATION -p infra/main.bicepparam
// main.bicepparam says what an environment differs in; every value is a variable there.
targetScope = 'subscription'

@minLength(1)
@maxLength(40)
@description('Names the environment, such as dev or prod. Part of the resource group name, and hashed into every other name.')
param environmentName string

@metadata({ azd: { type: 'location' } })
@description('The region. It must offer Flex Consumption: az functionapp list-flexconsumption-locations -o table')
param location string

@description('Tags for every resource.')
param tags object = {}

@allowed(['azureStorage', 'azureManaged'])
@description('Where orchestrations are kept: an account of their own, or the Durable Task Scheduler. The package is built for the same.')
param durableBackend string = 'azureStorage'

@description('The region of the Durable Task Scheduler, which is offered in fewer regions; empty: the region of the rest.')
param schedulerLocation string = ''

@allowed(['Consumption', 'Dedicated'])
@description('The plan of the Durable Task Scheduler: paid by action, or by capacity unit.')
param schedulerSku string = 'Consumption'

@minValue(1)
@maxValue(3)
@description('Capacity units of a dedicated Durable Task Scheduler.')
param schedulerCapacity int = 1

@description('Puts the app into a virtual network, and storage, vault, bus and models behind private endpoints.')
param vnetEnabled bool = false

@description('Gives calls that leave the virtual network one address of their own, by a NAT gateway.')
param natGateway bool = vnetEnabled

@description('Spreads the plan and storage over zones. The region must have them.')
param zoneRedundant bool = false

@allowed(['Standard', 'Premium'])
@description('The Service Bus tier. A virtual network needs Premium.')
param serviceBusSku string = vnetEnabled ? 'Premium' : 'Standard'

@allowed([512, 2048, 4096])
@description('Memory of one instance in MB.')
param instanceMemoryMB int = 2048

@minValue(1)
@maxValue(1000)
@description('The most instances. It bounds cost, and the load on model providers.')
param maximumInstanceCount int = 40

@minValue(0)
@description('Instances kept warm for orchestrations and activities; 0 scales to nothing. A zone-redundant plan wants at least 2.')
param alwaysReadyDurable int = 0

@description('Origins that browsers may call the API from; none by default.')
param allowedOrigins array = []

@description('Protects deleted secrets from being purged. It cannot be taken back: leave it off in throw-away environments.')
param purgeProtection bool = true

@minValue(30)
@maxValue(730)
@description('Days that logs are kept.')
param logRetentionDays int = 30

@description('GB of logs a day, after which ingestion stops; -1: no cap.')
param logDailyCapGb int = -1

@description('Where alerts are mailed; empty: alerts fire without mail.')
param alertEmail string = ''

@description('USD a day of model cost at which an alert fires.')
param dailyModelBudgetUsd int = 500

@minValue(0)
@description('USD a month of Azure cost for the resource group at which the budget alerts; 0: no budget.')
param monthlyAzureBudgetUsd int = 0

@description('The first day from which the budget counts, as yyyy-MM-01: a month that has not passed, and never changed after.')
param budgetStartDate string = ''

@description('Calls GET /health from five regions every five minutes, and alerts when it does not answer.')
param availabilityTest bool = false

@description('Sends a message to the queue weft-completed when an execution ends.')
param publishCompletions bool = false

@description('Further queues for the reply_to of starts, besides weft-completed.')
param replyQueues array = []

@description('Lets whoever deploys read and write data: set keys, look at records, send to queues.')
param grantDeployer bool = false

@description('Who deploys: the object id of a person or a pipeline.')
param deployerId string = deployer().objectId

@allowed(['User', 'ServicePrincipal', 'Group'])
@description('What that id is.')
param deployerType string = 'User'

@description('Further settings of the app, by name: {"Weft__Retention__Days": "90"}. They go over those of this template.')
param extraSettings object = {}

@description('Further settings whose values lie in the vault, by name. The secret of A_B__C is called a-b-c.')
param secretSettings array = []

@description('The settings whose secrets are written into the vault now; the others stay as they are.')
param secretNames array = []

@secure()
@description('Their values: {"OPENAI_API_KEY": "…"}.')
param secrets object = {}

@description('The endpoint of an Azure OpenAI resource that exists; empty: none. Without a key in the vault the app signs in as itself.')
param azureOpenAiEndpoint string = ''

@description('Deployments of an Azure OpenAI account to create, such as {"name": "gpt-4o", "version": "2024-11-20"}. None: no account.')
param azureOpenAiModels array = []

@description('The region of that account, which need not have all models; empty: the region of the rest.')
param azureOpenAiLocation string = ''

var abbreviations = loadJsonContent('abbreviations.json')
var token = take(toLower(uniqueString(subscription().id, environmentName, location)), 10)
var allTags = union(tags, { 'azd-env-name': environmentName })
var usesStorage = durableBackend == 'azureStorage'
var usesScheduler = durableBackend == 'azureManaged'
var createsModels = !empty(azureOpenAiModels)

// Known before anything is deployed, so that a preview can tell what each module would change.
var groupName = '${abbreviations.resourceGroup}weft-${environmentName}'
var identityName = '${abbreviations.identity}${token}'
var workspaceName = '${abbreviations.logAnalytics}${token}'
var componentName = '${abbreviations.appInsights}${token}'
var networkName = '${abbreviations.network}${token}'
var storageName = '${abbreviations.storage}${token}'
var durableStorageName = '${abbreviations.storage}d${token}'
var schedulerName = '${abbreviations.scheduler}${token}'
var vaultName = '${abbreviations.keyVault}${token}'
var busName = '${abbreviations.serviceBus}${token}'
var modelsName = '${abbreviations.openAi}${token}'
var appName = '${abbreviations.functionApp}${token}'
var storageNames = usesStorage ? [storageName, durableStorageName] : [storageName]
var storageSku = zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS'
var packageContainer = 'app-package'
var startQueue = 'weft-start'
var sessionQueue = 'weft-start-sessions'
var completedQueue = 'weft-completed'

// The Standard tier has no private endpoints: it would stay on the public network without a word.
var busSku = vnetEnabled && serviceBusSku != 'Premium'
  ? fail('A virtual network needs Service Bus Premium: set WEFT_SERVICE_BUS_SKU=Premium, or WEFT_VNET=false')
  : serviceBusSku

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: groupName
  location: location
  tags: allTags
}

module identity 'modules/identity.bicep' = {
  scope: group
  name: 'identity'
  params: {
    name: identityName
    location: location
    tags: allTags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  name: 'monitoring'
  params: {
    workspaceName: workspaceName
    componentName: componentName
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
    name: networkName
    location: location
    tags: allTags
    natGatewayName: natGateway ? '${abbreviations.natGateway}${token}' : ''
  }
}

// The app's own account: the package, the host's leases, Weft's records.
module storage 'modules/storage.bicep' = {
  scope: group
  name: 'storage'
  params: {
    name: storageName
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
    name: durableStorageName
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
    name: schedulerName
    location: empty(schedulerLocation) ? location : schedulerLocation
    tags: allTags
    sku: schedulerSku
    capacity: schedulerCapacity
    zoneRedundant: zoneRedundant
  }
}

module vault 'modules/keyvault.bicep' = {
  scope: group
  name: 'vault'
  params: {
    name: vaultName
    location: location
    tags: allTags
    purgeProtection: purgeProtection
    publicAccess: !vnetEnabled
    workspaceId: monitoring.outputs.workspaceId
    secretNames: secretNames
    secrets: secrets
  }
}

module bus 'modules/servicebus.bicep' = {
  scope: group
  name: 'bus'
  params: {
    name: busName
    location: location
    tags: allTags
    sku: busSku
    startQueues: [
      { name: startQueue, sessions: false }
      { name: sessionQueue, sessions: true }
    ]
    replyQueues: union([completedQueue], replyQueues)
    publicAccess: !vnetEnabled
    workspaceId: monitoring.outputs.workspaceId
  }
}

module models 'modules/openai.bicep' = if (createsModels) {
  scope: group
  name: 'models'
  params: {
    name: modelsName
    location: empty(azureOpenAiLocation) ? location : azureOpenAiLocation
    tags: allTags
    deployments: azureOpenAiModels
    publicAccess: !vnetEnabled
    workspaceId: monitoring.outputs.workspaceId
  }
}

module grants 'modules/rbac.bicep' = {
  scope: group
  name: 'grants'
  params: {
    identityName: identityName
    principalId: identity.outputs.principalId
    grantDeployer: grantDeployer
    deployerId: deployerId
    deployerType: deployerType
    storageNames: storageNames
    vaultName: vaultName
    serviceBusName: busName
    appInsightsName: componentName
    schedulerName: usesScheduler ? schedulerName : ''
    openAiName: createsModels ? modelsName : ''
  }
  dependsOn: [storage, durableStorage, vault, bus, scheduler, models, monitoring]
}

module endpoints 'modules/endpoints.bicep' = if (vnetEnabled) {
  scope: group
  name: 'endpoints'
  params: {
    location: location
    tags: allTags
    networkName: networkName
    storageNames: storageNames
    vaultName: vaultName
    serviceBusName: busName
    openAiName: createsModels ? modelsName : ''
  }
  dependsOn: [network, storage, durableStorage, vault, bus, models]
}

module app 'modules/functionapp.bicep' = {
  scope: group
  name: 'app'
  params: {
    name: appName
    planName: '${abbreviations.plan}${token}'
    location: location
    tags: allTags
    identityName: identityName
    identityClientId: identity.outputs.clientId
    storageName: storageName
    usesScheduler: usesScheduler
    durableStorageName: durableStorageName
    schedulerEndpoint: usesScheduler ? scheduler!.outputs.endpoint : ''
    taskHub: usesScheduler ? scheduler!.outputs.taskHub : 'Weft${take(token, 8)}'
    packageContainer: packageContainer
    vaultName: vaultName
    serviceBusNamespace: bus.outputs.fullyQualifiedNamespace
    appInsightsConnectionString: monitoring.outputs.connectionString
    workspaceId: monitoring.outputs.workspaceId
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyDurable: alwaysReadyDurable
    zoneRedundant: zoneRedundant
    allowedOrigins: allowedOrigins
    networkName: vnetEnabled ? networkName : ''
    azureOpenAiEndpoint: createsModels ? models!.outputs.endpoint : azureOpenAiEndpoint
    startQueue: startQueue
    sessionQueue: sessionQueue
    completedQueue: publishCompletions ? completedQueue : ''
    secretSettings: secretSettings
    extraSettings: extraSettings
  }
  // Without its grants, and where it has one its network, the app could not read its package.
  dependsOn: [grants, network, endpoints]
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
    serviceBusName: busName
    startQueues: [startQueue, sessionQueue]
    vaultName: vaultName
    storageNames: storageNames
    appName: appName
    availabilityTest: availabilityTest
    healthUrl: '${app.outputs.url}/health'
    dailyModelBudgetUsd: dailyModelBudgetUsd
    monthlyAzureBudgetUsd: monthlyAzureBudgetUsd
    budgetStartDate: budgetStartDate
  }
  dependsOn: [vault, storage, durableStorage]
}

module workbook 'modules/workbook.bicep' = {
  scope: group
  name: 'workbook'
  params: {
    location: location
    tags: allTags
    workspaceId: monitoring.outputs.workspaceId
  }
}

@description('The base address of the API.')
output WEFT_API_URL string = app.outputs.url

@description('The function app.')
output AZURE_FUNCTION_APP_NAME string = app.outputs.name

@description('The resource group.')
output AZURE_RESOURCE_GROUP string = groupName

@description('The region.')
output AZURE_LOCATION string = location

@description('The tenant.')
output AZURE_TENANT_ID string = tenant().tenantId

@description('The client id of the identity that the app runs as.')
output WEFT_IDENTITY_CLIENT_ID string = identity.outputs.clientId

@description('The vault, for setting keys.')
output AZURE_KEY_VAULT_NAME string = vaultName

@description('The Service Bus namespace, for senders.')
output AZURE_SERVICE_BUS_NAMESPACE string = bus.outputs.fullyQualifiedNamespace

@description('The queue that starts workflows.')
output WEFT_START_QUEUE string = startQueue

@description('The queue that starts workflows in the order of its sessions.')
output WEFT_SESSION_QUEUE string = sessionQueue

@description('The queue that is told of executions that ended.')
output WEFT_COMPLETED_QUEUE string = completedQueue

@description('Application Insights, for queries and the workbook.')
output AZURE_APP_INSIGHTS_ID string = monitoring.outputs.componentId

@description('The account of the records.')
output AZURE_STORAGE_ACCOUNT_NAME string = storageName

@description('The Log Analytics workspace, for queries.')
output AZURE_LOG_ANALYTICS_WORKSPACE_ID string = monitoring.outputs.workspaceId

@description('The endpoint of the Azure OpenAI account that the app calls; empty: none.')
output WEFT_OPENAI_ENDPOINT string = createsModels ? models!.outputs.endpoint : azureOpenAiEndpoint
