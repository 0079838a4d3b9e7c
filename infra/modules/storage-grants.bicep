// The same roles for the same principals on one account. A loop cannot range over two lists at once, so they are multiplied here.
@description('The account.')
param storageName string

@description('The roles.')
param roleIds array

@description('How many of the principals get them.')
param count int

@description('What names the grants of each.')
param keys array

@description('Who gets them: id and type.')
param principals array

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageName
}

resource grants 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for i in range(0, length(roleIds) * count): {
  name: guid(account.id, keys[i % count], roleIds[i / count])
  scope: account
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[i / count])
    principalId: principals[i % count].id
    principalType: principals[i % count].type
  }
}]
