import type { Cloud } from '../data/model/contract.ts';

/** What a cloud's Teams, sign-in and Azure are reached at. */
export interface CloudHosts {
  /** Where Teams itself is opened. */
  teams: string;
  /** Defaults of settings, under the names of their variables; what the environment sets goes before them. */
  defaults: Readonly<Record<'ToChannelFromBotLoginUrl' | 'ToChannelFromBotOAuthScope' | 'ToBotFromChannelTokenIssuer' | 'OAuthUrl' | 'ToBotFromChannelOpenIdMetadataUrl' | 'ToBotFromEmulatorOpenIdMetadataUrl' | 'SIGN_IN_HOST' | 'ARM_HOST' | 'HELP_DESK_SERVICE_URL' | 'FILE_HOSTS', string>>;
  /** Hosts that the service URL of an activity may have; `*.` in front means every host under that domain, never the domain itself. */
  serviceUrlHosts: readonly string[];
}

const PUBLIC: CloudHosts = {
  teams: 'https://teams.microsoft.com',
  defaults: {
    ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
    OAuthUrl: 'https://token.botframework.com',
    ToBotFromChannelOpenIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    ToBotFromEmulatorOpenIdMetadataUrl: 'https://login.microsoftonline.com/botframework.com/v2.0/.well-known/openid-configuration',
    SIGN_IN_HOST: 'https://login.microsoftonline.com',
    ARM_HOST: 'https://management.azure.com',
    HELP_DESK_SERVICE_URL: 'https://smba.trafficmanager.net/teams/',
    FILE_HOSTS: 'sharepoint.com',
  },
  // trafficmanager.net is open to every customer of Azure, so its hosts are named one by one.
  serviceUrlHosts: ['smba.trafficmanager.net', 'smba.onyx.prod.teams.trafficmanager.net', 'smba.infra.gcc.teams.microsoft.com', '*.botframework.com'],
};

const GCC_HIGH: CloudHosts = {
  teams: 'https://gov.teams.microsoft.us',
  defaults: {
    ToChannelFromBotLoginUrl: 'https://login.microsoftonline.us/MicrosoftServices.onmicrosoft.us',
    ToChannelFromBotOAuthScope: 'https://api.botframework.us',
    ToBotFromChannelTokenIssuer: 'https://api.botframework.us',
    OAuthUrl: 'https://tokengcch.botframework.azure.us',
    ToBotFromChannelOpenIdMetadataUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    ToBotFromEmulatorOpenIdMetadataUrl: 'https://login.microsoftonline.us/cab8a31a-1906-4287-a0d8-4eef66b95f6e/v2.0/.well-known/openid-configuration',
    SIGN_IN_HOST: 'https://login.microsoftonline.us',
    ARM_HOST: 'https://management.usgovcloudapi.net',
    HELP_DESK_SERVICE_URL: 'https://smba.infra.gov.teams.microsoft.us/teams/',
    FILE_HOSTS: 'sharepoint.us',
  },
  serviceUrlHosts: ['smba.infra.gov.teams.microsoft.us'],
};

/**
 * The hosts of each cloud. GCC is Microsoft's public cloud with a Teams connector of its own; GCC High and DoD are in Azure Government, where Teams is the only channel.
 *
 * Sources: Microsoft Learn "Configure Bot Framework bots for US Government customers" (the six names of the Bot Framework), "Send proactive messages" (the connectors),
 * "Compare Azure Government and global Azure" (sign-in, Azure Resource Manager), "Office 365 U.S. Government GCC High endpoints" and "… DoD endpoints" (Teams, files);
 * Teams SDK "Sovereign Cloud Configuration" with its table of allowed service URLs, and for channels other than Teams in the public cloud "Bot Connector authentication".
 */
export const CLOUD_HOSTS: Readonly<Record<Cloud, CloudHosts>> = {
  public: PUBLIC,
  gcc: { ...PUBLIC, defaults: { ...PUBLIC.defaults, HELP_DESK_SERVICE_URL: 'https://smba.infra.gcc.teams.microsoft.com/teams/' } },
  gcchigh: GCC_HIGH,
  dod: {
    teams: 'https://dod.teams.microsoft.us',
    defaults: { ...GCC_HIGH.defaults, OAuthUrl: 'https://apiDoD.botframework.azure.us', HELP_DESK_SERVICE_URL: 'https://smba.infra.dod.teams.microsoft.us/teams/', FILE_HOSTS: 'sharepoint-mil.us,dps.mil' },
    serviceUrlHosts: ['smba.infra.dod.teams.microsoft.us'],
  },
};
