// Private endpoints with their DNS zones: blob, queue and table of each account, the vault, the bus and the models.
@description('The region.')
param location string

@description('Tags.')
param tags object

@description('The virtual network that resolves the names, with its subnet of endpoints.')
param networkName string

@description('The storage accounts.')
param storageNames array

@description('The vault.')
param vaultName string

@description('The bus.')
param serviceBusName string

@description('The Azure OpenAI account; empty: none.')
param openAiName string

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' existing = {
  name: networkName
}

var services = ['blob', 'queue', 'table']
var storageTargets = [for i in range(0, length(storageNames) * 3): {
  name: '${storageNames[i / 3]}-${services[i % 3]}'
  id: resourceId('Microsoft.Storage/storageAccounts', storageNames[i / 3])
  group: services[i % 3]
}]
var otherTargets = [
  { name: vaultName, id: resourceId('Microsoft.KeyVault/vaults', vaultName), group: 'vault' }
  { name: serviceBusName, id: resourceId('Microsoft.ServiceBus/namespaces', serviceBusName), group: 'namespace' }
]
var modelTargets = empty(openAiName) ? [] : [
  { name: openAiName, id: resourceId('Microsoft.CognitiveServices/accounts', openAiName), group: 'account' }
]
var targets = concat(storageTargets, otherTargets, modelTargets)

// The names depend on the cloud, which a preview knows too late to count by them: the groups are what is counted.
var groups = concat(['blob', 'queue', 'table', 'vault', 'namespace'], empty(openAiName) ? [] : ['account'])
var zoneNames = {
  blob: 'privatelink.blob.${environment().suffixes.storage}'
  queue: 'privatelink.queue.${environment().suffixes.storage}'
  table: 'privatelink.table.${environment().suffixes.storage}'
  vault: 'privatelink.vaultcore.azure.net'
  namespace: 'privatelink.servicebus.windows.net'
  account: 'privatelink.openai.azure.com'
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [for group in groups: {
  name: zoneNames[group]
  location: 'global'
  tags: tags
}]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [for (group, i) in groups: {
  parent: zones[i]
  name: 'weft'
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: { id: network.id }
  }
}]

resource endpoints 'Microsoft.Network/privateEndpoints@2024-05-01' = [for target in targets: {
  name: 'pe-${target.name}'
  location: location
  tags: tags
  properties: {
    subnet: { id: '${network.id}/subnets/endpoints' }
    privateLinkServiceConnections: [
      { name: target.group, properties: { privateLinkServiceId: target.id, groupIds: [target.group] } }
    ]
  }
}]

resource records 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [for (target, i) in targets: {
  parent: endpoints[i]
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      { name: target.group, properties: { privateDnsZoneId: resourceId('Microsoft.Network/privateDnsZones', zoneNames[target.group]) } }
    ]
  }
  dependsOn: [zones]
}]
