// Everything the bot runs on in Azure, in one resource group. README.md beside this file says how to deploy it.

@description('Name of the bot, and the beginning of the names of all the rest: lower-case letters, digits and hyphens.')
@minLength(3)
@maxLength(20)
param name string = 'vl-access'

@description('Azure region of all but the Azure Bot, which has none.')
param location string = resourceGroup().location

@description('Name of the container registry in this resource group that holds the image.')
param registryName string

@description('The image in that registry, with its tag, for example vl-access:1.')
param image string

@description('Cloud of the Teams that the bot is for: the setting CLOUD.')
@allowed(['public', 'gcc', 'gcchigh', 'dod'])
param cloud string = 'public'

@description('Sign-in mails of those who run the bot, with commas between: the setting OPERATORS.')
param operators string

@description('More settings by name, as the table in the README of the repository has them.')
param settings object = {}

@description('More settings that are secrets, by name, for example HELP_DESK_API_KEY.')
@secure()
param secrets object = {}

@description('Password of the database, 16 characters or more with capitals, small letters and digits.')
@minLength(16)
@maxLength(128)
@secure()
param databasePassword string

@description('Name of the database server, unique in Azure; that of another one after a restore.')
param databaseServer string = '${name}-${uniqueString(resourceGroup().id, name)}'

@description('Size of the database server. Standard_B sizes are cheap and not for zoneRedundant; Standard_D2ds_v5 is the next one up.')
param databaseSku string = 'Standard_B2s'

@description('Disk of the database server in GB: 32, 64, 128 and so on.')
param databaseGigabytes int = 32

@description('How many days back the database can be restored to any second.')
@minValue(7)
@maxValue(35)
param backupDays int = 14

@description('Spreads the processes over availability zones and keeps a second database server ready, where the region has zones. Only when the environment is created.')
param zoneRedundant bool = false

@description('Processes that always run. Two let an update or a dead machine pass unnoticed.')
@minValue(1)
param minReplicas int = 2

@description('Processes that run at most.')
@minValue(1)
param maxReplicas int = 4

@description('Pricing tier of the Azure Bot; Teams costs nothing in either.')
@allowed(['F0', 'S1'])
param botSku string = 'F0'

@description('Address space of the virtual network, /22 or larger. Nothing outside is connected to it.')
param addressSpace string = '10.72.0.0/22'

var unique = uniqueString(resourceGroup().id, name)

// The bot is this identity: it has no secret that could leak or expire.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  properties: {
    addressSpace: { addressPrefixes: [addressSpace] }
    subnets: [
      {
        name: 'processes'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 24, 0)
          delegations: [{ name: 'processes', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'database'
        properties: {
          addressPrefix: cidrSubnet(addressSpace, 24, 1)
          delegations: [{ name: 'database', properties: { serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers' } }]
        }
      }
    ]
  }
}

module database 'database.bicep' = {
  name: '${name}-database'
  params: {
    name: databaseServer
    zoneName: '${name}-${unique}'
    location: location
    networkId: network.id
    subnetId: network.properties.subnets[1].id
    password: databasePassword
    sku: databaseSku
    gigabytes: databaseGigabytes
    backupDays: backupDays
    zoneRedundant: zoneRedundant
  }
}

module processes 'processes.bicep' = {
  name: '${name}-processes'
  params: {
    name: name
    location: location
    storageName: 'vl${unique}'
    subnetId: network.properties.subnets[0].id
    registryName: registryName
    image: image
    identityName: identity.name
    settings: union({ CLOUD: cloud, OPERATORS: operators }, settings)
    secrets: union(secrets, { DATABASE_URL: 'postgresql://${database.outputs.login}:${uriComponent(databasePassword)}@${database.outputs.host}:5432/${database.outputs.name}?sslmode=verify-full' })
    minReplicas: minReplicas
    maxReplicas: maxReplicas
    zoneRedundant: zoneRedundant
  }
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: '${name}-${unique}'
  location: 'global'
  kind: 'azurebot'
  sku: { name: botSku }
  properties: {
    displayName: name
    endpoint: '${processes.outputs.url}/api/messages'
    msaAppType: 'UserAssignedMSI'
    msaAppId: identity.properties.clientId
    msaAppTenantId: identity.properties.tenantId
    msaAppMSIResourceId: identity.id
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
      acceptedTerms: true
      deploymentEnvironment: cloud == 'gcc' ? 'GCCModerateDeployment' : 'CommercialDeployment'
    }
  }
}

@description('The app id for npm run pack.')
output appId string = identity.properties.clientId

@description('Where the Azure Bot sends what people write; it is set already.')
output messagingEndpoint string = bot.properties.endpoint

@description('Address of the bot: /healthz and /readyz are behind it.')
output url string = processes.outputs.url
