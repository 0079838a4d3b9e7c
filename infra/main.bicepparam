// What an environment differs in, for azd and az alike. Each value is a variable: azd env set NAME VALUE, or export NAME=VALUE.
// WEFT_PROFILE chooses the defaults: dev, or prod.
using 'main.bicep'

import { either, list, member } from 'defaults.bicep'

var prod = readEnvironmentVariable('WEFT_PROFILE', '') == 'prod'
var network = bool(either(readEnvironmentVariable('WEFT_VNET', ''), string(prod)))
var zones = bool(either(readEnvironmentVariable('WEFT_ZONE_REDUNDANT', ''), string(prod)))

// Only those that are set now are written; the others keep their value in the vault.
var written = union(
  member('OPENAI_API_KEY', readEnvironmentVariable('OPENAI_API_KEY', '')),
  member('ANTHROPIC_API_KEY', readEnvironmentVariable('ANTHROPIC_API_KEY', '')),
  member('COMPOSIO_API_KEY', readEnvironmentVariable('COMPOSIO_API_KEY', '')),
  member('COMPOSIO_WEBHOOK_SECRET', readEnvironmentVariable('COMPOSIO_WEBHOOK_SECRET', '')),
  json(either(readEnvironmentVariable('WEFT_SECRETS', ''), '{}'))
)

param environmentName = either(readEnvironmentVariable('AZURE_ENV_NAME', ''), prod ? 'prod' : 'dev')
param location = either(readEnvironmentVariable('AZURE_LOCATION', ''), 'westeurope')
param tags = json(either(readEnvironmentVariable('WEFT_TAGS', ''), '{}'))

param durableBackend = any(either(readEnvironmentVariable('WEFT_DURABLE_BACKEND', ''), 'azureStorage'))
param schedulerLocation = readEnvironmentVariable('WEFT_SCHEDULER_LOCATION', '')
param schedulerSku = any(either(readEnvironmentVariable('WEFT_SCHEDULER_SKU', ''), 'Consumption'))
param schedulerCapacity = int(either(readEnvironmentVariable('WEFT_SCHEDULER_CAPACITY', ''), '1'))

param vnetEnabled = network
param natGateway = bool(either(readEnvironmentVariable('WEFT_NAT_GATEWAY', ''), string(network)))
param zoneRedundant = zones
param serviceBusSku = any(either(readEnvironmentVariable('WEFT_SERVICE_BUS_SKU', ''), network ? 'Premium' : 'Standard'))

param instanceMemoryMB = any(int(either(readEnvironmentVariable('WEFT_INSTANCE_MEMORY_MB', ''), '2048')))
param maximumInstanceCount = int(either(readEnvironmentVariable('WEFT_MAXIMUM_INSTANCES', ''), prod ? '100' : '40'))
param alwaysReadyDurable = int(either(readEnvironmentVariable('WEFT_ALWAYS_READY', ''), prod ? (zones ? '2' : '1') : '0'))
param allowedOrigins = list(readEnvironmentVariable('WEFT_ALLOWED_ORIGINS', ''))

param purgeProtection = bool(either(readEnvironmentVariable('WEFT_PURGE_PROTECTION', ''), string(prod)))
param logRetentionDays = int(either(readEnvironmentVariable('WEFT_LOG_RETENTION_DAYS', ''), prod ? '90' : '30'))
param logDailyCapGb = int(either(readEnvironmentVariable('WEFT_LOG_DAILY_CAP_GB', ''), prod ? '-1' : '1'))

param alertEmail = readEnvironmentVariable('WEFT_ALERT_EMAIL', '')
param dailyModelBudgetUsd = int(either(readEnvironmentVariable('WEFT_DAILY_MODEL_BUDGET_USD', ''), prod ? '500' : '20'))
param monthlyAzureBudgetUsd = int(either(readEnvironmentVariable('WEFT_MONTHLY_AZURE_BUDGET_USD', ''), '0'))
param budgetStartDate = readEnvironmentVariable('WEFT_BUDGET_START', '')
param availabilityTest = bool(either(readEnvironmentVariable('WEFT_AVAILABILITY_TEST', ''), string(prod)))

param publishCompletions = bool(either(readEnvironmentVariable('WEFT_PUBLISH_COMPLETIONS', ''), string(prod)))
param replyQueues = list(readEnvironmentVariable('WEFT_REPLY_QUEUES', ''))

// azd sets the id; without azd it is whoever runs the deployment.
param grantDeployer = bool(either(readEnvironmentVariable('WEFT_GRANT_DEPLOYER', ''), string(!prod)))
param deployerType = any(either(readEnvironmentVariable('AZURE_PRINCIPAL_TYPE', ''), 'User'))

param extraSettings = json(either(readEnvironmentVariable('WEFT_SETTINGS', ''), '{}'))
param secretSettings = list(readEnvironmentVariable('WEFT_SECRET_SETTINGS', ''))

param secretNames = objectKeys(written)
param secrets = written

param azureOpenAiEndpoint = readEnvironmentVariable('AZURE_OPENAI_ENDPOINT', '')
param azureOpenAiModels = json(either(readEnvironmentVariable('WEFT_OPENAI_MODELS', ''), '[]'))
param azureOpenAiLocation = readEnvironmentVariable('WEFT_OPENAI_LOCATION', '')
