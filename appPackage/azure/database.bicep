// Azure Database for PostgreSQL, reached from the virtual network alone.

@description('Name of the server, unique in Azure.')
param name string

@description('Name of the private DNS zone, the same for every server that takes the place of another.')
param zoneName string

@description('Azure region.')
param location string

@description('The virtual network whose members find the server by name.')
param networkId string

@description('The subnet the server lies in, delegated to it.')
param subnetId string

@description('Password of the server.')
@secure()
param password string

@description('Size of the server.')
param sku string

@description('Its disk.')
param gigabytes int

@description('How many days back it can be restored.')
param backupDays int

@description('Keeps a second server ready in another zone.')
param zoneRedundant bool

var domain = environment().name == 'AzureUSGovernment' ? 'postgres.database.usgovcloudapi.net' : 'postgres.database.azure.com'
var family = substring(sku, 9, 1)

resource zone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: '${zoneName}.private.${domain}'
  location: 'global'
}

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = {
  parent: zone
  name: zoneName
  location: 'global'
  properties: {
    registrationEnabled: false
    virtualNetwork: { id: networkId }
  }
}

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: name
  location: location
  sku: { name: sku, tier: family == 'B' ? 'Burstable' : family == 'E' ? 'MemoryOptimized' : 'GeneralPurpose' }
  properties: {
    // The version that the tests run on.
    version: '15'
    administratorLogin: 'vlaccess'
    administratorLoginPassword: password
    storage: { storageSizeGB: gigabytes, autoGrow: 'Enabled' }
    backup: { backupRetentionDays: backupDays, geoRedundantBackup: 'Disabled' }
    highAvailability: { mode: zoneRedundant ? 'ZoneRedundant' : 'Disabled' }
    network: { delegatedSubnetResourceId: subnetId, privateDnsZoneArmResourceId: zone.id }
  }
  dependsOn: [link]
}

resource store 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2024-08-01' = {
  parent: server
  name: 'vlaccess'
  properties: { charset: 'UTF8', collation: 'en_US.utf8' }
}

@description('Host of the server.')
output host string = server.properties.fullyQualifiedDomainName

@description('Name of the database.')
output name string = store.name

@description('Who signs in.')
output login string = server.properties.administratorLogin
