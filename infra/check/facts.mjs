// What the checks hold the files to.

// The API version of each resource type: one for the whole deployment.
export const apiVersions = {
  'Microsoft.Authorization/roleAssignments': '2022-04-01',
  'Microsoft.Consumption/budgets': '2023-11-01',
  'Microsoft.DurableTask/schedulers': '2025-11-01',
  'Microsoft.DurableTask/schedulers/retentionPolicies': '2025-11-01',
  'Microsoft.DurableTask/schedulers/taskHubs': '2025-11-01',
  'Microsoft.Insights/actionGroups': '2023-01-01',
  'Microsoft.Insights/components': '2020-02-02',
  'Microsoft.Insights/diagnosticSettings': '2021-05-01-preview',
  'Microsoft.Insights/metricAlerts': '2018-03-01',
  'Microsoft.Insights/scheduledQueryRules': '2023-12-01',
  'Microsoft.KeyVault/vaults': '2024-11-01',
  'Microsoft.KeyVault/vaults/secrets': '2024-11-01',
  'Microsoft.ManagedIdentity/userAssignedIdentities': '2024-11-30',
  'Microsoft.Network/privateDnsZones': '2024-06-01',
  'Microsoft.Network/privateDnsZones/virtualNetworkLinks': '2024-06-01',
  'Microsoft.Network/privateEndpoints': '2024-05-01',
  'Microsoft.Network/privateEndpoints/privateDnsZoneGroups': '2024-05-01',
  'Microsoft.Network/virtualNetworks': '2024-05-01',
  'Microsoft.OperationalInsights/workspaces': '2025-07-01',
  'Microsoft.Resources/resourceGroups': '2025-04-01',
  'Microsoft.ServiceBus/namespaces': '2024-01-01',
  'Microsoft.ServiceBus/namespaces/queues': '2024-01-01',
  'Microsoft.Storage/storageAccounts': '2025-06-01',
  'Microsoft.Storage/storageAccounts/blobServices': '2025-06-01',
  'Microsoft.Storage/storageAccounts/blobServices/containers': '2025-06-01',
  'Microsoft.Storage/storageAccounts/tableServices': '2025-06-01',
  'Microsoft.Web/serverfarms': '2025-03-01',
  'Microsoft.Web/sites': '2025-03-01',
  'Microsoft.Web/sites/config': '2025-03-01',
};

// Built-in roles by the variable that holds them: Storage Blob Data Owner, Storage Queue Data Contributor, and so on.
export const roles = {
  blobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
  queueDataContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88',
  tableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
  serviceBusDataReceiver: '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0',
  serviceBusDataSender: '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39',
  keyVaultSecretsOfficer: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
  monitoringMetricsPublisher: '3913510d-42f4-4e42-8a64-420c390055eb',
  durableTaskDataContributor: '0ad04412-c4d5-4796-b79c-f76d14c8d402',
};

// Functions that answer with keys.
export const secretNames = ['listKeys', 'listConnectionStrings', 'listSecrets', 'listAccountSas', 'listServiceSas', 'listAdminKeys', 'listQueryKeys'];

// What Azure allows in the names that main.bicep makes.
export const nameRules = {
  storage: { least: 3, most: 24, signs: /^[a-z0-9]+$/, extra: 'd' },
  keyVault: { least: 3, most: 24, signs: /^[a-z][a-z0-9-]+$/ },
  serviceBus: { least: 6, most: 50, signs: /^[a-z][a-z0-9-]+$/ },
  functionApp: { least: 2, most: 60, signs: /^[a-z0-9-]+$/ },
  plan: { least: 1, most: 60, signs: /^[a-z0-9-]+$/ },
  scheduler: { least: 3, most: 64, signs: /^[a-z0-9-]+$/ },
  identity: { least: 3, most: 128, signs: /^[a-z0-9-]+$/ },
  logAnalytics: { least: 4, most: 63, signs: /^[a-z0-9-]+$/ },
};
