// Private endpoints with their DNS zones: blob, queue and table of each account, the vault, and the bus where its tier has them.
@description('The region.')
param location string

@description('Tags.')
param tags object

@description('The virtual network that resolves the names.')
param networkId string

@description('The subnet of the endpoints.')
param subnetId string

@description('The storage accounts.')
param storageIds array

@description('The vault.')
param vaultId string

@description('The bus; empty: it has no private endpoint.')
param serviceBusId string

var storageServices = ['blob', 'queue', 'table']
var zoneNames = [
  'privatelink.blob.${environment().suffixes.storage}'
  'privatelink.queue.${environment().suffixes.storage}'
  'privatelink.table.${environment().suffixes.storage}'
  'privatelink.vaultcore.azure.net'
  'privatelink.servicebus.windows.net'
]

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [for zone in zoneNames: {
  name: zone
  location: 'global'
  tags: tags
}]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [for (zone, i) in zoneNames: {
  parent: zones[i]
  name: 'weft'
  location: 'global'
  properties: {
    registrationEnabled: false
    virtualNetwork: { id: networkId }
  }
}]

resource storageEndpoints 'Microsoft.Network/privateEndpoints@2024-05-01' = [for i in range(0, length(storageIds) * 3): {
  name: 'pe-${last(split(storageIds[i / 3], '/'))}-${storageServices[i % 3]}'
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      {
        name: storageServices[i % 3]
        properties: {
          privateLinkServiceId: storageIds[i / 3]
          groupIds: [storageServices[i % 3]]
        }
      }
    ]
  }
}]

resource storageZones 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [for i in range(0, length(storageIds) * 3): {
  parent: storageEndpoints[i]
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      { name: storageServices[i % 3], properties: { privateDnsZoneId: zones[i % 3].id } }
    ]
  }
}]

resource vaultEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: 'pe-${last(split(vaultId, '/'))}'
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      { name: 'vault', properties: { privateLinkServiceId: vaultId, groupIds: ['vault'] } }
    ]
  }
}

resource vaultZone 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = {
  parent: vaultEndpoint
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      { name: 'vault', properties: { privateDnsZoneId: zones[3].id } }
    ]
  }
}

resource busEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = if (!empty(serviceBusId)) {
  name: 'pe-bus'
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      { name: 'namespace', properties: { privateLinkServiceId: serviceBusId, groupIds: ['namespace'] } }
    ]
  }
}

resource busZone 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = if (!empty(serviceBusId)) {
  parent: busEndpoint
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      { name: 'namespace', properties: { privateDnsZoneId: zones[4].id } }
    ]
  }
}
