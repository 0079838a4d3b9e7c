// Models of Azure OpenAI, called by identity: the account has no key that works.
@minLength(2)
@maxLength(64)
@description('The account, and the subdomain of its endpoint.')
param name string

@description('The region.')
param location string

@description('Tags.')
param tags object

@description('The deployments: name, version, capacity in thousands of tokens a minute; model where it is not the name; sku.')
param deployments array

@description('Whether it answers on the public endpoint.')
param publicAccess bool

@description('Where its log goes.')
param workspaceId string

resource account 'Microsoft.CognitiveServices/accounts@2025-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'OpenAI'
  sku: { name: 'S0' }
  properties: {
    // Signing in by identity needs a subdomain of its own.
    customSubDomainName: name
    disableLocalAuth: true
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    networkAcls: { defaultAction: publicAccess ? 'Allow' : 'Deny' }
  }
}

// One after the other: the account refuses two changes at once.
@batchSize(1)
resource models 'Microsoft.CognitiveServices/accounts/deployments@2025-06-01' = [for deployment in deployments: {
  parent: account
  name: deployment.name
  sku: {
    name: deployment.?sku ?? 'GlobalStandard'
    capacity: deployment.?capacity ?? 10
  }
  properties: {
    model: {
      format: 'OpenAI'
      name: deployment.?model ?? deployment.name
      version: deployment.version
    }
  }
}]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'weft'
  scope: account
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'Audit', enabled: true }
    ]
    metrics: [
      { category: 'AllMetrics', enabled: true }
    ]
  }
}

output endpoint string = account.properties.endpoint
