// What operators look at: docs/operate.md, workbook.
@description('The region.')
param location string

@description('Tags.')
param tags object

@description('The workspace that the workbook queries.')
param workspaceId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, 'weft')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Weft'
    category: 'workbook'
    version: '1.0'
    sourceId: toLower(workspaceId)
    serializedData: replace(loadTextContent('../workbook.json'), '{workspace}', workspaceId)
  }
}
