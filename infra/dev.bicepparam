using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'dev')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param maximumInstanceCount = 40
param purgeProtection = false
param logDailyCapGb = 1
param deployerId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param dailyModelBudgetUsd = 20
