// Every grant of the deployment, in one place. Names are made of scope, principal and role, so that a repeat changes nothing.
@description('The identity that the app runs as.')
param identityName string

@description('Its principal.')
param principalId string

@description('Whether whoever deploys may touch data, too.')
param grantDeployer bool

@description('The person or pipeline that deploys.')
param deployerId string

@description('Whether that is a User or a ServicePrincipal.')
param deployerType string

@description('The storage accounts.')
param storageNames array

@description('The vault.')
param vaultName string

@description('The Service Bus namespace.')
param serviceBusName string

@description('The Application Insights component.')
param appInsightsName string

@description('The Durable Task Scheduler; empty: none.')
param schedulerName string

@description('The Azure OpenAI account; empty: none.')
param openAiName string

// Built-in roles.
var blobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
var queueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var serviceBusDataReceiver = '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0'
var serviceBusDataSender = '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39'
var keyVaultSecretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'
var durableTaskDataContributor = '0ad04412-c4d5-4796-b79c-f76d14c8d402'
var cognitiveServicesOpenAiUser = '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd'

var storageRoles = [blobDataOwner, queueDataContributor, tableDataContributor]

// The identity's grants are named after its resource id, which a preview knows before the identity exists.
var identityKey = resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', identityName)
var count = grantDeployer ? 2 : 1
var keys = [identityKey, deployerId]
var principals = [{ id: principalId, type: 'ServicePrincipal' }, { id: deployerId, type: deployerType }]

module storageGrants 'storage-grants.bicep' = [for storageName in storageNames: {
  name: 'grants-${storageName}'
  params: {
    storageName: storageName
    roleIds: storageRoles
    count: count
    keys: keys
    principals: principals
  }
}]

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' existing = {
  name: vaultName
}

// Officer, not reader: connections' tokens are written by the app.
resource vaultGrants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for i in range(0, count): {
  name: guid(vault.id, keys[i], keyVaultSecretsOfficer)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsOfficer)
    principalId: principals[i].id
    principalType: principals[i].type
  }
}]

resource bus 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = {
  name: serviceBusName
}

resource busReceivers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for i in range(0, count): {
  name: guid(bus.id, keys[i], serviceBusDataReceiver)
  scope: bus
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', serviceBusDataReceiver)
    principalId: principals[i].id
    principalType: principals[i].type
  }
}]

resource busSenders 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for i in range(0, count): {
  name: guid(bus.id, keys[i], serviceBusDataSender)
  scope: bus
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', serviceBusDataSender)
    principalId: principals[i].id
    principalType: principals[i].type
  }
}]

resource component 'Microsoft.Insights/components@2020-02-02' existing = {
  name: appInsightsName
}

resource metricsGrant 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(component.id, identityKey, monitoringMetricsPublisher)
  scope: component
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' existing = if (!empty(schedulerName)) {
  name: empty(schedulerName) ? 'none' : schedulerName
}

resource schedulerGrants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for i in range(0, count): if (!empty(schedulerName)) {
  name: guid(resourceGroup().id, schedulerName, keys[i], durableTaskDataContributor)
  scope: scheduler
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', durableTaskDataContributor)
    principalId: principals[i].id
    principalType: principals[i].type
  }
}]

resource models 'Microsoft.CognitiveServices/accounts@2025-06-01' existing = if (!empty(openAiName)) {
  name: empty(openAiName) ? 'none' : openAiName
}

resource modelGrants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for i in range(0, count): if (!empty(openAiName)) {
  name: guid(resourceGroup().id, openAiName, keys[i], cognitiveServicesOpenAiUser)
  scope: models
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', cognitiveServicesOpenAiUser)
    principalId: principals[i].id
    principalType: principals[i].type
  }
}]
