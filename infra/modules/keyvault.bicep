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

@secure()
@description('The OpenAI key; empty: not set here.')
param openAiApiKey string

@secure()
@description('The Anthropic key; empty: not set here.')
param anthropicApiKey string

@secure()
@description('The Composio key; empty: not set here.')
param composioApiKey string

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

resource openAi 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(openAiApiKey)) {
  parent: vault
  name: 'openai-api-key'
  properties: { value: openAiApiKey }
}

resource anthropic 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(anthropicApiKey)) {
  parent: vault
  name: 'anthropic-api-key'
  properties: { value: anthropicApiKey }
}

resource composio 'Microsoft.KeyVault/vaults/secrets@2024-11-01' = if (!empty(composioApiKey)) {
  parent: vault
  name: 'composio-api-key'
  properties: { value: composioApiKey }
}

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

output id string = vault.id
output name string = vault.name
output uri string = vault.properties.vaultUri
