using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'prod')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param storageSku = 'Standard_ZRS'
param alwaysReadyDurable = 1
param maximumInstanceCount = 100
param vnetEnabled = true
param serviceBusSku = 'Premium'
param logRetentionDays = 90
param alertEmail = readEnvironmentVariable('WEFT_ALERT_EMAIL', '')
param monthlyAzureBudgetUsd = 1000
param publishCompletions = true
