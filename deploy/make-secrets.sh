#!/bin/sh
# Makes the secrets docker-compose.yml names, in the folder `secrets` or another; what is there already stays as it is.
set -eu
folder=${1:-secrets}
mkdir -p "$folder"
# The folder is closed; each file goes into the containers that need it, where another user reads it.
chmod 700 "$folder"

keep() {
  [ -e "$folder/$1" ] || printf '%s' "$2" >"$folder/$1"
  chmod 444 "$folder/$1"
}
random() {
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}
held() {
  cat "$folder/$1"
}

for secret in postgres_password owner_password app_password temporal_postgres_password temporal_password admin_password; do
  keep "$secret" "$(random)"
done
keep owner_database_url "postgres://zhuanban_owner:$(held owner_password)@postgres:5432/zhuanban"
keep database_url "postgres://zhuanban_app:$(held app_password)@postgres:5432/zhuanban"
# 32 bytes in base64: seals the secrets of endpoints. Keep a copy apart from the backups.
keep secrets_key "$(head -c 32 /dev/urandom | base64 | tr -d '\n')"
# An Ed25519 key: signs checkpoints of the logs and archives. Keep a copy apart as well.
keep signing_key "$(openssl genpkey -algorithm ed25519)"
# Not everybody has these; empty is not set.
for secret in smtp_url file_store_access_key file_store_secret_key oidc_client_secret; do
  keep "$secret" ''
done
