@description('The name of the identity.')
param name string

@description('The region.')
param location string

@description('Tags.')
param tags object

// It exists before the app, so that its grants have spread when the app first starts.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

output principalId string = identity.properties.principalId
output clientId string = identity.properties.clientId
