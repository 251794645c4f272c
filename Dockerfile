# One image for API, worker, migration and backup; the command says which. node_modules unpacked: 297 MB (x64, measured).
# Tag and digest are those of docker-compose.yml.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6

# With all parts: the bundlers' machine code is among them. Nothing of this stage but its results is kept.
FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node --disable-warning=ExperimentalWarning bundle.ts --keep \
  && node --disable-warning=ExperimentalWarning web/build.ts

# Without: PostgreSQL and Temporal are services of their own here, and Node is the image's.
FROM ${NODE_IMAGE} AS modules
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund
# Of what is optional, the hashing of passwords is needed; of the SDK's machine code, this machine's.
COPY --from=build /app/node_modules/@node-rs node_modules/@node-rs
RUN find node_modules/@temporalio/core-bridge/releases -mindepth 1 -maxdepth 1 \
      ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -r {} + \
  && test "$(du -sm node_modules | cut -f1)" -lt 350

FROM ${NODE_IMAGE}
WORKDIR /app
COPY --from=modules /app/node_modules node_modules
COPY . .
COPY --from=build /app/.bundle .bundle
COPY --from=build /app/web/dist web/dist
RUN mkdir /data /backups && chown node:node /data /backups
USER node
ENV HOST=0.0.0.0 DATA_DIR=/data
CMD ["node", "--disable-warning=ExperimentalWarning", "api-processes.ts"]
