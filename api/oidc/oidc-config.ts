// Single sign-on as it is configured: the provider, this installation's client there, and which claim names our person.

export type OidcConfig = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Of the ID token, or else of the user info: a person's login or id. */
  claim: string;
  /** Shown on the button. */
  name: string;
  /** Where people reach this installation, without a slash at its end. */
  publicUrl: string;
};

export const OIDC_PATH = '/api/v1/session/oidc';
export const oidcUrl = ({ publicUrl }: OidcConfig, part = ''): string => `${publicUrl}${OIDC_PATH}${part}`;
