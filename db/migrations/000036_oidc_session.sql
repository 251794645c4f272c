-- How the provider of single sign-on names a session and its person, so that it can end them; null for others.
alter table session
  add column oidc_sid text,
  add column oidc_sub text;
create index session_oidc on session (oidc_sub) where oidc_sub is not null;
