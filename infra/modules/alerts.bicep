@description('Whom alerts reach.')
param actionGroupName string

@description('The region of log alerts.')
param location string

@description('Tags.')
param tags object

@description('A mail address; empty: none.')
param email string

@description('The workspace that log alerts query.')
param workspaceId string

@description('Application Insights, for the metric alerts of requests.')
param componentId string

@description('The bus.')
param serviceBusId string

@description('The vault.')
param vaultId string

@description('The account of the records.')
param storageId string

@description('USD of model cost a day that raises an alert.')
param dailyModelBudgetUsd int

@description('USD of Azure cost a month for this group; 0: no budget.')
param monthlyAzureBudgetUsd int

@description('The first day from which the budget counts.')
param budgetStartDate string

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: actionGroupName
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'weft'
    enabled: true
    emailReceivers: empty(email) ? [] : [
      { name: 'operators', emailAddress: email, useCommonAlertSchema: true }
    ]
  }
}

// A message that gave up is work that nobody does: see the runbook on dead letters.
resource deadLetters 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'weft-dead-letters'
  location: 'global'
  tags: tags
  properties: {
    description: 'A queue holds dead letters. Runbook: docs/operate.md, dead letters.'
    severity: 2
    enabled: true
    scopes: [serviceBusId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'dead letters'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'DeadletteredMessages'
          operator: 'GreaterThan'
          threshold: 0
          timeAggregation: 'Average'
        }
      ]
    }
    actions: [
      { actionGroupId: people.id }
    ]
  }
}

resource failedRequests 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'weft-failed-requests'
  location: 'global'
  tags: tags
  properties: {
    description: 'Requests are answered with 5xx. Runbook: docs/operate.md, provider outage.'
    severity: 2
    enabled: true
    scopes: [componentId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'failed'
          metricNamespace: 'microsoft.insights/components'
          metricName: 'requests/failed'
          operator: 'GreaterThan'
          threshold: 10
          timeAggregation: 'Count'
        }
      ]
    }
    actions: [
      { actionGroupId: people.id }
    ]
  }
}

resource latency 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'weft-latency'
  location: 'global'
  tags: tags
  properties: {
    description: 'Requests take long. Runbook: docs/operate.md, provider outage.'
    severity: 3
    enabled: true
    scopes: [componentId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'duration'
          metricNamespace: 'microsoft.insights/components'
          metricName: 'requests/duration'
          operator: 'GreaterThan'
          threshold: 60000
          timeAggregation: 'Average'
        }
      ]
    }
    actions: [
      { actionGroupId: people.id }
    ]
  }
}

resource vaultThrottling 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'weft-vault-throttling'
  location: 'global'
  tags: tags
  properties: {
    description: 'The vault answers 429: secrets are read too often.'
    severity: 3
    enabled: true
    scopes: [vaultId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'throttled'
          metricNamespace: 'Microsoft.KeyVault/vaults'
          metricName: 'ServiceApiResult'
          operator: 'GreaterThan'
          threshold: 10
          timeAggregation: 'Count'
          dimensions: [
            { name: 'StatusCode', operator: 'Include', values: ['429'] }
          ]
        }
      ]
    }
    actions: [
      { actionGroupId: people.id }
    ]
  }
}

resource storageThrottling 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'weft-storage-throttling'
  location: 'global'
  tags: tags
  properties: {
    description: 'The records account answers with throttling errors.'
    severity: 3
    enabled: true
    scopes: [storageId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'throttled'
          metricNamespace: 'Microsoft.Storage/storageAccounts'
          metricName: 'Transactions'
          operator: 'GreaterThan'
          threshold: 50
          timeAggregation: 'Total'
          dimensions: [
            { name: 'ResponseType', operator: 'Include', values: ['ServerBusyError', 'ServerTimeoutError', 'AccountIOPSLimitExceeded'] }
          ]
        }
      ]
    }
    actions: [
      { actionGroupId: people.id }
    ]
  }
}

// Log alerts stand on the metrics that Weft publishes under these names (docs/operate.md lists them).
var logAlerts = [
  {
    name: 'weft-failed-executions'
    description: 'Executions fail. Runbook: docs/operate.md, stuck and failed runs.'
    severity: 2
    query: 'AppMetrics | where Name == "weft.executions.ended" | where tostring(Properties["status"]) == "failed" | summarize value = sum(Sum)'
    threshold: 10
    window: 'PT15M'
    frequency: 'PT5M'
  }
  {
    name: 'weft-model-budget'
    description: 'Model calls have cost more today than planned. Runbook: docs/operate.md, budget exceeded.'
    severity: 2
    query: 'AppMetrics | where Name == "weft.model.cost" | where TimeGenerated > startofday(now()) | summarize value = sum(Sum)'
    threshold: dailyModelBudgetUsd
    window: 'P1D'
    frequency: 'PT30M'
  }
]

resource logRules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for alert in logAlerts: {
  name: alert.name
  location: location
  tags: tags
  properties: {
    description: alert.description
    severity: alert.severity
    enabled: true
    scopes: [workspaceId]
    autoMitigate: true
    // The tables come with the first telemetry.
    skipQueryValidation: true
    evaluationFrequency: alert.frequency
    windowSize: alert.window
    criteria: {
      allOf: [
        {
          query: alert.query
          timeAggregation: 'Maximum'
          metricMeasureColumn: 'value'
          operator: 'GreaterThan'
          threshold: alert.threshold
        }
      ]
    }
    actions: { actionGroups: [people.id] }
  }
}]

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = if (monthlyAzureBudgetUsd > 0) {
  name: 'weft'
  properties: {
    category: 'Cost'
    amount: monthlyAzureBudgetUsd
    timeGrain: 'Monthly'
    timePeriod: { startDate: budgetStartDate }
    notifications: {
      forecast: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: []
        contactGroups: [people.id]
      }
    }
  }
}
