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
param serviceBusName string

@description('The queues whose dead letters are work that nobody does.')
param startQueues array

@description('The vault.')
param vaultName string

@description('The storage accounts.')
param storageNames array

@description('The function app, as its telemetry names it.')
param appName string

@description('Whether the answers of the health address are watched.')
param availabilityTest bool

@description('That address.')
param healthUrl string

@description('USD of model cost a day that raises an alert.')
param dailyModelBudgetUsd int

@description('USD of Azure cost a month for this group; 0: no budget.')
param monthlyAzureBudgetUsd int

@description('The first day from which the budget counts, as yyyy-MM-01.')
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
    description: 'A queue of starts holds dead letters. Runbook: docs/operate.md, dead letters.'
    severity: 2
    enabled: true
    scopes: [resourceId('Microsoft.ServiceBus/namespaces', serviceBusName)]
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
          dimensions: [
            { name: 'EntityName', operator: 'Include', values: startQueues }
          ]
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
    scopes: [resourceId('Microsoft.KeyVault/vaults', vaultName)]
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

// The account of the orchestrations is the busier one.
resource storageThrottling 'Microsoft.Insights/metricAlerts@2018-03-01' = [for storageName in storageNames: {
  name: 'weft-storage-throttling-${storageName}'
  location: 'global'
  tags: tags
  properties: {
    description: 'The storage account ${storageName} answers that it is too busy. Runbook: docs/operate.md, throttled storage.'
    severity: 3
    enabled: true
    scopes: [resourceId('Microsoft.Storage/storageAccounts', storageName)]
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
            {
              name: 'ResponseType'
              operator: 'Include'
              values: ['ClientThrottlingError', 'ClientAccountRequestThrottlingError', 'ServerBusyError', 'ServerTimeoutError']
            }
          ]
        }
      ]
    }
    actions: [
      { actionGroupId: people.id }
    ]
  }
}]

resource healthTest 'Microsoft.Insights/webtests@2022-06-15' = if (availabilityTest) {
  name: 'weft-health'
  location: location
  kind: 'standard'
  tags: union(tags, { 'hidden-link:${componentId}': 'Resource' })
  properties: {
    SyntheticMonitorId: 'weft-health'
    Name: 'weft-health'
    Kind: 'standard'
    Enabled: true
    Frequency: 300
    Timeout: 30
    RetryEnabled: true
    Request: { RequestUrl: healthUrl, HttpVerb: 'GET' }
    ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 7 }
    Locations: [
      { Id: 'emea-nl-ams-azr' }
      { Id: 'emea-gb-db3-azr' }
      { Id: 'us-va-ash-azr' }
      { Id: 'us-ca-sjc-azr' }
      { Id: 'apac-sg-sin-azr' }
    ]
  }
}

resource unavailable 'Microsoft.Insights/metricAlerts@2018-03-01' = if (availabilityTest) {
  name: 'weft-unavailable'
  location: 'global'
  tags: tags
  properties: {
    description: 'GET /health fails from two regions. Runbook: docs/operate.md, app down.'
    severity: 1
    enabled: true
    scopes: [healthTest.id, componentId]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: healthTest.id
      componentId: componentId
      failedLocationCount: 2
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
    query: join([
      'AppMetrics | where Name == "weft.executions.ended"'
      'where tostring(Properties["status"]) == "failed"'
      'summarize value = sum(Sum)'
    ], ' | ')
    operator: 'GreaterThan'
    threshold: 10
    window: 'PT15M'
    frequency: 'PT5M'
  }
  {
    // The level that each instance told last: of several, the worst.
    name: 'weft-stuck-executions'
    description: 'Executions make no progress. Runbook: docs/operate.md, stuck and failed runs.'
    severity: 2
    query: join([
      'AppMetrics | where Name == "weft.executions.stuck"'
      'extend reason = tostring(Properties["reason"])'
      'summarize arg_max(TimeGenerated, Max) by AppRoleInstance, reason'
      'summarize level = max(Max) by reason'
      'summarize value = sum(level)'
    ], ' | ')
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
    frequency: 'PT5M'
  }
  {
    name: 'weft-model-budget'
    description: 'Model calls have cost more today than planned. Runbook: docs/operate.md, budget exceeded.'
    severity: 2
    query: 'AppMetrics | where Name == "weft.model.cost" | where TimeGenerated > startofday(now()) | summarize value = sum(Sum)'
    operator: 'GreaterThan'
    threshold: dailyModelBudgetUsd
    window: 'P1D'
    frequency: 'PT30M'
  }
  {
    // Timers run every minute, so an app that lives is never silent.
    name: 'weft-app-down'
    description: 'The app sends no telemetry. Runbook: docs/operate.md, app down.'
    severity: 1
    query: 'union isfuzzy=true AppMetrics, AppRequests, AppTraces | where AppRoleName =~ "${appName}" | summarize value = count()'
    operator: 'LessThan'
    threshold: 1
    window: 'PT15M'
    frequency: 'PT5M'
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
          operator: alert.operator
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
    // Azure takes no month that has passed for a new budget, and no other start for one that exists: nobody can choose it but the user.
    timePeriod: {
      startDate: empty(budgetStartDate)
        ? fail('A budget needs its first month: azd env set WEFT_BUDGET_START "$(date +%Y-%m-01)", once for this environment')
        : budgetStartDate
    }
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
