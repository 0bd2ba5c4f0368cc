// The bot's processes: a Container App, its log, and the files that its processes share.

@description('Name of the Container App.')
param name string

@description('Azure region.')
param location string

@description('Name of the storage account, unique in Azure.')
param storageName string

@description('The subnet the processes lie in, delegated to Container Apps.')
param subnetId string

@description('Container registry in this resource group.')
param registryName string

@description('The image in it, with its tag.')
param image string

@description('The managed identity that the bot is, in this resource group.')
param identityName string

@description('Settings by name.')
param settings object

@description('Settings that are secrets, by name.')
@secure()
param secrets object

@description('Processes that always run.')
param minReplicas int

@description('Processes that run at most.')
param maxReplicas int

@description('Spreads them over availability zones.')
param zoneRedundant bool

var port = 3978
// Built in to Azure.
var acrPull = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' existing = {
  name: identityName
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: registryName
}

resource mayPull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, identity.id, acrPull)
  scope: registry
  properties: {
    roleDefinitionId: acrPull
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource log 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: name
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
  }
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: storageName
  location: location
  kind: 'StorageV2'
  sku: { name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' }
  properties: {
    allowBlobPublicAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource files 'Microsoft.Storage/storageAccounts/fileServices@2023-05-01' = {
  parent: storage
  name: 'default'
}

// What is not in the database: images on their way between two chats, drafts of answers.
resource share 'Microsoft.Storage/storageAccounts/fileServices/shares@2023-05-01' = {
  parent: files
  name: 'data'
  properties: { shareQuota: 16 }
}

resource surroundings 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: name
  location: location
  properties: {
    vnetConfiguration: { infrastructureSubnetId: subnetId, internal: false }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    zoneRedundant: zoneRedundant
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: { customerId: log.properties.customerId, sharedKey: log.listKeys().primarySharedKey }
    }
  }
}

resource data 'Microsoft.App/managedEnvironments/storages@2024-03-01' = {
  parent: surroundings
  name: 'data'
  properties: {
    azureFile: { accountName: storage.name, accountKey: storage.listKeys().keys[0].value, shareName: share.name, accessMode: 'ReadWrite' }
  }
}

var url = 'https://${name}.${surroundings.properties.defaultDomain}'

var ownSettings = {
  MicrosoftAppId: identity.properties.clientId
  MicrosoftAppTenantId: identity.properties.tenantId
  MicrosoftAppType: 'UserAssignedMSI'
  PUBLIC_URL: url
}

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    environmentId: surroundings.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: { external: true, targetPort: port, transport: 'auto', allowInsecure: false }
      registries: [{ server: registry.properties.loginServer, identity: identity.id }]
      secrets: map(items(secrets), secret => { name: toLower(replace(secret.key, '_', '-')), value: secret.value })
    }
    template: {
      terminationGracePeriodSeconds: 30
      containers: [
        {
          name: 'bot'
          image: '${registry.properties.loginServer}/${image}'
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: concat(
            map(items(union(ownSettings, settings)), setting => { name: setting.key, value: string(setting.value) }),
            map(items(secrets), secret => { name: secret.key, secretRef: toLower(replace(secret.key, '_', '-')) })
          )
          probes: [
            { type: 'Startup', httpGet: { path: '/healthz', port: port }, periodSeconds: 3, failureThreshold: 40 }
            { type: 'Liveness', httpGet: { path: '/healthz', port: port }, periodSeconds: 15, failureThreshold: 4, timeoutSeconds: 5 }
            { type: 'Readiness', httpGet: { path: '/readyz?of=store,token', port: port }, periodSeconds: 10, failureThreshold: 3, timeoutSeconds: 10 }
          ]
          volumeMounts: [{ volumeName: 'data', mountPath: '/data' }]
        }
      ]
      // The user of the image, because a mounted share has no owner of its own.
      volumes: [{ name: 'data', storageType: 'AzureFile', storageName: data.name, mountOptions: 'uid=1000,gid=1000,dir_mode=0700,file_mode=0600' }]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        rules: [{ name: 'requests', http: { metadata: { concurrentRequests: '50' } } }]
      }
    }
  }
  dependsOn: [mayPull]
}

@description('Address of the bot.')
output url string = url
