@minLength(3)
@maxLength(24)
@description('The vault.')
param name string

@description('The region.')
param location string

@description('Tags.')
param tags object

@description('Whether deleted secrets are protected from purging. It cannot be taken back.')
param purgeProtection bool

@description('Whether it answers on the public endpoint.')
param publicAccess bool

@description('Where its audit log goes.')
param workspaceId string

@description('Names of the secrets to write, which a preview may tell.')
param secretNames array

@secure()
@description('Their values, by the name of the setting that reads them.')
param secrets object

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    // The property may be true or absent; false is refused.
    enablePurgeProtection: purgeProtection ? true : null
    publicNetworkAccess: publicAccess ? 'Enabled' : 'Disabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: publicAccess ? 'Allow' : 'Deny'
    }
  }
}

// A_B__C is kept as a-b-c: names of secrets are letters, digits and hyphens.
resource values 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = [for setting in secretNames: {
  parent: vault
  name: toLower(replace(replace(setting, '__', '-'), '_', '-'))
  properties: { value: secrets[setting] }
}]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'weft'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'AuditEvent', enabled: true }
    ]
    metrics: [
      { category: 'AllMetrics', enabled: true }
    ]
  }
}
