// Copy this file to own.bicepparam and write your values there; README.md beside it says what each is. Deploy with: az deployment group create --parameters appPackage/azure/own.bicepparam
using 'main.bicep'

param registryName = readEnvironmentVariable('REGISTRY')
param image = readEnvironmentVariable('IMAGE')
param databasePassword = readEnvironmentVariable('DATABASE_PASSWORD')
param cloud = 'public'
param operators = 'you@example.com'

param settings = {
  LOG_LEVEL: 'info'
}

// For example HELP_DESK_API_KEY: readEnvironmentVariable('HELP_DESK_API_KEY')
param secrets = {}
