// The app's subnet, that of the private endpoints, and the way out.
@description('The virtual network.')
param name string

@description('The region.')
param location string

@description('Tags.')
param tags object

@description('The gateway whose address outbound calls carry; empty: none.')
param natGatewayName string

resource address 'Microsoft.Network/publicIPAddresses@2024-05-01' = if (!empty(natGatewayName)) {
  name: '${natGatewayName}-ip'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource gateway 'Microsoft.Network/natGateways@2024-05-01' = if (!empty(natGatewayName)) {
  name: empty(natGatewayName) ? 'none' : natGatewayName
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: {
    publicIpAddresses: [{ id: address.id }]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/16'] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: '10.20.1.0/24'
          natGateway: empty(natGatewayName) ? null : { id: gateway.id }
          // Flex Consumption asks for this delegation, and the subscription for the provider Microsoft.App.
          delegations: [
            { name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: '10.20.2.0/24'
          defaultOutboundAccess: false
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }
}
